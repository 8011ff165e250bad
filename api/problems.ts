import type { ZodFastifySchemaValidationError } from '@fastify/type-provider-zod';
import { z } from 'zod';

/** One field of a request, and what is wrong with it. */
type Problem = { field: string; problem: string };

/** Says of each thing wrong with a request which field it is in; `context` is where it was looked for (body, querystring, params, headers). */
export function problemsOf(
  validation: readonly Validation[],
  context: string | undefined,
): Problem[] {
  return validation.flatMap((item) => {
    const path = item.instancePath.split('/').filter(Boolean);
    const isBody = path.length === 0 && context === 'body' && item.keyword === 'invalid_type';
    const problem = isBody ? 'must be a JSON object: see /api/docs' : (item.message ?? '');
    if (item.keyword !== 'unrecognized_keys') {
      return [{ field: path.join('.') || (context ?? 'request'), problem }];
    }
    const keys: unknown[] = Array.isArray(item.params.keys) ? item.params.keys : [];
    return keys.map((key) => ({ field: [...path, String(key)].join('.'), problem }));
  });
}

/** What a field has to be, in people's words. */
const kinds: Record<string, string> = {
  ...{ string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false' },
  ...{ array: 'a list', object: 'an object', record: 'an object' },
};

/** What is said of a field or parameter that is missing, of another kind or size, or not known: then which ones are. For `z.config`, since a finished issue no longer tells its schema. */
export const sayInWords: z.core.$ZodErrorMap = (issue) => {
  if (isSeveralForOne(issue)) return 'must be one value, not several';
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined) return 'is needed';
    const kind = kinds[issue.expected];
    return kind && `must be ${kind}`;
  }
  if (issue.code === 'too_small') return sizeText(issue.origin, 'at least', issue.minimum);
  if (issue.code === 'too_big') return sizeText(issue.origin, 'at most', issue.maximum);
  if (issue.code !== 'unrecognized_keys' || !(issue.inst instanceof z.ZodObject)) return undefined;
  const known = Object.keys(issue.inst.shape);
  return `is not known here; ${known.length > 0 ? `known are ${known.join(', ')}` : 'there are none'}`;
};

/** A parameter that is given twice comes as a list. */
function isSeveralForOne(issue: z.core.$ZodRawIssue): boolean {
  const isOne =
    issue.code === 'invalid_value' ||
    (issue.code === 'invalid_type' && issue.expected === 'string');
  return isOne && Array.isArray(issue.input);
}

function sizeText(origin: string, bound: string, size: number | bigint): string {
  if (origin === 'array') return `must have ${bound} ${size} entries`;
  return origin === 'string' ? `must have ${bound} ${size} characters` : `must be ${bound} ${size}`;
}

type Validation = Pick<
  ZodFastifySchemaValidationError,
  'instancePath' | 'keyword' | 'message' | 'params'
>;
