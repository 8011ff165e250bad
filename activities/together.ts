import { setTimeout as pause } from 'node:timers/promises';

/**
 * For work of which one goes at a time, and which costs little more for many than
 * for one. Who asks first is served at once. What is asked for while that goes, and
 * until `everyMs` have passed since it began, waits, and is done together next. A
 * failure is everybody's who was in it.
 */
export function together<T>(
  work: (items: T[]) => Promise<void>,
  everyMs = 0,
): (item: T) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let free = 0;
  let next: { items: T[]; done: Promise<void> } | undefined;
  return (item) => {
    if (next === undefined) {
      const items: T[] = [];
      const done = last.then(async () => {
        const early = free - performance.now();
        if (early > 0) await pause(early);
        next = undefined;
        free = performance.now() + everyMs;
        return work(items);
      });
      next = { items, done };
      last = done.catch(() => {});
    }
    next.items.push(item);
    return next.done;
  };
}
