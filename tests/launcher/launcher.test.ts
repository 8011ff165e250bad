import { chmod, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '../../db/client.ts';
import { demoAccounts } from '../../dev/demo-data.ts';
import { exists } from '../../dev/files.ts';
import { postgresUrl } from '../../dev/postgres.ts';
import { loadSecrets } from '../../dev/secrets.ts';
import {
  type Launcher,
  launcherSettings,
  readRunFile,
  running,
  startLauncher,
} from '../support/launcher.ts';
import { until } from '../support/until.ts';

/** The chapters of one story: each test goes on from where the one before has left the platform. */
let folder: string;
let settings: Record<string, string>;
let launcher: Launcher;

beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'hvar-launcher-'));
  await chmod(folder, 0o755); // as root, Postgres runs as another account that must reach its data
  settings = await launcherSettings(folder);
});

afterAll(async () => {
  if ((await running([launcher.pid])).length > 0) process.kill(launcher.pid, 'SIGTERM');
  await launcher.ended;
  await rm(folder, { recursive: true, force: true });
});

const pidOf = async (name: string) =>
  (await readRunFile(folder)).parts.find((part) => part.name === name)?.pid;

async function withDatabase<T>(ask: (sql: Sql) => Promise<T>): Promise<T> {
  const { postgres_password } = await loadSecrets(folder);
  const sql = connect(postgresUrl(Number(settings.POSTGRES_PORT), postgres_password, 'hvar'));
  return ask(sql).finally(() => sql.end());
}

test('one command starts all parts, tells where they are, and has synced and seeded when it is ready', async () => {
  launcher = startLauncher(settings);
  await launcher.ready();
  const status = await fetch(`http://127.0.0.1:${settings.PORT}/api/status`);
  expect(status.status).toBe(200);
  expect(launcher.output()).toContain(`http://localhost:${settings.PORT}/api/docs`);
  expect(launcher.output()).toContain('hvar-demo');
  const counts = await withDatabase(async (sql) => ({
    accounts: (await sql`select from users`).length,
    items: (await sql`select from catalogue_items`).length,
    orders: (await sql`select from orders`).length,
  }));
  expect(counts).toEqual({ accounts: demoAccounts.length, items: 95, orders: 200 });
}, 120_000);

test('who runs is in a file that only its owner can read', async () => {
  const { mode } = await stat(join(folder, 'run.json'));
  expect(mode & 0o777).toBe(0o600);
  const { pid, parts } = await readRunFile(folder);
  expect(pid).toBe(launcher.pid);
  expect(parts.map(({ name, port }) => [name, port])).toEqual([
    ['postgres', Number(settings.POSTGRES_PORT)],
    ['temporal', Number(settings.TEMPORAL_PORT)],
    ['bosta', Number(settings.BOSTA_STAND_IN_PORT)],
    ['worker', null],
    ['api', Number(settings.PORT)],
  ]);
  expect(await running(parts.map((part) => part.pid))).toHaveLength(5);
});

test('a second launcher on the same folder is refused in one sentence, and the first goes on', async () => {
  const second = startLauncher({ ...settings, ...(await launcherSettings(folder)) });
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(/^The launcher already runs on .*HVAR_DATA_DIR.*\.\n$/);
  expect((await readRunFile(folder)).pid).toBe(launcher.pid);
});

test.each(['worker', 'bosta', 'postgres', 'temporal'])(
  '%s killed is started again, and a line says so',
  async (name) => {
    const before = await pidOf(name);
    process.kill(before ?? 0, 'SIGKILL');
    await until(`${name} to run again`, async () => (await pidOf(name)) !== before);
    expect(launcher.output()).toMatch(/ended \(\d+\) and starts again in 0\.5 s; its log: /);
    await until('all to be ready again', isReady, 30);
  },
  60_000,
);

async function isReady(): Promise<boolean> {
  const url = `http://127.0.0.1:${settings.PORT}/api/status`;
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

test('killed with -9, the launcher leaves nothing behind within two seconds', async () => {
  await withDatabase((sql) => sql`create table kept as select 'as it was' as data`);
  const { parts } = await readRunFile(folder);
  process.kill(launcher.pid, 'SIGKILL');
  const pids = parts.map((part) => part.pid);
  await until('all parts to be gone', async () => (await running(pids)).length === 0, 2);
});

test('the next start finds the data as it was', async () => {
  launcher = startLauncher(settings);
  await launcher.ready();
  expect(await withDatabase((sql) => sql`select data from kept`)).toEqual([{ data: 'as it was' }]);
}, 60_000);

test('SIGTERM stops all parts in order within ten seconds, and takes the file away', async () => {
  const { parts } = await readRunFile(folder);
  process.kill(launcher.pid, 'SIGTERM');
  const tooLate = new Promise((_, reject) => setTimeout(reject, 10_000, new Error('too late')));
  expect(await Promise.race([launcher.ended, tooLate])).toBe(0);
  expect(await running(parts.map((part) => part.pid))).toEqual([]);
  expect(await exists(join(folder, 'run.json'))).toBe(false);
});
