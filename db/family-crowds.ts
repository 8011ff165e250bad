import { z } from 'zod';
import { phonesOf } from '../domain/link-evidence.ts';
import { crowdedPhones } from '../domain/shared-phones.ts';
import type { TransactionSql } from './client.ts';
import { type Clue, numbersOf, type Trail } from './family-clues.ts';
import type { Link } from './family-links.ts';
import type { FamilyLoader } from './family-loader.ts';
import type { Member } from './family-members.ts';
import { many } from './query.ts';

/** What turns out to be more orders' than a customer makes, and what it joined so far. */
export type Crowd = {
  /** Phones, and numbers that orders name, by their clues. */
  numbers: ReadonlySet<string>;
  /** The phones of all who bear one of these: whom they joined is among their orders. */
  joined: ReadonlySet<string>;
  /** What leads from them to orders elsewhere that were joined: below one of them, or a slip away. */
  trails: readonly Trail[];
};

const nobody: Crowd = { numbers: new Set(), joined: new Set(), trails: [] };

/** The orders that are written, by the numbers that each has, and who else gave one of these. */
type Sharing = {
  written: readonly Member[];
  named: ReadonlyMap<string, readonly Member[]>;
  givers: readonly Clue[];
};

/** Finds what has become a crowd's with these orders, and loads who else bears it. All orders of their phones are there. */
export async function loadCrowd(sharing: Sharing, loader: FamilyLoader): Promise<Crowd> {
  const { members, crowded, linking } = loader.household();
  const phones = crowdedPhones(members, linking.policy).difference(crowded);
  const most = linking.policy.linking.max_orders_per_phone;
  const numbers = phones.union(numbersOfMany(sharing, most));
  if (numbers.size === 0) return nobody;
  await loader.add(
    'ids',
    sharing.givers.flatMap(({ clue, order_id }) => (numbers.has(clue) ? order_id : [])),
  );
  const bearing = loader.household().members.filter(bears(numbers));
  const joined = new Set(bearing.flatMap(phonesOf));
  await loader.add('phones', [...joined]);
  const phones_of_sale = [...numbers];
  const trails = bearing.map(({ id }) => ({
    ...{ id, tracking_number: null, phones_of_sale, shop_numbers: [] },
  }));
  return { numbers, joined, trails };
}

/** The numbers that more orders than `most` have, as these are written and the others stand. */
function numbersOfMany({ written, named, givers }: Sharing, most: number): Set<string> {
  const isWritten = new Set(written.map(({ id }) => id));
  const others = Map.groupBy(
    givers.filter(({ order_id }) => !isWritten.has(order_id)),
    ({ clue }) => clue,
  );
  const countOf = (clue: string, own: readonly Member[]) =>
    own.length + (others.get(clue)?.length ?? 0);
  const found = [...named].filter(([clue, own]) => countOf(clue, own) > most);
  return new Set(found.map(([clue]) => clue));
}

/** Tells whether an order bears one of these. */
export function bears(numbers: ReadonlySet<string>): (order: Member) => boolean {
  if (numbers.size === 0) return () => false;
  return (order) => [...phonesOf(order), ...numbersOf(order, none)].some((one) => numbers.has(one));
}

const none: ReadonlySet<string> = new Set();

/** Says with each link that a crowd parted that it did: else nobody could tell why the link ended. */
export function partedBy({ numbers }: Crowd, members: readonly Member[]): (link: Link) => Link {
  if (numbers.size === 0) return (link) => link;
  const isOfCrowd = bears(numbers);
  const byId = new Map(members.filter(isOfCrowd).map((member) => [member.id, member]));
  return (link) => {
    const ends = [link.main_order_id, link.sub_order_id].flatMap((id) => byId.get(id) ?? []);
    const isByPhone =
      link.evidence.phone === 'third_order' ||
      ends.flatMap(phonesOf).some((phone) => numbers.has(phone));
    if (!isByPhone && ends.length === 0) return link;
    const parted_by = isByPhone ? 'crowded_phone' : 'crowded_number';
    return { ...link, evidence: { ...link.evidence, parted_by } };
  };
}

const phoneRow = z.object({ phone: z.string() });

/** What was found to be a crowd's. */
export async function knownCrowded(tx: TransactionSql): Promise<Set<string>> {
  const rows = await many(phoneRow, tx`select phone from crowded_phones`);
  return new Set(rows.map(({ phone }) => phone));
}

/** Notes what is a crowd's: from now on it joins nobody. */
export async function noteCrowd(tx: TransactionSql, { numbers }: Crowd): Promise<void> {
  if (numbers.size > 0)
    await tx`insert into crowded_phones (phone) select unnest(${[...numbers]}::text[])
      on conflict do nothing`;
}
