import { z } from 'zod';
import { crowdedPhones, type Household, withoutSureMain } from '../domain/family.ts';
import { numbersNamedIn, phonesOf } from '../domain/link-evidence.ts';
import { phonesOneSlipAway } from '../domain/phone-likeness.ts';
import type { Policy } from '../domain/policy.ts';
import type { NamedProduct } from '../domain/product-likeness.ts';
import { productReader } from '../domain/product-likeness.ts';
import type { TransactionSql } from './client.ts';
import { type Link, linksOf } from './family-links.ts';
import { type Member, membersBy } from './family-members.ts';
import { many } from './query.ts';

/** The families of some phones, with all that bears on where each of their orders belongs. */
export type LoadedFamilies = Household<Member> & {
  members: Member[];
  links: Link[];
  /** Whose main order is looked for: those with one of the phones. */
  evaluated: Member[];
  /** Those of them that no main order of their own phones is sure for. */
  waiting: Set<string>;
};

/**
 * Loads the orders of `phones` and what bears on them: all with a phone of one of
 * those, since a second phone leads on, those that their texts name, those above
 * and below, and the sales of phones one digit away where nothing else is sure.
 * `written` are being written, and stand as they will be.
 */
export async function loadFamilies(
  tx: TransactionSql,
  written: readonly Member[],
  phones: readonly string[],
  policy: Policy,
): Promise<LoadedFamilies> {
  const loader = await familyLoader(tx, written, policy);
  const near = [...written, ...(await loader.add('phones', phones))];
  const further = near.flatMap(phonesOf).filter((phone) => !phones.includes(phone));
  await loader.add('phones', further);
  const named = near.flatMap((member) => [...numbersNamedIn(member)]);
  await loader.add('tracking_numbers', named);
  const cases = near.flatMap((member) => member.case_of?.main_order_id ?? []);
  await loader.add('ids', cases);
  await loader.addLinked();
  const unsure = withoutSureMain(near, loader.household());
  const neighbours = unsure.flatMap(phonesOf).flatMap(phonesOneSlipAway);
  await loader.add('first_phones_of_sales', neighbours);
  await loader.addLinked();
  const waiting = new Set(unsure.map((member) => member.id));
  return { ...loader.household(), evaluated: near, waiting };
}

/** Gathers orders and links; each once. */
async function familyLoader(tx: TransactionSql, written: readonly Member[], policy: Policy) {
  const members = new Map(written.map((member) => [member.id, member]));
  const links = new Map<number, Link>();
  const asked = new Set<string>();
  const withLinks = new Set<string>();
  const crowded = new Set<string>();
  const linking = { policy, read: productReader(await catalogue(tx)) };

  /** Gives what was not there yet. */
  async function add(by: Parameters<typeof membersBy>[1], values: readonly string[]) {
    let fresh = [...new Set(values)].filter((value) => !asked.has(`${by} ${value}`));
    for (const value of fresh) asked.add(`${by} ${value}`);
    if (by !== 'ids' && by !== 'tracking_numbers') {
      for (const phone of await knownCrowded(tx, fresh)) crowded.add(phone);
      fresh = fresh.filter((phone) => !crowded.has(phone));
    }
    const found = (await membersBy(tx, by, fresh)).filter((member) => !members.has(member.id));
    for (const member of found) members.set(member.id, member);
    return found;
  }

  /** The links of all members, and whoever stands at their other ends, up and down to the last. */
  async function addLinked() {
    for (;;) {
      const ids = [...members.keys()].filter((id) => !withLinks.has(id));
      if (ids.length === 0) return;
      for (const id of ids) withLinks.add(id);
      const found = await linksOf(tx, ids);
      for (const link of found) links.set(link.hierarchy_id, link);
      const ends = found.flatMap((link) => [link.main_order_id, link.sub_order_id]);
      await add(
        'ids',
        ends.filter((id) => !members.has(id)),
      );
    }
  }

  const household = () => ({
    ...{ members: [...members.values()], links: [...links.values()], linking, crowded },
  });
  return { add, addLinked, household };
}

const phoneRow = z.object({ phone: z.string() });

async function knownCrowded(tx: TransactionSql, phones: readonly string[]): Promise<string[]> {
  if (phones.length === 0) return [];
  const rows = await many(
    phoneRow,
    tx`select phone from crowded_phones where phone = any(${[...phones]})`,
  );
  return rows.map(({ phone }) => phone);
}

/** Notes the phones that are more orders' than a customer makes: from now on they join nobody. */
export async function noteCrowded(
  tx: TransactionSql,
  { members, linking }: LoadedFamilies,
): Promise<void> {
  const found = [...crowdedPhones(members, linking.policy)];
  if (found.length > 0)
    await tx`insert into crowded_phones (phone) select unnest(${found}::text[]) on conflict do nothing`;
}

const product = z.object({ sku: z.string(), name: z.string(), name_ar: z.string() });

function catalogue(tx: TransactionSql): Promise<NamedProduct[]> {
  return many(
    product,
    tx`select sku, name, name_ar from catalogue_items where type = 'product' and is_active`,
  );
}
