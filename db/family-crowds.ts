import { z } from 'zod';
import type { Household } from '../domain/family.ts';
import { phonesOf } from '../domain/link-evidence.ts';
import { crowdedPhones, phonesBeside } from '../domain/shared-phones.ts';
import type { TransactionSql } from './client.ts';
import type { Trail } from './family-clues.ts';
import type { Link } from './family-links.ts';
import type { Member } from './family-members.ts';
import { many } from './query.ts';

/** The phones that turn out to be more orders' than a customer makes, and what they joined so far. */
export type Crowd = {
  phones: ReadonlySet<string>;
  /** They, and those that stood beside them. */
  joined: ReadonlySet<string>;
  /** What leads from their orders to those elsewhere that were joined by them: below one, or a slip away. */
  trails: readonly Trail[];
};

/** Finds them among orders of which all of each phone are there. */
export function crowdAmong({ members, crowded, linking }: Household<Member>): Crowd {
  const phones = crowdedPhones(members, linking.policy).difference(crowded);
  const ids = phones.size === 0 ? [] : members.filter(bears(phones)).map(({ id }) => id);
  return {
    phones,
    joined: withBeside(phones, { members, crowded }),
    trails: ids.map((id) => ({
      ...{ id, tracking_number: null, phones_of_sale: [...phones], shop_numbers: [] },
    })),
  };
}

/** Tells whether an order has one of these phones. */
export function bears(phones: ReadonlySet<string>): (order: Member) => boolean {
  return (order) => phones.size > 0 && phonesOf(order).some((phone) => phones.has(phone));
}

/** These phones, and those that stand beside one of them on any order. */
export function withBeside(
  phones: ReadonlySet<string>,
  { members, crowded }: Pick<Household<Member>, 'members' | 'crowded'>,
): Set<string> {
  if (phones.size === 0) return new Set();
  const besides = phonesBeside(members, crowded);
  return new Set([...phones].flatMap((phone) => [phone, ...besides(phone)]));
}

/** Says with each of these links that a crowd parted what it had joined: else nobody could tell why. */
export function partedBy({ phones }: Crowd, members: readonly Member[]): (link: Link) => Link {
  if (phones.size === 0) return (link) => link;
  const crowding = new Set(members.filter(bears(phones)).map(({ id }) => id));
  return (link) => {
    const isParted =
      crowding.has(link.main_order_id) ||
      crowding.has(link.sub_order_id) ||
      link.evidence.phone === 'third_order';
    return isParted ? { ...link, evidence: { ...link.evidence, phone: 'crowded_phone' } } : link;
  };
}

const phoneRow = z.object({ phone: z.string() });

/** The phones that were found to be a crowd's. */
export async function knownCrowded(tx: TransactionSql): Promise<Set<string>> {
  const rows = await many(phoneRow, tx`select phone from crowded_phones`);
  return new Set(rows.map(({ phone }) => phone));
}

/** Notes the phones of a crowd: from now on they join nobody. */
export async function noteCrowd(tx: TransactionSql, { phones }: Crowd): Promise<void> {
  if (phones.size > 0)
    await tx`insert into crowded_phones (phone) select unnest(${[...phones]}::text[])
      on conflict do nothing`;
}
