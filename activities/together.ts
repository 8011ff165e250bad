/**
 * For work of which one goes at a time, and which costs little more for many than
 * for one: what is asked for while it goes waits, and is done together next. A
 * failure is everybody's who was in it.
 */
export function together<T>(work: (items: T[]) => Promise<void>): (item: T) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: { items: T[]; done: Promise<void> } | undefined;
  return (item) => {
    if (next === undefined) {
      const items: T[] = [];
      const done = last.then(() => {
        next = undefined;
        return work(items);
      });
      next = { items, done };
      last = done.catch(() => {});
    }
    next.items.push(item);
    return next.done;
  };
}
