import { registerSearchAttributes } from '../../worker/namespace.ts';
import { startCourier } from '../support/stand-in.ts';
import { startWorkers } from '../support/workers.ts';
import { startApi } from './support.ts';

export type UnattendedApi = Awaited<ReturnType<typeof startUnattendedApi>>;

/** The API and Bosta's stand-in; workers come when a test calls for them, and are the test's to stop. */
export async function startUnattendedApi() {
  const [api, bosta] = await Promise.all([startApi(), startCourier({ deliveries: 0 })]);
  const { client, nativeConnection: connection } = api.temporal;
  await registerSearchAttributes(client);
  return {
    ...api,
    startWorkers: () => startWorkers({ client, connection, sql: api.sql, bosta: bosta.client }),
    stop: async () => {
      await Promise.all([api.stop(), bosta.stop()]);
    },
  };
}
