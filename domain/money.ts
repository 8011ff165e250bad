/** An amount in integer piastres (1 EGP = 100). Never a binary float: sums stay exact. */
export type Piastres = number & { readonly unit: 'piastres' };

/** Marks an integer as piastres; throws a RangeError for anything that is not a safe integer. */
export function piastres(value: number): Piastres {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${value} is not a whole number of piastres`);
  return value as Piastres;
}

/** No bill of this business comes near: what is more is a mistake, and sums stay exact. */
export const largestAmount = piastres(100_000_000_00);

const decimal = /^([+-]?)(\d{1,13})(?:\.(\d+))?$/;

/** In pounds: beyond it no number of piastres is exact. */
const tooMuch = 1e13;

/** Reads EGP as Bosta and people write it ("434", 885.12, "0.00", "-86.64", "1,250.5"); undefined where it is no amount. Half piastres round away from zero. */
export function parseEgp(value: unknown): Piastres | undefined {
  // Most amounts are whole pounds in a number; -0 is 0.
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < tooMuch)
    return piastres(100 * value || 0);
  const text = typeof value === 'number' ? egpText(value) : value;
  if (typeof text !== 'string') return undefined;
  const match = decimal.exec(text.trim().replaceAll(/(?<=\d),(?=\d{3}(?!\d))/g, ''));
  if (!match) return undefined;
  const [, sign, pounds, fraction = ''] = match;
  const rounding = Number(fraction[2] ?? '0') >= 5 ? 1 : 0;
  const amount = Number(pounds) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0')) + rounding;
  return piastres(sign === '-' && amount !== 0 ? -amount : amount);
}

/** A JSON number as plain decimal text: 1e-7 and NaN have none that is money. */
function egpText(value: number): string | undefined {
  return Number.isFinite(value) && Math.abs(value) < tooMuch ? value.toFixed(4) : undefined;
}

/** The amount as EGP with two decimals, for JSON: exact, since 100 divides what a double can carry here. */
export function toEgp(amount: Piastres): number {
  return amount / 100;
}

/** Adds amounts exactly. */
export function sum(amounts: Iterable<Piastres>): Piastres {
  let total = 0;
  for (const amount of amounts) total += amount;
  return piastres(total);
}
