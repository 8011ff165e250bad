import type postgres from 'postgres';

/** Means nothing in an array's text, and is no NULL. */
const plain = /^(?!null$)[\w:+-]+$/i;

function quoted(value: string | null): string {
  if (value === null) return 'NULL';
  return plain.test(value) ? value : `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** The elements of an array's text: in quotes, with what is escaped within them, or bare. */
const element = /"((?:[^"\\]|\\.)*)"|([^{},"]+)/gs;

function read([, inQuotes, bare = '']: RegExpExecArray): string | null {
  if (inQuotes !== undefined) return inQuotes.replaceAll(/\\(.)/gs, '$1');
  return bare === 'NULL' ? null : bare;
}

/**
 * text[] as an ingest sends it by the hundred thousand: keys that need no quotes, where the driver
 * looks at each twice. Arrays of one dimension.
 */
export const textArray: postgres.PostgresType<(string | null)[]> = {
  to: 1009,
  from: [1009],
  serialize: (values: (string | null)[]) => `{${values.map(quoted).join()}}`,
  parse: (text: string) => text.matchAll(element).map(read).toArray(),
};
