import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, type Requester, startApi } from '../api/support.ts';
import { payload, returnPickup } from '../ingest/lab.ts';
import { fullReads, mainOrders } from './support.ts';

let api: Api;
let agent: Requester;
beforeAll(async () => {
  api = await startApi();
  agent = await api.as('agent');
});
afterAll(() => api.stop());

const take = fullReads(() => api.sql);
const mainOf = mainOrders(() => agent);

test('who names a parcel under another phone joins it, whichever of the two comes first', async () => {
  const sale = (n: string, phone: string) =>
    payload(n, { receiver: { phone, fullName: 'منى تجربة' } });
  const naming = (n: string, parcel: string, fullName: string) =>
    returnPickup(n, {
      receiver: { phone: '01066221506', fullName },
      notes: `رقم الشحنة: ${parcel}`,
    });
  await take(naming('84502', '84501', 'Mona Tagreba'));
  await take(sale('84501', '01255550501'), sale('84503', '01255550503'));
  await take(naming('84504', '84503', 'خالد فاروق'));
  expect(await mainOf('84502')).toMatchObject({ id: 'id-84501' });
  expect(await mainOf('84504')).toBeUndefined();
});

test('a parcel is named too where something is written onto its number', async () => {
  await take(payload('8450500', { receiver: { phone: '01255550505', fullName: 'منى تجربة' } }));
  await take(
    returnPickup('8450501', {
      receiver: { phone: '01066221507', fullName: 'Mona Tagreba' },
      notes: 'AWB8450500',
    }),
  );
  expect(await mainOf('8450501')).toMatchObject({ id: 'id-8450500' });
});

test.each([
  ['84511', { businessReference: 'R-845501' }, 'before'],
  ['84512', { notes: 'مرتجع طلب ٨٤٥٥٠٢' }, 'after'],
] as const)(
  "who names the shop's own number under a wholly new phone joins its sale: %s",
  async (n, named, arrives) => {
    const number = `84550${n.at(-1)}`;
    const sale = payload(`9${n}`, {
      receiver: { phone: `0125556${n}`, fullName: 'منى تجربة' },
      businessReference: `store:#${number}`,
    });
    const sub = returnPickup(n, {
      receiver: { phone: `0106622${n.slice(0, 4)}`, fullName: 'Mona Tagreba' },
      ...named,
    });
    for (const one of arrives === 'before' ? [sub, sale] : [sale, sub]) await take(one);
    expect(await mainOf(n)).toMatchObject({ id: `id-9${n}` });
  },
);

test.each(['sale', 'sub'])(
  'a second phone that stands in the notes of the %s alone joins both, whichever comes first',
  async (noting) => {
    const n = noting === 'sale' ? '8465' : '8466';
    const [first, second] = [`0125556${n}`, `0106622${n}`];
    const sale = payload(`${n}0`, {
      receiver: { phone: first, fullName: 'منى تجربة' },
      notes: noting === 'sale' ? `رقم تاني ${second}` : '',
    });
    const sub = (at: string) =>
      returnPickup(`${n}${at}`, {
        receiver: { phone: second, fullName: 'Mona Tagreba' },
        notes: noting === 'sub' ? `رقم تاني ${first}` : '',
      });
    for (const one of [sub('1'), sale, sub('2')]) await take(one);
    expect(await mainOf(`${n}1`)).toMatchObject({ id: `id-${n}0` });
    expect(await mainOf(`${n}2`)).toMatchObject({ id: `id-${n}0` });
  },
);

test('a number that all sales of a shop bear names none of them', async () => {
  const sales = Array.from({ length: 11 }, (_, n) =>
    payload(String(846100 + n), {
      receiver: { phone: `012555610${10 + n}`, fullName: 'منى تجربة' },
      businessReference: 'shop #846000',
    }),
  );
  const sub = returnPickup('84699', {
    receiver: { phone: '01066222999', fullName: 'Mona Tagreba' },
    businessReference: 'shop #846000',
  });
  const isFound = async () => {
    const [found] = await api.sql`select from order_hierarchy_management
      where sub_order_id = 'id-84699' and (is_active or is_pending_review)`;
    return found !== undefined;
  };
  await take(sub, ...sales.slice(0, 1));
  expect(await isFound()).toBe(true);
  await take(...sales.slice(1));
  expect(await isFound()).toBe(false);
  await take(payload('846110', { businessReference: 'shop #846001' }));
  expect(await isFound()).toBe(true);
});
