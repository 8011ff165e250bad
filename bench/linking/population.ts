import { createDice, type Dice } from '../../dev/bosta/dice.ts';
import { type Lot, lotOf } from './difficulties.ts';
import {
  base,
  dayMs,
  type Kind,
  type Payload,
  priceOf,
  type Sale,
  type Service,
  salePayload,
  servicePayload,
} from './payloads.ts';
import { household, type Person, somebody } from './people.ts';
import {
  asItStands,
  assortment,
  type Goods,
  misspeltKind,
  otherwise,
  unsaid,
  type Words,
} from './product-texts.ts';
import { shopNumber } from './references.ts';
import { type Shares, usual } from './shares.ts';

/** A delivery, and what is known of it here alone: the main order that it truly belongs to, null where none. */
export type Labelled = {
  payload: Payload;
  /** Undefined for what is no after-sales order. */
  truth: string | null | undefined;
  /** What makes an after-sales order hard to place. */
  met: readonly (keyof Shares)[];
};

type AfterSale = { labelled: Labelled; service: Service };

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
    const late = dice.chance(0.2) ? dice.between(400, 1200) : dice.between(1, 400);
    return { order, at: at + (dice.chance(shares.arrives_late) ? late * dayMs : 0) };
  });
  return arrival.sort((a, b) => a.at - b.at).map(({ order }) => order);
}

function householdOrders(dice: Dice, shares: Shares, index: number): Labelled[] {
  const found: Labelled[] = [];
  let orders = 0;
  const next = () => String(10_000_000 + index * 100 + orders++);
  for (const person of household(dice, shares, index * 3)) {
    const sales = purchases(dice, shares, person, next);
    for (const sale of sales) {
      if (dice.chance(shares.refused_before))
        found.push(refused({ ...sale, tracking: next() }, dice));
      const lot = lotOf(dice, shares);
      found.push({ payload: salePayload(sale, lot), truth: undefined, met: lot.met });
      const isSameDay = sales.some((one) => one !== sale && one.at === sale.at);
      const phoneOfSale = (['wrong_phone_of_sale', 'second_phone'] as const).filter((one) =>
        lot.met.includes(one),
      );
      sale.met = [
        ...(isSameDay ? (['same_day'] as const) : []),
        ...phoneOfSale,
        ...(sale.goods.length > 1 ? (['two_products'] as const) : []),
      ];
    }
    const fetched: AfterSale[] = [];
    for (const [n, sale] of sales.entries()) {
      for (let times = n === 0 ? 2 : 1; times > 0 && dice.chance(0.3); times--) {
        const one = afterSale({ sale, sales }, next(), lotOf(dice, shares), index);
        found.push(one.labelled);
        if (one.service.kind === 'pickup') fetched.push(one);
        const lot = lotOf(dice, shares);
        if (typeof one.labelled.truth === 'string' && lot.meets('follows_replacement'))
          found.push(afterwards(one, next(), lot));
      }
    }
    for (const one of fetched) {
      const lot = lotOf(dice, shares);
      if (lot.meets('brought_back')) found.push(broughtBack(one, next(), lot));
    }
  }
  return found;
}

function purchases(dice: Dice, shares: Shares, person: Person, next: () => string): Sale[] {
  const offered = assortment(dice, shares);
  const goods = (): Sale['goods'] => {
    const first = dice.pick(offered);
    return dice.chance(shares.two_products) ? [first, dice.pick(offered)] : [first];
  };
  const saleOf = (sold: Sale['goods'], at: number): Sale => {
    const tracking = next();
    return { tracking, reference: shopNumber(tracking), person, goods: sold, at, met: [] };
  };
  let last = saleOf(goods(), dice.between(0, 300));
  const sales = [last];
  while (sales.length < 4 && dice.chance(shares.buys_again)) {
    const again = dice.chance(shares.same_product_again) ? last.goods : goods();
    const later = dice.chance(shares.same_day) ? 0 : dice.between(10, 200);
    last = saleOf(again, last.at + later);
    sales.push(last);
  }
  return sales;
}

/** The first try to deliver a sale: it came back from the door, and is nobody's main order. */
function refused(sale: Sale, dice: Dice): Labelled {
  const at = sale.at - dice.between(3, 9);
  const payload = salePayload(sale, lotOf(dice, usual));
  return { payload: { ...payload, ...base(sale.tracking, at, 10, 46) }, truth: undefined, met: [] };
}

/** What comes back of what was sent for a sale, or is picked up once more: it names what was before. */
function afterwards({ service: first, labelled }: AfterSale, tracking: string, lot: Lot): Labelled {
  const at = first.at + lot.dice.between(4, 60);
  const product = first.brought ?? first.product;
  const words = wordsFor(product, lot);
  const changes = { product, tracking, kind: 'pickup', words, cod: 0, brought: null, at } as const;
  return {
    payload: servicePayload({ ...first, ...changes }, lot, { tracking: first.tracking }),
    // A pickup or a refund brings nothing that could come back: what names it is about its sale.
    truth: first.kind === 'pickup' || first.kind === 'refund' ? labelled.truth : first.tracking,
    met: lot.met,
  };
}

/** The way back of what was picked up: it says again what it is, and no number. */
function broughtBack({ service, labelled }: AfterSale, tracking: string, lot: Lot): Labelled {
  const { dice } = lot;
  const kind = dice.pick(['paid_repair', 'way_back'] as const);
  const cod = codOf(kind, service.product, null, dice);
  const at = service.at + dice.between(7, 25);
  const words = wordsFor(service.product, lot);
  return {
    payload: servicePayload({ ...service, tracking, kind, words, cod, at }, lot, {}),
    truth: labelled.truth,
    met: lot.met,
  };
}

/** What follows a sale, or looks as if it did. */
function afterSale(
  { sale, sales }: { sale: Sale; sales: Sale[] },
  tracking: string,
  lot: Lot,
  index: number,
): AfterSale {
  const { dice, shares, meets } = lot;
  const isElsewhere = meets('bought_elsewhere');
  const isLate = meets('after_a_year');
  const newer = sales.find((one) => one.at > sale.at);
  const isReferred = !isElsewhere && meets('shop_number');
  const isOlder = !isElsewhere && newer !== undefined && meets('refund_of_older');
  // What says itself that it is of an older sale comes when the newer one is nearer.
  const isAfterNewer = !isLate && (isReferred || isOlder);
  const since = isAfterNewer && newer ? newer.at + dice.between(4, 20) : undefined;
  const at = since ?? sale.at + (isLate ? dice.between(370, 600) : ageAtReturn(dice, shares));
  // Most who bought in a shop have bought nothing from us.
  const isStranger = isElsewhere && dice.chance(0.7);
  const number = index * 3 + dice.between(1, 2);
  const person = isStranger ? somebody(dice, shares, number) : sale.person;
  const product = dice.pick(sale.goods);
  const isWrong = isElsewhere || meets('wrong_product');
  const said = isWrong ? dice.pick(assortment(dice, shares)) : product;
  const words = wordsFor(said, lot);
  const kind = isOlder ? 'refund' : dice.pick(kinds);
  // The money that goes back tells which sale it was.
  const isOpen = !isWrong && kind !== 'refund' && dice.chance(shares.rule_decides);
  const fits = isOpen ? words.fits : (one: Goods) => one === product;
  const isMeant = (one: Sale) =>
    one.goods.some(fits) && (!isOlder || priceOf(one) === priceOf(sale));
  const isNamed = !isElsewhere && meets('named_in_notes');
  const isTold = isNamed || isReferred;
  const truth = isTold ? sale : (newestBefore([sale, ...sales], at, isMeant) ?? sale);
  if (sales.filter((one) => one.at <= at).length > 1) meets('wrong_digit_of_regular');
  const isForAnother = kind === 'exchange' && meets('brings_another');
  const brought = isForAnother ? dice.pick(assortment(dice, shares)) : null;
  const cod = isOlder ? -priceOf(sale) / 100 : codOf(kind, said, brought, dice);
  const service = { tracking, kind, person, product: said, words, cod, brought, at };
  const labelled = {
    payload: servicePayload(service, lot, {
      tracking: isNamed ? sale.tracking : undefined,
      reference: isReferred ? sale.reference : undefined,
    }),
    truth: isElsewhere || isLate ? null : truth.tracking,
    met: [...new Set([...truth.met, ...lot.met])],
  };
  return { labelled, service };
}

/** Of the sales that can be meant the last before this day: so says the rule, and nobody could tell otherwise. */
function newestBefore(
  sales: Sale[],
  day: number,
  isMeant: (sale: Sale) => boolean,
): Sale | undefined {
  const open = sales.filter((one) => one.at <= day && isMeant(one));
  return open.toSorted((a, b) => b.at - a.at)[0];
}

function wordsFor(product: Goods, { dice, meets }: Lot): Words {
  if (meets('no_product')) return unsaid;
  if (meets('misspelt_product')) return misspeltKind(product, dice);
  return meets('other_product_name') ? otherwise(product, dice) : asItStands(product, dice);
}

/** Half come back in the first two months, the rest over the year; of some shops alike over the year. */
function ageAtReturn(dice: Dice, shares: Shares): number {
  if (dice.chance(shares.even_ages)) return dice.between(3, 360);
  return dice.chance(0.5) ? dice.between(4, 60) : dice.between(30, 364);
}

function codOf(kind: Kind, { salePrice }: Goods, brought: Goods | null, dice: Dice): number {
  if (brought) return (brought.salePrice - salePrice) / 100;
  if (kind === 'refund') return -salePrice / 100 + (dice.chance(0.2) ? 50 : 0);
  return kind === 'paid_repair' ? 50 * dice.between(1, 10) : 0;
}
