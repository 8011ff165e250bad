import { expect, onTestFinished, test } from 'vitest';
import { pageReader } from '../../activities/pages.ts';
import { createTestDatabase } from '../support/database.ts';
import { startCourier } from '../support/stand-in.ts';
import { until } from '../support/until.ts';

test('Postgres looks again at tables that a first sync has filled', async () => {
  const [database, courier] = await Promise.all([
    createTestDatabase(),
    startCourier({ deliveries: 1400, stepMs: 0 }),
  ]);
  onTestFinished(async () => {
    await courier.stop();
    await database.drop();
  });
  const { sql } = database;
  // Its own rounds, once a minute, come between now and then: then there is nothing left to look at.
  await sql`alter table orders set (autovacuum_enabled = false)`;
  const pages = pageReader({ sql, bosta: courier.client, clock: () => new Date() });
  for (let page = 1; page <= 7; page++) await pages.take(page);
  // Postgres counts its rows up to a second after they are there.
  const looked = await until('a look at the orders', async () => {
    await pages.take(8);
    const [row] = await sql`select n_live_tup::int as orders from pg_stat_user_tables
      where relname = 'orders' and analyze_count > 0`;
    return row;
  });
  expect(looked.orders).toBeGreaterThan(1000);
});
