import { baseDelivery, baseHistory, indexOfReference, type Place } from './base-delivery.ts';
import { createDice } from './dice.ts';
import { codeAt, type Payload } from './payload.ts';
import { planColumn } from './plan.ts';
import { paidOut } from './settlement.ts';
import { changed } from './transition.ts';

type WorldOptions = {
  seed: number;
  /** How many deliveries there are, up to a million. */
  count: number;
  /** The instant at which the 24 months end. */
  now: Date;
};

/** The base set: nothing of it is kept in memory, each delivery is made when it is asked for. */
export type World = {
  count: number;
  /** A delivery in full; a higher index was changed later. */
  delivery: (index: number) => Payload;
  indexOfTracking: (trackingNumber: string) => number | undefined;
  indexOfReference: (reference: string) => number | undefined;
};

const hour = 3_600_000;
const span = 730 * 24 * hour;
/** What was changed last within this time is still on its way. */
const unfinishedFor = 5 * 24 * hour;
const firstTracking = 2_000_000_017;
// Numbers that are not neighbours: a mistyped digit must find nothing.
const trackingStep = 613;

/** The base set for a seed, a size and an end: a pure function of these and of the index. */
export function createWorld({ seed, count, now }: WorldOptions): World {
  const columns = Math.max(1, Math.ceil(count / 48));
  const slots = Math.ceil(count / columns);
  const slotDays = 730 / Math.max(1, slots);
  const changedAt = (index: number) =>
    new Date(now.getTime() - span + Math.floor(((index + 1) * span) / count));

  function placeOf(index: number): Place {
    const column = index % columns;
    const slot = Math.floor(index / columns);
    const plan = planColumn({ seed, column, slots, slotDays })[slot];
    if (!plan) throw new RangeError(`The base set has no delivery ${index}`);
    return { seed, index, column, slot, plan };
  }

  const known = (index: number) => (index >= 0 && index < count ? index : undefined);
  return {
    count,
    delivery(index) {
      const at = changedAt(index);
      const isUnfinished = now.getTime() - at.getTime() < unfinishedFor;
      const make = isUnfinished ? unfinished : finished;
      return make(placeOf(index), firstTracking + index * trackingStep, at);
    },
    indexOfTracking(trackingNumber) {
      const index = (Number(trackingNumber) - firstTracking) / trackingStep;
      return Number.isInteger(index) ? known(index) : undefined;
    },
    indexOfReference: (reference) => known(indexOfReference(reference) ?? -1),
  };
}

/** One that reached its end some days before it was settled, which changed it last. */
function finished(place: Place, trackingNumber: number, at: Date): Payload {
  const ended = new Date(at.getTime() - 36 * hour);
  const payload = lived(place, trackingNumber, baseHistory(place), ended);
  const state = codeAt(payload, 'state');
  const isPaid = state === 45 || state === 46;
  return { ...(isPaid ? paidOut(payload, at) : payload), updatedAt: at.toISOString() };
}

function unfinished(place: Place, trackingNumber: number, at: Date): Payload {
  const history = baseHistory(place);
  const length = createDice(place.seed, 10, place.index).between(
    1,
    Math.max(1, history.length - 1),
  );
  return lived(place, trackingNumber, history.slice(0, length), at);
}

type History = ReturnType<typeof baseHistory>;

/** Makes a delivery and lets it go through its states, the last of them at `end`. */
function lived(place: Place, trackingNumber: number, history: History, end: Date): Payload {
  const dice = createDice(place.seed, 11, place.index);
  const pauses = history.map(() => dice.between(3, 20) * hour);
  let at = end.getTime() - pauses.slice(1).reduce((total, pause) => total + pause, 0);
  let payload = baseDelivery(place, trackingNumber, new Date(at));
  for (const [step, { code, ...exception }] of history.entries()) {
    if (step > 0) at += pauses[step] ?? 0;
    payload = changed(payload, { code, at: new Date(at), ...exception });
  }
  return payload;
}
