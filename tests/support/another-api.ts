import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePorts } from '../../dev/ports.ts';
import { root } from '../../dev/settings.ts';
import type { Platform } from './platform.ts';
import { until } from './until.ts';

/** A second process of the API beside a platform's own, on the same database and Temporal server. */
export async function startAnotherApi({ databaseUrl, temporalAddress, temporal }: Platform) {
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const api = spawn(process.execPath, [join(root, 'api/server.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...{ DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress },
      ...{ TEMPORAL_NAMESPACE: temporal.options.namespace, PORT: String(port) },
      ...{ BOSTA_WEBHOOK_SECRET: 'the-secret-of-the-tests', LOG_LEVEL: 'silent' },
    },
  });
  const ended = once(api, 'exit');
  await until('the second API to listen', () =>
    fetch(`${url}/api/status`).then(
      () => true,
      () => false,
    ),
  );
  return {
    url,
    stop: async () => {
      api.kill('SIGTERM');
      await ended;
    },
  };
}
