/** Work that is done one after another for each key, in the order in which it came. */
export class Turns {
  readonly #last = new Map<number, Promise<unknown>>();

  /** Does this when all that came before it under the same key is done, however that ended. */
  take<T>(key: number, work: () => Promise<T>): Promise<T> {
    const mine = (this.#last.get(key) ?? Promise.resolve()).then(work);
    const done = mine.catch(() => undefined);
    this.#last.set(key, done);
    void done.then(() => {
      if (this.#last.get(key) === done) this.#last.delete(key);
    });
    return mine;
  }
}
