import { execFile } from 'node:child_process';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { payload } from './lab.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'hvar-import-command-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

/** Runs `hvar import` with the environment of a worker. */
function importing(...paths: string[]): Promise<{ code: number; said: string }> {
  return importingWith({}, ...paths);
}

function importingWith(
  others: NodeJS.ProcessEnv,
  ...paths: string[]
): Promise<{ code: number; said: string }> {
  const env = {
    ...process.env,
    ...{ DATABASE_URL: database.url, TEMPORAL_ADDRESS: inject('temporalAddress') },
    ...{ BOSTA_API_KEY: 'key-of-the-tests', BOSTA_API_URL: 'http://127.0.0.1:9' },
    BOSTA_WEBHOOK_SECRET: 'the-secret-of-the-tests',
    ...others,
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['cli/main.ts', 'import', ...paths],
      { env },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    );
  });
}

test('the command takes a file in, and names the lines that it could not', async () => {
  const path = join(folder, 'deliveries.ndjson');
  const lines = [JSON.stringify(payload('C-1')), '{"cod": 5}', JSON.stringify(payload('C-2'))];
  await writeFile(path, lines.join('\n'));
  const { code, said } = await importing(path);
  expect(said).toContain('line 2: ');
  expect(said).toContain('3 deliveries, 2 changed, 1 could not be taken in.');
  expect(code).toBe(1);
  const stored = await database.sql`select tracking_number from orders order by 1`;
  expect(stored.map((row) => row.tracking_number)).toEqual(['C-1', 'C-2']);
});

test('the command says that a file goes on where it was cut off, or is read anew since it was changed', async () => {
  const path = join(folder, 'cut-off.ndjson');
  await writeFile(
    path,
    [payload('C-3'), payload('C-4')].map((one) => JSON.stringify(one)).join('\n'),
  );
  const cutOff = () =>
    database.sql`update file_imports set byte_offset = 0, line = 1, read = 0, finished_at = null`;
  await importing(path);
  await cutOff();
  expect((await importing(path)).said).toContain('going on at line 1, behind 0 deliveries');
  await cutOff();
  await utimes(path, new Date(), new Date('2026-01-01'));
  expect((await importing(path)).said).toContain('was changed since its last import was cut off');
});

test('without a file, or with one that is not there, the command says so and ends with 2', async () => {
  expect(await importing()).toMatchObject({
    code: 2,
    said: expect.stringContaining('name one file'),
  });
  const missing = await importing(join(folder, 'missing.ndjson'));
  expect(missing).toMatchObject({ code: 2, said: expect.stringContaining('missing.ndjson') });
});

test('a command that loses Postgres on its way says so, ends with 2, and goes on when it is started again', async () => {
  const path = join(folder, 'long.ndjson');
  await writeFile(path, JSON.stringify(payload('C-5')));
  const { sql } = database;
  const held = await sql.reserve();
  await held`begin`;
  await held`lock table orders in exclusive mode`;
  const broken = importing(path);
  await until('the import to wait, and be cut off', async () => {
    const [gone] = await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    return gone !== undefined;
  });
  await held`rollback`;
  held.release();
  expect(await broken).toEqual({
    code: 2,
    said: expect.stringContaining('import: Postgres (DATABASE_URL) cannot be used: '),
  });
  expect(await importing(path)).toMatchObject({ code: 0 });
});

test('a command that cannot reach a part says which, and ends with 2', async () => {
  const path = join(folder, 'deliveries.ndjson');
  const nobody = '127.0.0.1:9';
  expect(await importingWith({ DATABASE_URL: `postgres://hvar:x@${nobody}/hvar` }, path)).toEqual({
    code: 2,
    said: expect.stringMatching(/^import: Postgres \(DATABASE_URL\) cannot be used: .*See that it/),
  });
  expect(await importingWith({ TEMPORAL_ADDRESS: nobody }, path)).toEqual({
    code: 2,
    said: expect.stringMatching(/^import: Temporal \(TEMPORAL_ADDRESS\) cannot be used: /),
  });
}, 30_000);
