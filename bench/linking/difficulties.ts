import type { Dice } from '../../dev/bosta/dice.ts';
import type { Shares } from './shares.ts';

/** Which difficulties one order meets, by chance, and those that it has met. */
export type Lot = {
  dice: Dice;
  shares: Shares;
  met: (keyof Shares)[];
  meets: (difficulty: keyof Shares) => boolean;
};

/** The dice of one order, which remember what they made hard. */
export function lotOf(dice: Dice, shares: Shares): Lot {
  const met: (keyof Shares)[] = [];
  const meets = (difficulty: keyof Shares) => {
    const isMet = dice.chance(shares[difficulty]);
    if (isMet) met.push(difficulty);
    return isMet;
  };
  return { dice, shares, met, meets };
}
