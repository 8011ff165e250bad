import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { connect, type Sql } from '../../db/client.ts';
import { isDatabaseAway } from '../../db/errors.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startLine } from '../support/line.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A pool of one connection over a line of its own. */
async function onALine() {
  const url = new URL(database.url);
  const line = await startLine(Number(url.port));
  url.port = String(line.port);
  const sql = connect(url.href, { max: 1 });
  onTestFinished(async () => {
    await sql.end({ timeout: 1 });
    await line.stop();
  });
  return { line, sql };
}

const goesOn = async (sql: Sql) => {
  expect(await sql.begin((tx) => tx`select 1 as one`)).toEqual([{ one: 1 }]);
};

test.each(['hangUp', 'reset'] as const)(
  'a connection that breaks in a transaction (%s) fails that one alone, and the next has another',
  async (way) => {
    const { line, sql } = await onALine();
    for (let time = 0; time < 3; time++) {
      const broken = sql.begin(async (tx) => {
        await tx`select 1`;
        const asked = tx`select pg_sleep(20)`.execute();
        line[way]();
        await asked;
      });
      await expect(broken).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
      await goesOn(sql);
    }
  },
);

test('a process that stood still in a transaction for too long has lost it, and goes on', async () => {
  const { sql } = await onALine();
  const late = sql.begin(async (tx) => {
    await tx`select set_config('idle_in_transaction_session_timeout', '200', true)`;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
    await tx`select 1`;
  });
  await expect(late).rejects.toSatisfy(isDatabaseAway);
  // The driver keeps the server's last word, and says it once more to who has the connection next.
  await sql`select 1`.catch((error: unknown) => expect(error).toSatisfy(isDatabaseAway));
  await goesOn(sql);
});
