import { finalStates, typeOf } from './codes.ts';
import type { Stored } from './journal.ts';
import { codeAt, isPayload } from './payload.ts';

type Step = { code: number; step: number };

/** The next state of a delivery on its type's way; undefined where it has ended or left the way. */
export function nextStep({ payload, step }: Stored): Step | undefined {
  if (!isPayload(payload)) return undefined;
  const path = typeOf(codeAt(payload, 'type'))?.path;
  const code = codeAt(payload, 'state');
  if (!path || code === undefined || finalStates.has(code)) return undefined;
  // After an exception the courier comes again: the state before it is repeated.
  const isException = code === 47;
  const here = isException ? (step ?? 0) : stepOf(path, code, step ?? 0);
  if (here < 0) return undefined;
  const next = isException ? here : here + 1;
  const nextCode = path[next];
  return nextCode === undefined ? undefined : { code: nextCode, step: next };
}

/** The step that a state set from outside puts a delivery on; a state beside the way leaves it where it was. */
export function stepAfter({ payload, step }: Stored, code: number): number {
  const path = isPayload(payload) ? typeOf(codeAt(payload, 'type'))?.path : undefined;
  const here = path ? stepOf(path, code, step ?? 0) : -1;
  return here < 0 ? (step ?? 0) : here;
}

// An exchange passes some states twice: the first one not before the step where it is.
function stepOf(path: readonly number[], code: number, from: number): number {
  const ahead = path.indexOf(code, from);
  return ahead < 0 ? path.indexOf(code) : ahead;
}
