import { type Product, products } from '../catalogue.ts';
import { createDice, type Dice } from './dice.ts';
import { type NewDelivery, newDelivery } from './new-delivery.ts';
import type { Payload } from './payload.ts';
import { addressOf, type Customer, customerOf, spelled } from './people.ts';
import { isRefused, type Purpose, type Slot } from './plan.ts';

/** Where a delivery of the base set stands in its plan. */
export type Place = { seed: number; index: number; column: number; slot: number; plan: Slot };

const typeOfPurpose: Record<Purpose, number> = {
  sale: 10,
  paid_repair: 10,
  pickup: 25,
  way_back: 10,
  replacement: 10,
  refund: 10,
  exchange: 30,
  collection: 15,
  sign_and_return: 35,
};

/** A delivery of the base set as it was made, before its history. */
export function baseDelivery(place: Place, trackingNumber: number, createdAt: Date): Payload {
  const { seed, index, column, plan } = place;
  const dice = createDice(seed, 6, index);
  const product = productOf(seed, column, plan.root);
  const quantity = createDice(seed, 5, column, plan.root).chance(0.12) ? 2 : 1;
  const customer = customerOf(seed, plan.customer);
  const type = typeOfPurpose[plan.purpose];
  const home = addressOf(customer);
  const parcel = parcelOf(product, quantity, dice);
  const facts: NewDelivery = {
    id: `hv${createDice(seed, 7, index)
      .between(1, 2 ** 31)
      .toString(36)}${index.toString(36)}`,
    trackingNumber: String(trackingNumber),
    type,
    cod: codOf(plan.purpose, product, quantity, dice),
    createdAt,
    scheduledAt: new Date(createdAt.getTime() + 12 * 3_600_000),
    businessReference: referenceOf(index),
    ...(type === 25 ? { pickupAddress: home } : { dropOffAddress: home }),
    ...parcel,
    ...(type === 25 || type === 30 ? { returnSpecs: parcel.specs } : {}),
    goodsInfo: { amount: (product.salePrice / 100) * quantity },
    receiver: receiverOf(customer, dice),
    allowToOpenPackage: dice.chance(0.3),
    creationSrc: dice.pick(['SHOPIFY', 'API', 'DASHBOARD']),
  };
  return withOddities(newDelivery(facts), home, dice);
}

function productOf(seed: number, column: number, root: number): Product {
  const [first, ...others] = products;
  if (!first) throw new Error('The catalogue is empty');
  return createDice(seed, 8, column, root).pick([first, ...others]);
}

/** Shops write the product in either language, with a count or without, and some in the notes alone. */
function parcelOf(product: Product, quantity: number, dice: Dice) {
  const name = dice.chance(0.6) ? product.nameAr : product.name;
  const text = quantity > 1 || dice.chance(0.2) ? `${quantity} * ${name}` : name;
  const isInNotes = dice.chance(0.08);
  const packageDetails = { itemsCount: quantity, description: isInNotes ? '' : text };
  const specs = { packageType: 'Parcel', size: 'MEDIUM', weight: 3, packageDetails };
  return {
    specs,
    notes: isInNotes ? text : dice.pick(['', '', 'الاتصال قبل الوصول', 'Call first']),
  };
}

/** EGP that the courier asks for: refunds are below 0, repairs up to 500. */
function codOf(purpose: Purpose, product: Product, quantity: number, dice: Dice): number {
  const price = (product.salePrice / 100) * quantity;
  if (purpose === 'sale') return dice.chance(0.06) ? 0 : price;
  if (purpose === 'refund') return -price;
  if (purpose === 'paid_repair' || purpose === 'collection') return 50 * dice.between(2, 10);
  if (purpose === 'way_back') return dice.chance(0.4) ? 50 * dice.between(1, 6) : 0;
  return purpose === 'exchange' && dice.chance(0.2) ? 150 : 0;
}

/** Shop plugins write `#<order>` or `<store>:#<order>`; one in nine deliveries has none. */
function referenceOf(index: number): string | null {
  if (index % 9 === 4) return null;
  return index % 7 === 3 ? `hvar-store:#${2_600_000 + index}` : `#${2_600_000 + index}`;
}

/** The index in a reference of the base set; undefined in any other. */
export function indexOfReference(reference: string): number | undefined {
  const number = /^(?:hvar-store:)?#(\d{7,8})$/.exec(reference)?.[1];
  const index = number === undefined ? -1 : Number(number) - 2_600_000;
  return index >= 0 && referenceOf(index) === reference ? index : undefined;
}

function receiverOf(customer: Customer, dice: Dice): Payload {
  const { firstName, lastName, phone, secondPhone } = customer;
  // Some order with their other phone at times.
  const swapped = secondPhone !== null && dice.chance(0.15);
  const main = swapped ? secondPhone : phone;
  const second = swapped ? phone : secondPhone;
  return {
    firstName,
    lastName,
    fullName: `${firstName} ${lastName}`,
    phone: spelled(main, dice),
    secondPhone: second === null ? null : spelled(second, dice),
  };
}

/** What drifts in real payloads, here in a few of each hundred. */
function withOddities(payload: Payload, home: ReturnType<typeof addressOf>, dice: Dice): Payload {
  const asNumber = dice.chance(0.08) ? { trackingNumber: Number(payload.trackingNumber) } : {};
  const codAsText = dice.chance(0.06) ? { cod: String(payload.cod) } : {};
  const { createdAt, creationTimestamp, ...rest } = payload;
  const created = dice.chance(0.5) ? { createdAt, creationTimestamp } : { createdAt };
  const plain = { ...home, district: home.district?.name };
  const address =
    dice.chance(0.04) && payload.dropOffAddress === home ? { dropOffAddress: plain } : {};
  return { ...rest, ...created, ...asNumber, ...codAsText, ...address };
}

/** The way that a delivery of the base set went: state codes, each with an exception where it is 47. */
export function baseHistory(place: Place): { code: number; exceptionCode?: number }[] {
  const { seed, index, column, slot, plan } = place;
  const dice = createDice(seed, 9, index);
  const fails = dice.chance(0.15) ? dice.between(1, 3) : 0;
  if (plan.purpose === 'pickup') {
    const failed = retries(fails, 22, [20, 21], dice);
    return [...steps(10, 22), ...failed, ...steps(23, 24, 30, 41, 46)];
  }
  if (plan.purpose === 'exchange') return steps(10, 20, 21, 24, 30, 41, 23, 24, 30, 41, 46);
  if (plan.purpose === 'collection') return steps(10, 20, 40, 41, 45);
  const road = steps(10, 20, 21, 24, 30);
  if (plan.purpose !== 'sale' || !isRefused(seed, column, slot)) {
    return [...road, ...steps(41), ...retries(fails, 41, [1, 3, 7, 17], dice), ...steps(45)];
  }
  if (dice.chance(0.25)) return oddEnd(dice);
  return [...road, ...steps(41), { code: 47, exceptionCode: 8 }, ...steps(24, 30, 41, 46)];
}

function steps(...codes: number[]): { code: number }[] {
  return codes.map((code) => ({ code }));
}

function retries(times: number, again: number, reasons: [number, ...number[]], dice: Dice) {
  return Array.from({ length: times }, () => [
    { code: 47, exceptionCode: dice.pick(reasons) },
    { code: again },
  ]).flat();
}

/** The states in which few deliveries stay. */
function oddEnd(dice: Dice): { code: number; exceptionCode?: number }[] {
  const end = dice.pick([48, 48, 49, 49, 60, 100, 101, 102, 103, 104, 105, 47, 11, 25, 40]);
  if (end === 48 || end === 49 || end === 11) return steps(10, end);
  return end === 40 ? steps(10, 20, 40) : steps(10, 20, 21, 24, end);
}
