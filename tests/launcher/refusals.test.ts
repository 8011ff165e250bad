import { once } from 'node:events';
import { chmod, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { explainFullDisk } from '../../dev/launch-error.ts';
import { Platform } from '../../dev/platform.ts';
import { freePorts } from '../../dev/ports.ts';
import { postgresPart } from '../../dev/postgres.ts';
import { launcherSettings, startLauncher } from '../support/launcher.ts';

/** Lets every fetch fail, as on a machine without a network. */
const offline =
  '--import=data:text/javascript,globalThis.fetch=async()=>{throw(Error(%22offline%22))}';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'hvar-refused-'));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true }));

/** What the launcher says last where it refuses to start; it must then have ended with code 1 and left nothing that claims the folder. */
async function refusal(given: Record<string, string>): Promise<string> {
  const launcher = startLauncher({ ...(await launcherSettings(folder)), ...given });
  expect(await launcher.ended).toBe(1);
  expect(await readdir(folder)).not.toContain('run.json');
  return launcher.output().trimEnd().split('\n').at(-1) ?? '';
}

test('a port in use is refused by the name of the variable that changes it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const said = await refusal({ TEMPORAL_UI_PORT: String(port) });
  expect(said).toBe(
    `Port ${port} is in use: stop what listens there, or set TEMPORAL_UI_PORT to a free port.`,
  );
  server.close();
});

test.each([
  [{ PORT: 'five' }, 'PORT must be the number of a port, from 1 to 65535; it is "five".'],
  [
    { PORT: '6000', POSTGRES_PORT: '6000' },
    'PORT and POSTGRES_PORT are both 6000: set one of them to another port.',
  ],
  [
    { BOSTA_API_KEY: 'your-api-key' },
    'BOSTA_API_KEY is a placeholder from an example: set the real key.',
  ],
  [
    { DATABASE_URL: 'mysql://localhost/hvar' },
    'DATABASE_URL must be the address of a database: postgres://user:password@host:5432/name.',
  ],
  [
    { DATABASE_URL: 'postgres://hvar:hidden@127.0.0.1:1/hvar' },
    'DATABASE_URL gives no database that answers: connect ECONNREFUSED 127.0.0.1:1.',
  ],
])('%o is refused in one sentence', async (given, sentence) => {
  expect(await refusal(given)).toBe(sentence);
});

test('a Temporal server that does not answer is refused by the name of its variable', async () => {
  const said = await refusal({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
  expect(said).toMatch(/^TEMPORAL_ADDRESS \(127\.0\.0\.1:1\) gives no Temporal server /);
});

test('where no Temporal server is to be had, the launcher says what to install', async () => {
  const nothing = { PATH: '/usr/bin:/bin', XDG_CACHE_HOME: folder, NODE_OPTIONS: offline };
  expect(await refusal(nothing)).toMatch(
    /^There is no Temporal server to start: install the Temporal CLI .* or Go 1\.25 or later, or set TEMPORAL_ADDRESS/,
  );
});

test('secrets that are not those of the data are refused at once, not waited for', async () => {
  const [port = 0] = await freePorts(1);
  const logFile = join(folder, 'postgres.log');
  const start = async (password: string) => {
    const platform = new Platform({ line: () => {}, changed: () => {} });
    const options = { folder: join(folder, 'postgres'), port, logFile, durable: false };
    const part = await postgresPart({ ...options, password });
    await platform.start(part).finally(() => platform.stop());
  };
  await start('the first one');
  await expect(start('another one')).rejects.toThrow(
    /^Postgres refuses the password of secrets\.json: .* Put that file back, or set HVAR_DATA_DIR/,
  );
});

test('secrets that are no longer whole are refused in one sentence', async () => {
  await writeFile(join(folder, 'secrets.json'), '{"postgres');
  expect(await refusal({})).toMatch(/secrets\.json cannot be read .* put back what it was/);
});

test('a full disk is said by its name, whatever the part that found it said', async () => {
  const found = new Error('initdb: error: could not write file: No space left on device');
  expect(String(await explainFullDisk(found, folder))).toContain(
    `The disk that holds ${folder} is full: free some space, or set HVAR_DATA_DIR`,
  );
});
