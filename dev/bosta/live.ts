import type { Callbacks } from './callbacks.ts';
import type { Changes } from './changes.ts';
import type { Stored } from './journal.ts';
import { codeAt, isPayload } from './payload.ts';
import type { Store } from './store.ts';
import { changed } from './transition.ts';
import { nextStep, stepAfter } from './walk.ts';

/** How many unfinished deliveries of the base set move, beside those made here. */
const movingFromBase = 12;

type Parts = { store: Store; changes: Changes; callbacks: Callbacks; stepMs: number };

export type Live = ReturnType<typeof createLive>;

/** Moves deliveries along their ways, one step every `stepMs` (0: never by itself), and reports each change. */
export function createLive({ store, changes, callbacks, stepMs }: Parts) {
  const timers = new Map<string, NodeJS.Timeout>();

  function change(entry: Stored, code: number, step: number, exceptionCode?: number): Stored {
    const at = new Date();
    const before = isPayload(entry.payload) ? entry.payload : {};
    const after = { ...entry, payload: changed(before, { code, at, exceptionCode }), step };
    changes.put(after);
    callbacks.report(after, at);
    return after;
  }

  function keepMoving(key: string): void {
    clearTimeout(timers.get(key));
    if (stepMs === 0) return;
    const timer = setTimeout(() => moveOn(key), stepMs);
    timers.set(key, timer);
  }

  function moveOn(key: string): void {
    timers.delete(key);
    const entry = store.find(key);
    const next = entry && nextStep(entry);
    if (!next) return;
    change(entry, next.code, next.step);
    keepMoving(key);
  }

  return {
    keepMoving,

    /** Puts a delivery into any state, as if Bosta had. */
    set(entry: Stored, code: number, exceptionCode?: number): Stored {
      const after = change(entry, code, stepAfter(entry, code), exceptionCode);
      keepMoving(entry.key);
      return after;
    },

    /** Goes on where the last run ended: with what was made here, and some of the base set. */
    start(): void {
      if (stepMs > 0) for (const key of unfinished(store, changes)) keepMoving(key);
    },

    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

function unfinished(store: Store, changes: Changes): string[] {
  // What people posted stays as they posted it, until they move it.
  const walking = changes
    .newestFirst()
    .filter((entry) => entry.origin !== 'posted' && nextStep(entry));
  return [...walking, ...newestUnderWay(store, changes)].map(({ key }) => key);
}

function newestUnderWay(store: Store, changes: Changes): Stored[] {
  const found: Stored[] = [];
  for (const entry of store.all()) {
    if (changes.has(entry.key)) continue;
    // The unfinished ones are the newest: behind the first that has ended are none.
    if (found.length === movingFromBase || hasArrived(entry)) break;
    found.push(entry);
  }
  return found;
}

function hasArrived({ payload }: Stored): boolean {
  const code = isPayload(payload) ? codeAt(payload, 'state') : undefined;
  return code === 45 || code === 46;
}
