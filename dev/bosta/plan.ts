import { createDice, type Dice } from './dice.ts';

/** What a delivery of the base set is for. */
export type Purpose =
  | 'sale'
  | 'paid_repair'
  | 'pickup'
  | 'way_back'
  | 'replacement'
  | 'refund'
  | 'exchange'
  | 'collection'
  | 'sign_and_return';

/** One delivery of the plan: `root` is the slot of the sale that it belongs to. */
export type Slot = {
  customer: number;
  purpose: Purpose;
  root: number;
  /** What a pickup is followed by; the customer's next purchase is a sale of its own. */
  then?: 'way_back' | 'replacement' | 'refund';
};

type Shape = { seed: number; column: number; slots: number; slotDays: number };

/**
 * The base set is laid out in columns: a column holds the deliveries of a few
 * customers over the whole time, one in each slot, some two weeks apart. So a
 * family is found from any of its members without making all the others.
 */
export function planColumn(shape: Shape): Slot[] {
  const plan: (Slot | undefined)[] = Array.from({ length: shape.slots });
  let strangers = 0;
  return plan.map((_, slot) => {
    const own: Slot = plan[slot] ?? {
      customer: shape.column * shape.slots + strangers++,
      purpose: 'sale',
      root: slot,
    };
    const dice = createDice(shape.seed, 2, shape.column, slot);
    const kept = !isRefused(shape.seed, shape.column, slot);
    for (const next of followUps(own, slot, dice, kept, isLoyal(shape.seed, own.customer))) {
      const wanted = slot + Math.max(1, Math.round(next.days / shape.slotDays));
      const free = firstFree(plan, wanted);
      const days = (free - next.root) * shape.slotDays;
      if (free < shape.slots && days <= 365) plan[free] = placed(next, free);
    }
    return own;
  });
}

/** Sales that are refused at the door, or never get there: nothing follows from them. */
export function isRefused(seed: number, column: number, slot: number): boolean {
  return createDice(seed, 3, column, slot).chance(0.1);
}

type FollowUp = Slot & { days: number };

function followUps(own: Slot, slot: number, dice: Dice, kept: boolean, loyal: boolean): FollowUp[] {
  const { customer, root } = own;
  const step = (purpose: Purpose, days: number, then?: Slot['then']): FollowUp => ({
    customer,
    root,
    purpose,
    days,
    ...(then ? { then } : {}),
  });
  if (own.purpose === 'pickup') return own.then ? [step(own.then, 14)] : [];
  if (own.purpose !== 'sale') return [];
  const again =
    loyal || dice.chance(0.18) ? [{ ...step('sale', dice.between(20, 90)), root: slot }] : [];
  const [purpose, then] = kept ? afterSales(dice.roll()) : [];
  return purpose ? [step(purpose, dice.between(15, 300), then), ...again] : again;
}

function afterSales(roll: number): [Purpose?, Slot['then']?] {
  if (roll < 0.1) return ['pickup', 'way_back'];
  if (roll < 0.15) return ['pickup', 'refund'];
  if (roll < 0.19) return ['pickup', 'replacement'];
  if (roll < 0.23) return ['exchange'];
  if (roll < 0.3) return ['paid_repair'];
  if (roll < 0.315) return ['collection'];
  if (roll < 0.325) return ['sign_and_return'];
  return [];
}

function placed({ days: _, ...slot }: FollowUp, at: number): Slot {
  return slot.purpose === 'sale' ? { ...slot, root: at } : slot;
}

function isLoyal(seed: number, customer: number): boolean {
  return createDice(seed, 4, customer).chance(0.03);
}

function firstFree(plan: (Slot | undefined)[], from: number): number {
  let slot = from;
  while (plan[slot]) slot++;
  return slot;
}
