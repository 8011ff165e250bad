import {
  type Household,
  type OwnCandidates,
  ownCandidates,
  type Waiting,
  waitingAmong,
  withoutSureMain,
} from '../domain/family.ts';
import { groupByEach } from '../domain/group-by-each.ts';
import { mayBelong } from '../domain/hierarchy.ts';
import { phonesOf } from '../domain/link-evidence.ts';
import { numbersNamedIn, shopNumbersNamedIn } from '../domain/named-numbers.ts';
import type { Policy } from '../domain/policy.ts';
import type { NamedProduct } from '../domain/product-text.ts';
import { phonesBeside, tellingTypedPhones } from '../domain/shared-phones.ts';
import { holdsRepair } from '../domain/way-back.ts';
import type { TransactionSql } from './client.ts';
import {
  giversOf,
  numbersOf,
  ordersBornOn,
  salesBySecondPhone,
  salesByShopNumber,
  type Trail,
} from './family-clues.ts';
import { bears, type Crowd, loadCrowd } from './family-crowds.ts';
import type { Link } from './family-links.ts';
import { type FamilyLoader, familyLoader } from './family-loader.ts';
import type { Member } from './family-members.ts';
import { phonesToTry, storedWaiting } from './family-waiting.ts';
import { sideBySide } from './side-by-side.ts';

/** What some orders bear on, when they arrive or change. */
export type Reach = {
  /** The orders themselves, as they will stand. */
  written: readonly Member[];
  /** Of these the ones that are new: nothing is remembered of them yet, neither links nor clues. */
  fresh: ReadonlySet<string>;
  /** Their phones, then and now: all orders of these belong to the picture. */
  phones: readonly string[];
  /** Of these the phones whose every order is looked at again, and that of the phones beside them: a sale has come, changed or gone, or an order that joins two phones. */
  unsettled: ReadonlySet<string>;
  /** The phones of halves of repairs: where one half follows the other, all orders of these are looked at again. */
  halved: ReadonlySet<string>;
  /** What leads to orders elsewhere that are looked at again: linked below one of these, or waiting for one. */
  trails: readonly Trail[];
};

/** The orders that some others bear on, with all that tells where each of them belongs. */
export type LoadedFamilies = Household<Member> & {
  members: Member[];
  links: Link[];
  /** Whose main order is looked for. */
  evaluated: Member[];
  /** What their own phones lead to. */
  own: OwnCandidates;
  /** Those of them that no main order of their own phones is sure for, now and by what is stored. */
  waiting: Waiting;
  waitedBefore: Waiting;
  /** Those of them whose phones or texts may be others than before. */
  renewed: Member[];
  /** Those of them that nothing is remembered of yet. */
  fresh: ReadonlySet<string>;
  /** What turned out to be nobody's, and whom it joined until now. */
  crowd: Crowd;
  loader: FamilyLoader;
};

/** Gives Postgres something to do while this process weighs what it has read. */
export type Meanwhile = () => Promise<void>;

/** By what links are found. */
export type LinkingGround = { policy: Policy; products: readonly NamedProduct[] };

/**
 * Loads what changed orders bear on, and what bears on that: all orders with a
 * phone of one of those, since a second phone leads on, those with a phone that
 * stands beside one of theirs, those that their texts name, those above and below,
 * and the sales of phones one slip away where nothing else is sure. Where no sale is
 * among the changed ones the customer's other orders belong where they belonged.
 */
export async function loadFamilies(
  tx: TransactionSql,
  { written, fresh, phones, unsettled, halved, trails }: Reach,
  ground: LinkingGround,
  meanwhile: Meanwhile,
): Promise<LoadedFamilies> {
  const loader = await familyLoader(tx, written, fresh, ground);
  const { crowded } = loader;
  const named = groupByEach(written, (member) => numbersOf(member, crowded));
  const [bornOn, givers] = await sideBySide(
    ordersBornOn(tx, trails, fresh, loader.household()),
    giversOf(tx, [...named.keys()]),
    loader.add('phones', phones),
  );
  const crowd = await loadCrowd({ written, named, givers }, loader);
  const leftBehind = await ordersBornOn(tx, crowd.trails, fresh, loader.household());
  loader.leaveOut(crowd);
  const isBornOn = new Set([...bornOn, ...leftBehind]);
  await loader.add('ids', [...isBornOn]);
  const isRenewed = renewal(written, crowd);
  const restless = unsettled.union(crowd.joined);
  await loader.add('phones', [...withBeside(restless.union(halved), loader.household())]);
  const repaired = phonesOfRepairs(halved, loader.household());
  const stirred = withBeside(restless.union(repaired), loader.household());
  const near = loader.household().members;
  const evaluated = near.filter(
    (member) =>
      isRenewed(member) ||
      isBornOn.has(member.id) ||
      phonesOf(member).some((phone) => stirred.has(phone)),
  );
  const subs = evaluated.filter(mayBelong);
  const phonesOfSubs = new Set(subs.flatMap(phonesOf));
  await loader.add('phones', [...phonesOfSubs]);
  await loader.add('phones', [...withBeside(phonesOfSubs, loader.household())]);
  await loader.add(
    'tracking_numbers',
    subs.flatMap((sub) => [...numbersNamedIn(sub, crowded)]),
  );
  const shopNumbers = subs.flatMap((sub) => [...shopNumbersNamedIn(sub, crowded)]);
  await loader.add('ids', [
    ...(await salesByShopNumber(tx, shopNumbers, ground.policy)),
    ...subs.flatMap((sub) => sub.case_of?.main_order_id ?? []),
  ]);
  await loader.addLinked();
  await meanwhile();
  const own = ownCandidates(subs, loader.household());
  const unsure = withoutSureMain(subs, loader.household(), own);
  const known = evaluated.filter(({ id }) => !fresh.has(id));
  const waitedBefore = await storedWaiting(tx, known);
  const [bySecond] = await sideBySide(
    salesBySecondPhone(
      tx,
      unsure.flatMap((sub) => tellingTypedPhones(sub, crowded)),
    ),
    loader.add('first_phones_of_sales', phonesToTry(unsure, waitedBefore, isRenewed, crowded)),
  );
  await loader.add('ids', bySecond);
  await loader.addLinked();
  const household = loader.household();
  return {
    ...{ ...household, evaluated, own, loader, fresh, renewed: evaluated.filter(isRenewed) },
    ...{ waiting: waitingAmong(unsure, household), waitedBefore, crowd },
  };
}

/** These phones, and those that stand beside one of them on any order. */
function withBeside(
  phones: ReadonlySet<string>,
  { members, crowded }: Household<Member>,
): Set<string> {
  const besides = phonesBeside(members, crowded);
  return new Set([...phones].flatMap((phone) => [phone, ...besides(phone)]));
}

/** Those of these phones under which, or under one beside them, one half of a repair follows the other. */
function phonesOfRepairs(
  phones: ReadonlySet<string>,
  { members, crowded }: Household<Member>,
): Set<string> {
  const byPhone = groupByEach(members, phonesOf);
  const besides = phonesBeside(members, crowded);
  const ordersOf = (phone: string) =>
    [phone, ...besides(phone)].flatMap((one) => byPhone.get(one) ?? []);
  return new Set([...phones].filter((phone) => holdsRepair(ordersOf(phone))));
}

/** Whether an order's own phones and texts may be others than before, or count for other than before. */
function renewal(written: readonly Member[], crowd: Crowd): (member: Member) => boolean {
  const ids = new Set(written.map(({ id }) => id));
  const isOfCrowd = bears(crowd.numbers);
  return (member) => ids.has(member.id) || isOfCrowd(member);
}
