import { productReader } from '../domain/product-signs.ts';
import type { TransactionSql } from './client.ts';
import { type Crowd, knownCrowded } from './family-crowds.ts';
import { type Link, linksOf } from './family-links.ts';
import type { LinkingGround } from './family-loading.ts';
import { type By, type Member, membersBy } from './family-members.ts';

export type FamilyLoader = Awaited<ReturnType<typeof familyLoader>>;

/** Gathers orders and links; each once. */
export async function familyLoader(
  tx: TransactionSql,
  written: readonly Member[],
  fresh: ReadonlySet<string>,
  { policy, products }: LinkingGround,
) {
  const members = new Map(written.map((member) => [member.id, member]));
  const links = new Map<number, Link>();
  const asked = {
    phones: new Set<string>(),
    tracking_numbers: new Set<string>(),
    first_phones_of_sales: new Set<string>(),
  };
  const withLinks = new Set(fresh);
  const crowded = await knownCrowded(tx);
  const linking = { policy, read: productReader(products) };

  /** Adds the orders that are not there yet. */
  async function add(by: By, values: readonly string[]): Promise<void> {
    const before = by === 'ids' ? members : asked[by];
    const unasked = new Set(values.filter((value) => !before.has(value) && !crowded.has(value)));
    if (by !== 'ids') for (const value of unasked) asked[by].add(value);
    for (const member of await membersBy(tx, by, [...unasked]))
      if (!members.has(member.id)) members.set(member.id, member);
  }

  /** The links of all members, and whoever stands at their other ends, up and down to the last. */
  async function addLinked() {
    for (;;) {
      const ids = [...members.keys()].filter((id) => !withLinks.has(id));
      if (ids.length === 0) return;
      for (const id of ids) withLinks.add(id);
      const found = await linksOf(tx, ids);
      for (const link of found) links.set(link.hierarchy_id, link);
      await add(
        'ids',
        found.flatMap((link) => [link.main_order_id, link.sub_order_id]),
      );
    }
  }

  /** All orders of the customers whose main orders these are; answers their phones. */
  async function addCustomers(mainOrderIds: readonly string[]): Promise<string[]> {
    const phones = mainOrderIds.flatMap((id) => members.get(id)?.receiver_phone ?? []);
    await add('phones', phones);
    await addLinked();
    return phones;
  }

  /** From now on what is a crowd's leads to nobody. */
  function leaveOut({ numbers }: Crowd) {
    for (const number of numbers) crowded.add(number);
  }

  const household = () => ({
    ...{ members: [...members.values()], links: [...links.values()], linking, crowded },
  });
  return { add, addLinked, addCustomers, leaveOut, household, crowded };
}
