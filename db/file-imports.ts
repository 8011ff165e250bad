import { z } from 'zod';
import type { Sql } from './client.ts';
import { maybeOne } from './query.ts';

const position = z.object({
  byte_offset: z.number(),
  line: z.number(),
  read: z.number(),
  changed: z.number(),
  failed: z.number(),
});
/** How far a file has been taken in, in bytes and lines, and what came of it. */
export type ImportPosition = z.infer<typeof position>;

/** Where an import of this file was cut off; undefined where there was none, or the last one came to its end. */
export function unfinishedImport(
  sql: Sql,
  fingerprint: string,
): Promise<ImportPosition | undefined> {
  return maybeOne(
    position,
    sql`select byte_offset, line, read, changed, failed from file_imports
      where fingerprint = ${fingerprint} and finished_at is null`,
  );
}

/** Notes how far a file has been taken in. */
export async function recordImport(
  sql: Sql,
  fingerprint: string,
  at: ImportPosition,
  isFinished: boolean,
): Promise<void> {
  const row = {
    fingerprint,
    ...at,
    updated_at: new Date(),
    finished_at: isFinished ? new Date() : null,
  };
  const { fingerprint: _, ...values } = row;
  await sql`insert into file_imports ${sql(row)}
    on conflict (fingerprint) do update set ${sql(values)}`;
}
