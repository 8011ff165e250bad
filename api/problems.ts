import type { ZodFastifySchemaValidationError } from '@fastify/type-provider-zod';

/** One field of a request, and what is wrong with it. */
export type Problem = { field: string; problem: string };

/** Says of each thing wrong with a request which field it is in; `context` is where it was looked for (body, querystring, params, headers). */
export function problemsOf(
  validation: readonly Validation[],
  context: string | undefined,
): Problem[] {
  return validation.flatMap((item) => {
    const path = item.instancePath.split('/').filter(Boolean);
    if (item.keyword !== 'unrecognized_keys') {
      return [{ field: path.join('.') || (context ?? 'request'), problem: item.message ?? '' }];
    }
    const keys: unknown[] = Array.isArray(item.params.keys) ? item.params.keys : [];
    return keys.map((key) => ({ field: [...path, String(key)].join('.'), problem: unknown }));
  });
}

const unknown = 'is not known here';

type Validation = Pick<
  ZodFastifySchemaValidationError,
  'instancePath' | 'keyword' | 'message' | 'params'
>;
