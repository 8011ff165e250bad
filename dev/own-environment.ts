/**
 * For programs that are started beside `npm start`: fills their environment with what
 * the launcher that runs on this folder gives to its own parts. `node --import` it.
 */
import { join } from 'node:path';
import { partEnvironment } from './environment.ts';
import { exists } from './files.ts';
import { readRunFile } from './run-file.ts';
import { loadSecrets } from './secrets.ts';
import { loadSettings } from './settings.ts';

const portNames: Record<string, string> = {
  postgres: 'POSTGRES_PORT',
  temporal: 'TEMPORAL_PORT',
  bosta: 'BOSTA_STAND_IN_PORT',
  api: 'PORT',
};

const folder = loadSettings(process.env).HVAR_DATA_DIR;
if (await exists(join(folder, 'secrets.json'))) {
  const given = { ...(await portsOfParts()), ...process.env };
  const { variables } = partEnvironment(given, loadSettings(given), await loadSecrets(folder));
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** The ports that the running launcher has given to its parts. */
async function portsOfParts(): Promise<NodeJS.ProcessEnv> {
  const { parts = [] } = (await readRunFile(folder)) ?? {};
  return Object.fromEntries(
    parts.flatMap(({ name, port }) => {
      const variable = portNames[name];
      return variable && port !== null ? [[variable, String(port)]] : [];
    }),
  );
}
