import { createDice, type Dice } from '../../dev/bosta/dice.ts';
import { type Product, products } from '../../dev/catalogue.ts';
import { household, mistyped, nameOf, type Person, somebody, somebodyElse } from './people.ts';
import type { Shares } from './shares.ts';

/** A delivery as Bosta gives it, and what is known of it here alone: the main order that it truly belongs to, null where none. */
export type Labelled = {
  payload: Record<string, unknown> & { _id: string };
  /** Undefined for what is no after-sales order. */
  truth: string | null | undefined;
};

type Sale = { tracking: string; person: Person; product: Product; at: number };
type Kind = 'pickup' | 'paid_repair' | 'way_back' | 'refund' | 'exchange';

const dayMs = 86_400_000;
const start = Date.UTC(2024, 0, 1);
const shopPhone = '01099999999';
const kinds: [Kind, ...Kind[]] = [
  'pickup',
  'pickup',
  'paid_repair',
  'way_back',
  'refund',
  'exchange',
];

/** A labelled population in the order in which it reaches us: always the same for the same seed. */
export function population(seed: number, households: number, shares: Shares): Labelled[] {
  const orders = Array.from({ length: households }, (_, index) =>
    householdOrders(createDice(seed, index), shares, index),
  ).flat();
  // Some orders reach us long after others that were made later.
  const dice = createDice(seed, -1);
  const arrival = orders.map((order) => {
    const at = Date.parse(String(order.payload.createdAt));
    return {
      order,
      at: at + (dice.chance(shares.arrives_late) ? dice.between(1, 400) * dayMs : 0),
    };
  });
  return arrival.sort((a, b) => a.at - b.at).map(({ order }) => order);
}

function householdOrders(dice: Dice, shares: Shares, index: number): Labelled[] {
  const found: Labelled[] = [];
  let orders = 0;
  const next = () => String(10_000_000 + index * 100 + orders++);
  for (const person of household(dice, shares)) {
    const sales = purchases(dice, shares, person, next);
    found.push(...sales.map((sale) => ({ payload: salePayload(sale, dice), truth: undefined })));
    for (const [n, sale] of sales.entries()) {
      for (let times = n === 0 ? 2 : 1; times > 0 && dice.chance(0.3); times--)
        found.push(afterSale({ sale, sales }, next(), dice, shares));
    }
  }
  return found;
}

function purchases(dice: Dice, shares: Shares, person: Person, next: () => string): Sale[] {
  let last = { tracking: next(), person, product: product(dice), at: dice.between(0, 300) };
  const sales = [last];
  while (sales.length < 4 && dice.chance(shares.buys_again)) {
    const again = dice.chance(shares.same_product_again) ? last.product : product(dice);
    last = { tracking: next(), person, product: again, at: last.at + dice.between(10, 200) };
    sales.push(last);
  }
  return sales;
}

function product(dice: Dice): Product {
  const [first, ...rest] = products.filter(({ salePrice }) => salePrice > 500_00);
  if (!first) throw new Error('The catalogue is empty');
  return dice.pick([first, ...rest]);
}

function salePayload(sale: Sale, dice: Dice): Labelled['payload'] {
  const { person, product, tracking, at } = sale;
  const isSecond = person.secondPhone !== null && dice.chance(0.2);
  return {
    ...base(tracking, at, 10, 45),
    cod: product.salePrice / 100,
    receiver: {
      fullName: nameOf(person, person.writes),
      phone: isSecond ? person.secondPhone : person.phone,
      ...(person.secondPhone === null || dice.chance(0.1)
        ? {}
        : { secondPhone: isSecond ? person.phone : person.secondPhone }),
    },
    dropOffAddress: person.address,
    specs: parcel(dice.chance(0.6) ? product.nameAr : product.name),
  };
}

/** What follows a sale, or looks as if it did. */
function afterSale(
  { sale, sales }: { sale: Sale; sales: Sale[] },
  tracking: string,
  dice: Dice,
  shares: Shares,
): Labelled {
  const isElsewhere = dice.chance(shares.bought_elsewhere);
  const isLate = dice.chance(shares.after_a_year);
  const at = sale.at + (isLate ? dice.between(370, 600) : ageAtReturn(dice));
  // Most who bought in a shop have bought nothing from us.
  const person = isElsewhere && dice.chance(0.7) ? somebody(dice, shares) : sale.person;
  const of = isElsewhere || dice.chance(shares.wrong_product) ? product(dice) : sale.product;
  const isNamed = !isElsewhere && dice.chance(shares.named_in_notes);
  const truth = isNamed ? sale : newestBefore(sales, sale, at);
  return {
    payload: servicePayload({ tracking, person, product: of, at }, dice, shares, isNamed && sale),
    truth: isElsewhere || isLate ? null : truth.tracking,
  };
}

/** Of the sales of one product the last before this day: so says the rule, and nobody could tell otherwise. */
function newestBefore(sales: Sale[], sale: Sale, day: number): Sale {
  const same = sales.filter((one) => one.product === sale.product && one.at <= day);
  return same.toSorted((a, b) => b.at - a.at)[0] ?? sale;
}

function servicePayload(
  { tracking, person, product, at }: Sale,
  dice: Dice,
  shares: Shares,
  named: Sale | false,
): Labelled['payload'] {
  const kind = dice.pick(kinds);
  const type = kind === 'pickup' ? 25 : kind === 'exchange' ? 30 : 10;
  const specs = parcel(dice.chance(shares.no_product) ? '' : productText(product, dice, shares));
  const { address } = person;
  return {
    ...base(tracking, at, type, type === 10 ? 45 : 46),
    cod: codOf(kind, product, dice),
    receiver: receiver(person, dice, shares),
    ...(type === 25 ? { pickupAddress: address } : { dropOffAddress: address }),
    ...(type === 25 ? { specs: parcel('N/A'), returnSpecs: specs } : { specs }),
    notes: named
      ? `بديل للشحنة ${named.tracking}`
      : dice.pick(['', 'الاتصال قبل الوصول', 'Call first']),
  };
}

/** Half come back in the first two months, the rest over the year. */
function ageAtReturn(dice: Dice): number {
  return dice.chance(0.5) ? dice.between(4, 60) : dice.between(30, 364);
}

function receiver(person: Person, dice: Dice, shares: Shares): Record<string, unknown> {
  const who = dice.chance(shares.other_name) ? somebodyElse(person, dice) : person;
  const other = person.writes === 'ar' ? 'en' : 'ar';
  const fullName = nameOf(who, dice.chance(shares.other_script) ? other : person.writes);
  if (dice.chance(shares.shop_phone)) return { fullName, phone: shopPhone };
  const isSecond = person.secondPhone !== null && dice.chance(0.5);
  const phone = (isSecond ? person.secondPhone : null) ?? person.phone;
  return {
    fullName,
    phone: dice.chance(shares.wrong_digit) ? mistyped(phone, dice) : phone,
    ...(isSecond && dice.chance(0.5) ? { secondPhone: person.phone } : {}),
  };
}

function codOf(kind: Kind, { salePrice }: Product, dice: Dice): number {
  if (kind === 'refund') return -salePrice / 100 + (dice.chance(0.2) ? 50 : 0);
  return kind === 'paid_repair' ? 50 * dice.between(1, 10) : 0;
}

/** How people write a product whose name they have before them, or only in mind. */
function productText({ name, nameAr }: Product, dice: Dice, shares: Shares): string {
  if (!dice.chance(shares.other_product_name)) return dice.chance(0.6) ? nameAr : name;
  const short = (text: string) => text.replace(/\s*\d+.*$/u, '');
  return dice.pick([
    short(nameAr),
    short(name),
    `صيانة ${short(nameAr)}`,
    `موتور ${nameAr}`,
    `1 * ${nameAr.replace(' وات', 'W')}`,
    `${name} - spare part`,
    nameAr.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? digit),
  ]);
}

function parcel(description: string) {
  return { packageDetails: { itemsCount: 1, description } };
}

function base(tracking: string, day: number, type: number, state: number) {
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
