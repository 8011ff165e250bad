import type { Dice } from '../../dev/bosta/dice.ts';
import type { Lot } from './difficulties.ts';
import { address, inOtherWords } from './homes.ts';
import type { Person } from './people.ts';
import { type Goods, soldAs, type Words } from './product-texts.ts';
import { buyer, placeOf, receiver } from './receivers.ts';
import { notesOf, returnOf } from './references.ts';
import type { Shares } from './shares.ts';

/** A delivery as Bosta gives it. */
export type Payload = Record<string, unknown> & { _id: string };

/** What a customer bought in one delivery. */
export type Sale = {
  tracking: string;
  /** The shop's own number. */
  reference: string;
  person: Person;
  goods: [Goods, ...Goods[]];
  at: number;
  /** What makes whatever follows it hard to place. */
  met: readonly (keyof Shares)[];
};
/** What follows a sale. */
export type Service = {
  tracking: string;
  kind: Kind;
  person: Person;
  product: Goods;
  words: Words;
  /** What is asked for it, in pounds. */
  cod: number;
  /** What an exchange brings, where it is another product. */
  brought: Goods | null;
  at: number;
};
/** What an after-sales order says of where it belongs. */
type Told = { tracking?: string | undefined; reference?: string | undefined };
/** In what ways a product comes back, or something is sent for it. */
export type Kind = 'pickup' | 'paid_repair' | 'way_back' | 'refund' | 'exchange';

export const dayMs = 86_400_000;
const start = Date.UTC(2024, 0, 1);

/** A sale as Bosta shows it, delivered. */
export function salePayload(sale: Sale, lot: Lot): Payload {
  const { person, goods, tracking, reference, at } = sale;
  const { dice } = lot;
  const place = dice.chance(0.1) ? inOtherWords : address;
  return {
    ...base(tracking, at, 10, 45),
    businessReference: reference,
    cod: priceOf(sale) / 100,
    receiver: buyer(person, lot),
    dropOffAddress: place(person.home, person.writes, dice),
    specs: parcel(goods.map((one) => soldAs(one, dice)).join(' + '), goods.length),
  };
}

/** What a sale costs, in piastres. */
export function priceOf({ goods }: Sale): number {
  return goods.reduce((sum, { salePrice }) => sum + salePrice, 0);
}

/** What follows a sale, as Bosta shows it. */
export function servicePayload(service: Service, lot: Lot, told: Told): Payload {
  const { tracking, kind, person, cod, at } = service;
  const { reference } = told;
  const type = kind === 'pickup' ? 25 : kind === 'exchange' ? 30 : 10;
  const place = placeOf(person, lot);
  return {
    ...base(tracking, at, type, type === 10 ? 45 : 46),
    cod,
    ...(reference === undefined ? {} : { businessReference: returnOf(reference, lot.dice) }),
    receiver: receiver(person, lot),
    ...(type === 25 ? { pickupAddress: place } : { dropOffAddress: place }),
    ...contents(service, lot.dice),
    notes: notesOf(told.tracking, lot),
  };
}

/** What a pickup or an exchange takes back stands apart from what it brings. */
function contents({ kind, words, brought }: Service, dice: Dice) {
  const said = parcel(words.text, 1);
  if (kind === 'pickup') return { specs: parcel('N/A', 1), returnSpecs: said };
  if (brought) return { specs: parcel(soldAs(brought, dice), 1), returnSpecs: said };
  return kind === 'exchange' ? { specs: said, returnSpecs: said } : { specs: said };
}

function parcel(description: string, itemsCount: number) {
  return { packageDetails: { itemsCount, description } };
}

/** What every delivery has; `day` counts from the first of 2024. */
export function base(tracking: string, day: number, type: number, state: number) {
  const at = start + day * dayMs;
  return {
    _id: `id-${tracking}`,
    trackingNumber: tracking,
    type: { code: type },
    state: { code: state, deliveryTime: new Date(at + 3 * dayMs).toISOString() },
    createdAt: new Date(at).toISOString(),
    updatedAt: new Date(at + 3 * dayMs).toISOString(),
  };
}
