/**
 * A reading of texts that remembers what it read: the same names, addresses and products
 * come again and again, and reading them is most of what linking costs. `read` must
 * give the same for the same text. Forgets all when it is full, so that it stays small.
 */
export function remembered<T extends object>(
  read: (text: string) => T,
  most = 20_000,
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const now = read(text);
    known.set(text, now);
    return now;
  };
}

/** A comparison of two things that a reading has remembered: once for each pair, for as long as both are remembered. */
export function rememberedOfTwo<T extends object, R>(
  compare: (a: T, b: T) => R,
): (a: T, b: T) => R {
  const known = new WeakMap<T, WeakMap<T, R>>();
  return (a, b) => {
    const ofA = known.get(a) ?? new WeakMap<T, R>();
    known.set(a, ofA);
    const before = ofA.get(b);
    if (before !== undefined) return before;
    const now = compare(a, b);
    ofA.set(b, now);
    return now;
  };
}

/** What is made of a list, made anew only when the list says something else: each batch reads the catalogue again. */
export function madeOf<T, R>(make: (list: readonly T[]) => R): (list: readonly T[]) => R {
  let latest: { said: string; made: R } | undefined;
  return (list) => {
    const said = JSON.stringify(list);
    if (latest?.said !== said) latest = { said, made: make(list) };
    return latest.made;
  };
}
