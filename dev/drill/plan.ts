import { parseArgs } from 'node:util';
import { z } from 'zod';

const whole = z.coerce.number().int().min(1);
const Options = z.object({
  seed: whole.max(2 ** 31 - 1),
  cases: whole.max(5_000),
  minutes: z.coerce.number().min(0.1).max(600),
});

/** What a drill does: the same seed chooses the same cases, acts, faults and kills, though not when they meet. */
export type Plan = Readonly<z.infer<typeof Options>>;

/** `--short` is what runs with the tests; the rest says how much of it, and which. */
export function planOf(args: string[]): Plan {
  const { values } = parseArgs({
    args,
    options: {
      short: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      cases: { type: 'string' },
      minutes: { type: 'string' },
    },
  });
  const standard = values.short ? { cases: 40, minutes: 0.75 } : { cases: 200, minutes: 5 };
  return Object.freeze(Options.parse({ ...standard, ...values }));
}
