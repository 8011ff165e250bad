import type { Client } from '@temporalio/client';
import { buildApp } from '../../api/app.ts';
import type { Sql } from '../../db/client.ts';
import { hasSynced } from '../../db/sync-runs.ts';
import { seedDemoData } from '../../dev/demo-data.ts';
import { registerSearchAttributes } from '../../worker/namespace.ts';
import { startFirstSync } from '../../worker/schedules.ts';
import { createTestDatabase } from './database.ts';
import { type Courier, startCourier } from './stand-in.ts';
import { connectTestTemporal } from './temporal.ts';
import { until } from './until.ts';
import { startWorkers } from './workers.ts';

export type Platform = {
  /** Where the API listens, without `/api`. */
  url: string;
  sql: Sql;
  temporal: Client;
  /** For other processes on the same database and server. */
  databaseUrl: string;
  temporalAddress: string;
  bosta: Courier;
  stop: () => Promise<void>;
};

/** The whole platform in this process, on the real parts, with the stand-in's deliveries taken in. */
export async function startPlatform(options: {
  stepMs: number;
  deliveries: number;
  lateMs?: number;
}): Promise<Platform> {
  const [database, temporal] = await Promise.all([createTestDatabase(), connectTestTemporal()]);
  const { sql } = database;
  await Promise.all([seedDemoData(sql), registerSearchAttributes(temporal.client)]);
  const webhookSecret = 'the-secret-of-the-tests';
  const app = await buildApp({
    sql,
    temporal: temporal.client,
    settings: {
      ...{ webhookSecret, temporalUiUrl: 'http://localhost:8233' },
      ...{ needsFirstSync: true, engineTimeoutMs: 10_000, answerTimeoutMs: 15_000 },
    },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const webhookUrl = `${url}/api/webhooks/bosta`;
  const courier = await startCourier({ ...options, webhookUrl, webhookSecret });
  const workers = await startWorkers({
    ...{ client: temporal.client, connection: temporal.nativeConnection },
    ...{ sql, bosta: courier.client },
  });
  await startFirstSync(temporal.client, sql);
  await until('the first sync to end', () => hasSynced(sql), 60);
  return {
    ...{ url, sql, temporal: temporal.client, bosta: courier },
    ...{ databaseUrl: database.url, temporalAddress: temporal.address },
    stop: async () => {
      await courier.stop();
      await app.close();
      await workers.stop();
      await temporal.close();
      await database.drop();
    },
  };
}
