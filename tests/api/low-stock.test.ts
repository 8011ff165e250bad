import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Api, type Requester, startApi } from './support.ts';

let api: Api;
let hub: Requester;
beforeAll(async () => {
  api = await startApi();
  hub = await api.as('hub');
  for (const { sku, type, minimum, sound, damaged } of items) {
    const item = { sku, type, name: sku, name_ar: sku, unit_cost: 100, minimum_stock: minimum };
    const product_sku = type === 'part' ? 'MIXER' : null;
    await api.sql`insert into catalogue_items ${api.sql({ ...item, product_sku })}`;
    if (sound > 0) await buy(sku, 'sound', sound);
    if (damaged > 0) await buy(sku, 'damaged', damaged);
  }
});
afterAll(() => api.stop());

const part = { type: 'part', minimum: null, damaged: 0 };
const items = [
  { sku: 'MIXER', type: 'product', minimum: null, sound: 1, damaged: 0 },
  { ...part, sku: 'MIXER-BOWL', sound: 5 },
  { ...part, sku: 'MIXER-GEAR', sound: 0 },
  { ...part, sku: 'MIXER-HOOK', sound: 6 },
  { ...part, sku: 'MIXER-LID', sound: 3, minimum: 2 },
  { ...part, sku: 'MIXER-MOTOR', sound: 9, minimum: 10 },
  { ...part, sku: 'MIXER-WHISK', sound: 2, damaged: 20 },
];

async function buy(sku: string, grade: string, quantity: number): Promise<void> {
  const movement = { sku, grade, quantity, hub_id: 1, movement_type: 'purchase' };
  await api.sql`insert into stock_movements ${api.sql({ ...movement, effect_key: `${sku}/${grade}` })}`;
}

const listed = z.array(z.looseObject({ sku: z.string(), is_low: z.boolean() }));
const lowOnes = ['MIXER-BOWL', 'MIXER-GEAR', 'MIXER-MOTOR', 'MIXER-WHISK'];

test('a part is low at or under its minimum, 5 where none is set: zero is low, and damaged pieces are no stock', async () => {
  const { data } = await hub('GET', '/api/products?product_sku=MIXER');
  const low = listed.parse(data).filter(({ is_low }) => is_low);
  expect(low.map(({ sku }) => sku)).toEqual(lowOnes);
});

test('what is low is listed by itself', async () => {
  const { data, total } = await hub('GET', '/api/inventory/alerts?product_sku=MIXER&limit=3');
  expect(listed.parse(data).map(({ sku }) => sku)).toEqual(lowOnes.slice(0, 3));
  expect(total).toBe(lowOnes.length);
});

test('the policy in force says how few are low', async () => {
  await api.sql`insert into policies (policy)
    select jsonb_set(policy, '{low_stock_at}', '1') from policies order by version desc limit 1`;
  const { data } = await hub('GET', '/api/inventory/alerts?product_sku=MIXER');
  expect(listed.parse(data).map(({ sku }) => sku)).toEqual(['MIXER-GEAR', 'MIXER-MOTOR']);
});
