import type { BostaClient } from '../../activities/bosta/client.ts';
import { createTestDatabase } from '../support/database.ts';
import { type Courier, startCourier } from '../support/stand-in.ts';
import { connectTestTemporal } from '../support/temporal.ts';
import { startWorkers } from '../support/workers.ts';

export type SyncLab = Awaited<ReturnType<typeof startSyncLab>>;

/** What a sync is made of: a database, Temporal, a stand-in with so many deliveries, and workers; `oddly` tells what of Bosta's client they have otherwise. */
export async function startSyncLab(
  deliveries: number,
  oddly: (courier: Courier) => Partial<BostaClient> = () => ({}),
) {
  const [database, temporal] = await Promise.all([createTestDatabase(), connectTestTemporal()]);
  const courier = await startCourier({ deliveries, stepMs: 0 });
  const workers = await startWorkers({
    ...{ client: temporal.client, connection: temporal.nativeConnection },
    ...{ sql: database.sql, bosta: { ...courier.client, ...oddly(courier) } },
  });
  return {
    ...{ database, temporal, courier },
    stop: async () => {
      await courier.stop();
      await workers.stop();
      await temporal.close();
      await database.drop();
    },
  };
}
