import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Api, type Requester, startApi } from '../api/support.ts';
import { payload, returnPickup } from '../ingest/lab.ts';
import { startCourier } from '../support/stand-in.ts';
import { until } from '../support/until.ts';
import { startWorkers } from '../support/workers.ts';
import { families, fullReads, mainOrders, of } from './support.ts';

let api: Api;
let manager: Requester;
beforeAll(async () => {
  api = await startApi();
  manager = await api.as('manager');
});
afterAll(() => api.stop());

const take = fullReads(() => api.sql);
const mainOf = mainOrders(() => manager);

test('a look at all families runs as a workflow, says how far it is, and repairs what is missing', async () => {
  const [hers, his] = [of('01066551506'), of('01066551507')];
  await take(payload('8601', hers), returnPickup('8602', hers));
  await take(payload('8603', his), returnPickup('8604', his));
  await api.sql`delete from order_hierarchy_management where sub_order_id = 'id-8602'`;
  const courier = await startCourier({ stepMs: 0, deliveries: 0 });
  const workers = await startWorkers({
    ...{ client: api.temporal.client, connection: api.temporal.nativeConnection },
    ...{ sql: api.sql, bosta: courier.client },
  });
  const started = await manager('POST', `${families}/detect`, { all: true });
  expect(started).toMatchObject({ status: 202, data: { workflow_id: 'detect-families' } });
  const status = z
    .object({ detection: z.looseObject({ running: z.boolean() }).nullable() })
    .loose();
  await until('the look at all families to end', async () => {
    const { data } = await manager('GET', `${families}/status`);
    return status.parse(data).detection?.running === false;
  });
  const { data } = await manager('GET', `${families}/status`);
  const { detection } = status.parse(data);
  expect(detection).toMatchObject({ changed: 1, error: null, evaluated: detection?.total });
  expect(await mainOf('8602')).toMatchObject({ id: 'id-8601' });
  await workers.stop();
  await courier.stop();
});
