import { codeAt, isPayload, listAt, type Payload } from './payload.ts';

const forward = ['new', 'picked_up', 'in_transit', 'out_for_delivery', 'delivered'] as const;
const backward = ['new', 'picked_up', 'in_transit', 'out_for_return', 'returned'] as const;
// The codes of a timeline are five of its own, whatever states lie between (bosta-api.md).
const codes = [10, 21, 30, 41, 45];
const stepOfState: Record<number, number> = {
  10: 0,
  21: 1,
  23: 1,
  24: 2,
  30: 2,
  41: 3,
  45: 4,
  46: 4,
};

/** The timeline after a state: steps that are not done have no date, and a refused send has two more without codes. */
export function timelineOf(payload: Payload, code: number, at: Date): unknown[] {
  const type = codeAt(payload, 'type');
  const known = listAt(payload, 'timeline').filter(isPayload);
  if (type === 20) return returned(known, code, at);
  const reached = stepOfState[code] ?? -1;
  const words = type === 25 ? backward : forward;
  return words.map((value, step) => {
    const before = known.find((entry) => entry.value === value && entry.done === true);
    if (before) return before;
    const done = step <= reached || step === 0;
    return { value, code: codes[step], done, ...(done ? { date: at.toISOString() } : {}) };
  });
}

function returned(known: Payload[], code: number, at: Date): unknown[] {
  const isBack = code === 46;
  const date = at.toISOString();
  return [
    ...known.filter((entry) => entry.done === true && entry.value !== 'out_for_return'),
    { value: 'out_for_return', done: true, date },
    { value: 'returned_to_origin', done: isBack, ...(isBack ? { date } : {}) },
  ];
}
