/** Where a mobile's digits can be mistyped: behind `201` in `201012345678`. */
const firstDigit = 3;
const mobileLength = 12;

/** Whether a canonical phone is an Egyptian mobile; only of these is it known how many digits they must have. */
function isMobile(phone: string): boolean {
  return phone.length === mobileLength && phone.startsWith('201');
}

/** Whether two mobiles differ by what a typist does: one digit wrong, or two neighbours swapped. */
export function isOneSlipApart(a: string, b: string): boolean {
  if (a === b || !isMobile(a) || !isMobile(b)) return false;
  const wrong = [...a].flatMap((digit, at) => (digit === b[at] ? [] : at));
  const [first = 0, second = 0] = wrong;
  return (
    wrong.length === 1 ||
    (wrong.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first])
  );
}

/** Every mobile that is one slip of a typist away: some 80, none for other phones. */
export function phonesOneSlipAway(phone: string): string[] {
  if (!isMobile(phone)) return [];
  const found = new Set<string>();
  for (let at = firstDigit; at < mobileLength; at++) {
    const [before, after] = [phone.slice(0, at), phone.slice(at + 1)];
    // The digit behind 201 names the network (domain.md, "Phones").
    for (const digit of at === firstDigit ? '0125' : '0123456789')
      found.add(before + digit + after);
    const next = phone[at + 1];
    if (next !== undefined) found.add(`${before}${next}${phone[at]}${phone.slice(at + 2)}`);
  }
  found.delete(phone);
  return [...found];
}

/** Where the digits begin that a pattern leaves out, three each: every digit and every two neighbours are among those of one. */
const leftOut = [3, 5, 7, 9];

/**
 * Patterns of which two phones one slip apart always share one, as do a few others:
 * what stands in an index, where all neighbours would be too many.
 */
export function slipPatterns(phone: string): string[] {
  if (!isMobile(phone)) return [];
  return leftOut.map((at) => `${phone.slice(0, at)}___${phone.slice(at + 3)}`);
}
