/**
 * For programs that are started beside `npm start`: fills their environment with what
 * the launcher that runs on this folder gives to its own parts. `node --import` it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { partEnvironment } from './environment.ts';
import { exists } from './files.ts';
import { loadSecrets } from './secrets.ts';
import { loadSettings } from './settings.ts';

const RunFile = z.object({
  parts: z.array(z.object({ name: z.string(), port: z.number().nullable() })),
});
const portNames: Record<string, string> = {
  postgres: 'POSTGRES_PORT',
  temporal: 'TEMPORAL_PORT',
  bosta: 'BOSTA_STAND_IN_PORT',
  api: 'PORT',
};

const folder = loadSettings(process.env).HVAR_DATA_DIR;
if (await exists(join(folder, 'secrets.json'))) {
  const given = { ...(await portsInUse()), ...process.env };
  const { variables } = partEnvironment(given, loadSettings(given), await loadSecrets(folder));
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** The ports that the running launcher has given to its parts. */
async function portsInUse(): Promise<NodeJS.ProcessEnv> {
  const path = join(folder, 'run.json');
  if (!(await exists(path))) return {};
  const { parts } = RunFile.parse(JSON.parse(await readFile(path, 'utf8')));
  return Object.fromEntries(
    parts.flatMap(({ name, port }) => {
      const variable = portNames[name];
      return variable && port !== null ? [[variable, String(port)]] : [];
    }),
  );
}
