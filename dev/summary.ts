import { join, relative } from 'node:path';
import type { Config } from '../config.ts';
import { demoAccounts, demoPassword } from './demo-data.ts';
import { root, type Settings } from './settings.ts';

/** What is where, as the launcher's last lines say it. */
export function summary(settings: Settings, config: Config): string {
  const own = settings.BOSTA_API_KEY === undefined;
  const bosta = own
    ? `http://localhost:${settings.BOSTA_STAND_IN_PORT} (stand-in)`
    : config.BOSTA_API_URL;
  const logs = relative(root, join(settings.HVAR_DATA_DIR, 'logs'));
  const rows = [
    ['API', config.PUBLIC_URL],
    ['API docs', `${config.PUBLIC_URL}/api/docs`],
    ['Temporal Web UI', config.TEMPORAL_UI_URL],
    ['Bosta', bosta],
    ...(settings.DATABASE_URL === undefined
      ? [
          ['Accounts', demoAccounts.map(({ email }) => email).join(', ')],
          ['Password', demoPassword],
        ]
      : []),
    ['Logs', logs],
  ];
  const lines = rows.map(([name = '', value]) => `  ${name.padEnd(16)} ${value}`);
  return ['', 'HVAR Cycle is ready.', '', ...lines, '', 'Ctrl-C stops it.'].join('\n');
}
