import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { registerSearchAttributes } from '../../worker/namespace.ts';
import { startCourier } from '../support/stand-in.ts';
import { until } from '../support/until.ts';
import { startWorkers } from '../support/workers.ts';
import { type Reply, startApi } from './support.ts';

export const cases = '/api/service-actions';
export const viewed = z.looseObject({
  ...{ action_id: z.int(), return_tracking_number: z.string().nullable() },
});

const findings = {
  ...{ product_condition: 'good', functionality_test_result: 'not_working', quality_score: 7 },
  ...{ visible_damage: ['scratch'], missing_parts: [], recommended_action: 'maintenance' },
};
const waits = z.looseObject({ waiting_for: z.looseObject({ what: z.string() }).nullable() });

export type Team = Awaited<ReturnType<typeof startTeam>>;

/** The API with workers and a courier behind it, and somebody of each role who works with it. */
export async function startTeam() {
  const [api, courier] = await Promise.all([
    startApi(),
    startCourier({ stepMs: 0, deliveries: 0 }),
  ]);
  await registerSearchAttributes(api.temporal.client);
  const [agent, hub, leader, technician, manager] = await Promise.all([
    api.as('agent'),
    api.as('hub'),
    api.as('leader'),
    api.as('technician'),
    api.as('manager'),
  ]);
  const people = { agent, hub, leader, technician, manager };
  const workers = await startWorkers({
    ...{ client: api.temporal.client, connection: api.temporal.nativeConnection },
    ...{ sql: api.sql, bosta: courier.client },
  });

  /** An agent opens a case of a customer who brings the product. */
  const open = (more: object = {}): Promise<Reply> => {
    const body = {
      ...{ action_type: 'maintenance', service_reason: 'It stopped', return_method: 'walk_in' },
      ...{ customer_phone: '01012345678', product_sku: 'BL-500', ...more },
    };
    return agent('POST', cases, body, { 'idempotency-key': randomUUID() });
  };

  return {
    ...{ api, people, open },

    opened: async (more: object = {}): Promise<number> =>
      viewed.parse((await open(more)).data).action_id,

    /** A sale to the customer of these cases. */
    async sold(id: string, tracking_number: string): Promise<void> {
      const order = {
        ...{ id, tracking_number, receiver_phone: '201012345678', last_synced: new Date() },
        ...{ business_category: 'Real Sales Order', delivery_category: 'sales' },
        ...{ service_type: 'main', classification_rule: 4, classification_reason: 'test' },
        is_provisional: false,
      };
      await api.sql`insert into orders ${api.sql(order)}`;
    },

    scan: (tracking_number: string, headers = {}): Promise<Reply> =>
      hub('POST', `${cases}/hub-scan`, { tracking_number }, headers),

    inspect: (action_id: number, more: object = {}, headers = {}): Promise<Reply> =>
      hub('POST', `${cases}/hub-inspection`, { action_id, ...findings, ...more }, headers),

    async eventsOf(id: number): Promise<string[]> {
      const { data } = await agent('GET', `${cases}/${id}/timeline`);
      return z
        .array(z.looseObject({ event: z.string() }))
        .parse(data)
        .map(({ event }) => event);
    },

    whenItWaitsFor: (id: number, what: string | undefined): Promise<unknown> =>
      until(`case ${id} to wait for ${what}`, async () => {
        const { data } = await agent('GET', `${cases}/${id}`);
        return waits.parse(data).waiting_for?.what === what;
      }),

    async stop(): Promise<void> {
      await workers.stop();
      await courier.stop();
      await api.stop();
    },
  };
}
