/** A 32-bit hash of whole numbers, the same on every machine (murmur3's mixing). */
export function hash(...numbers: number[]): number {
  let h = 0x9e3779b9;
  for (const number of numbers) {
    h = Math.imul(h ^ Math.imul(number | 0, 0xcc9e2d51), 0x1b873593);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  }
  return (h ^ (h >>> 16)) >>> 0;
}

export type Dice = {
  /** A number from 0 up to, not including, 1. */
  roll: () => number;
  chance: (probability: number) => boolean;
  /** A whole number between both bounds, both included. */
  between: (from: number, to: number) => number;
  pick: <T>(list: readonly [T, ...T[]]) => T;
};

/** Dice that always fall the same way for the same key, so that any delivery can be made without those before it. */
export function createDice(...key: number[]): Dice {
  let turn = 0;
  const seed = hash(...key);
  const roll = () => hash(seed, turn++) / 2 ** 32;
  const between = (from: number, to: number) => from + Math.floor(roll() * (to - from + 1));
  return {
    roll,
    between,
    chance: (probability) => roll() < probability,
    pick: (list) => list[between(0, list.length - 1)] ?? list[0],
  };
}

/** The same entry of a list for the same number. */
export function choose<T>(list: readonly [T, ...T[]], number: number): T {
  return list[number % list.length] ?? list[0];
}
