import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { viewFamilies } from '../../api/families.ts';
import { linkByHand } from '../../db/family-acts.ts';
import { loadFamilies } from '../../db/family-loading.ts';
import { membersBy } from '../../db/family-members.ts';
import { currentPolicy } from '../../db/policies.ts';
import { many, one } from '../../db/query.ts';
import { phonesOf } from '../../domain/link-evidence.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { type IngestLab, ingestLab, type Payload, payload, returnPickup } from '../ingest/lab.ts';

let lab: IngestLab;
beforeAll(async () => {
  lab = await ingestLab();
});
afterAll(() => lab.drop());

const tables = [
  ...['order_hierarchy_management', 'orders', 'order_payloads', 'timeline_events'],
  ...['customers', 'family_clues', 'family_waiting', 'crowded_phones'],
];
beforeEach(async () => {
  for (const table of tables) await lab.sql`delete from ${lab.sql(table)}`;
});

const { max_orders_per_phone: most } = defaultPolicy.linking;
const [shops, besides, slipped] = ['01044440000', '01155551111', '01044440001'];
const home = { dropOffAddress: { city: { name: 'Giza' }, firstLine: '12 Nile street' } };
const under = (phone: string, secondPhone?: string) => ({
  ...home,
  receiver: { phone, secondPhone, fullName: 'منى تجربة' },
});
/** What a phone joins while it looks like a person's: under it, by an order that has another beside it, and by a slip. */
const joined = [
  payload('1001', under(shops)),
  returnPickup('1002', under(shops)),
  payload('1003', { ...under(besides, shops), cod: 0 }),
  returnPickup('1004', under(besides)),
  returnPickup('1005', { ...under(slipped), pickupAddress: home.dropOffAddress }),
];
/** What shows that the phone is a shop's. */
const crowd = Array.from({ length: most }, (_, n) =>
  payload(`${2000 + n}`, { ...under(shops), state: { code: 10 } }),
);

const link = z.object({
  ...{ sub: z.string(), main: z.string(), evidence: z.record(z.string(), z.unknown()) },
  ...{ is_active: z.boolean(), linked_by: z.string() },
});
const standing = () =>
  many(
    link,
    lab.sql`select sub_tracking_number as sub, main_tracking_number as main, evidence, is_active,
        linked_by
      from order_hierarchy_management where is_active or is_pending_review order by sub`,
  );
const subs = async () => (await standing()).filter((one) => one.is_active).map(({ sub }) => sub);

test('a phone that turns out to be a shop’s parts all that it joined, as if all had come at once', async () => {
  await lab.take(joined);
  expect(await subs()).toEqual(['1002', '1003', '1004', '1005']);
  for (const one of crowd.slice(0, 3)) await lab.take([one]);
  await lab.take(crowd.slice(3));
  const after = await standing();
  for (const table of tables) await lab.sql`delete from ${lab.sql(table)}`;
  await lab.take([...crowd, ...joined]);
  expect(after).toEqual(await standing());
  expect(await subs()).toEqual([]);
});

test('what a person linked under a phone stays when that turns out to be a shop’s; what the machine linked says why it ended, and a person can link it again', async () => {
  await lab.take(joined);
  await linked('1002');
  await lab.take(crowd);
  expect(await standing()).toMatchObject([{ sub: '1002', linked_by: 'agent@hvar.test' }]);
  const ended =
    await lab.sql`select sub_tracking_number as sub, evidence ->> 'parted_by' as parted_by
    from order_hierarchy_management where ended_by = 'auto_sync' order by sub`;
  expect([...ended]).toEqual(
    ['1003', '1004', '1005'].map((sub) => ({ sub, parted_by: 'crowded_phone' })),
  );
  const [family] = await viewFamilies(lab.sql, ['id-1004']);
  expect(family?.timeline.at(-1)).toMatchObject({ event: 'link_ended', reason: 'crowded_phone' });
  await linked('1003');
  expect(await subs()).toEqual(['1002', '1003']);
});

/** What many orders bear alike, and no customer's orders have in common. */
const placeholders: Record<string, (n: number) => Payload> = {
  'a phone that lacks a digit': (n) =>
    n % 4 === 0
      ? payload(`${3000 + n}`, under('0104444000'))
      : returnPickup(`${3000 + n}`, under('0104444000')),
  'a parcel in a standing phrase': (n) => named(n, { notes: 'بديل للشحنة 1001' }),
  'an order of the shop in every reference': (n) => named(n, { businessReference: 'R-26001' }),
};
const named = (n: number, changes: Payload) =>
  returnPickup(`${3000 + n}`, { ...under(`010${20_000_000 + 7_919 * n}`), ...changes });

/** How many orders are read for a look at one. */
function readFor(id: string): Promise<number> {
  return lab.sql.begin(async (tx) => {
    const written = await membersBy(tx, 'ids', [id]);
    const phones = new Set(written.flatMap(phonesOf));
    const ground = { policy: defaultPolicy, products: [] };
    const reach = { written, fresh: new Set<string>(), phones: [...phones], unsettled: phones };
    const rest = { halved: new Set<string>(), trails: [] };
    const { members } = await loadFamilies(tx, { ...reach, ...rest }, ground, async () => {});
    return members.length;
  });
}

test.each(Object.entries(placeholders))(
  '%s joins some orders, and nobody once more bear it than a customer makes: those are not read each time',
  async (_, placeholder) => {
    const sale = { ...under(shops), businessReference: 'shop:#26001' };
    const many = Array.from({ length: 3 * most }, (_, n) => placeholder(n));
    await lab.take([payload('1001', sale), ...many.slice(0, 5)]);
    for (let at = 5; at < many.length; at += 25) await lab.take(many.slice(at, at + 25));
    const after = await standing();
    expect(await readFor('id-3001')).toBeLessThan(10);
    for (const table of tables) await lab.sql`delete from ${lab.sql(table)}`;
    await lab.take([...many, payload('1001', sale)]);
    expect(after).toEqual(await standing());
    expect(await subs()).toEqual([]);
  },
);

/** Links an order to the sale by hand. */
async function linked(sub: string) {
  const user = await one(
    z.object({ user_id: z.number() }),
    lab.sql`insert into users (email, name, role, password_hash) values ('agent@hvar.test', 'A', 'agent', 'x')
      on conflict (email) do update set name = 'A' returning user_id`,
  );
  await linkByHand(
    lab.sql,
    { main_order_id: 'id-1001', sub_order_id: `id-${sub}` },
    {
      user: { ...user, email: 'agent@hvar.test', role: 'agent' },
      ...{ policy: await currentPolicy(lab.sql), now: new Date() },
    },
  );
}
