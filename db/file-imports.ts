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

/** What a file is known by again wherever it lies, and when it was last written. */
export type FileIdentity = { fingerprint: string; modified_at: Date };

const unfinished = z.object({ position, modified_at: z.date().nullable() });

/** Where an import of this file was cut off, and when the file had been written that it read; undefined where there was none, or the last one came to its end. */
export function unfinishedImport(
  sql: Sql,
  fingerprint: string,
): Promise<z.infer<typeof unfinished> | undefined> {
  return maybeOne(
    unfinished,
    sql`select modified_at, json_build_object('byte_offset', byte_offset, 'line', line,
        'read', read, 'changed', changed, 'failed', failed) as position
      from file_imports where fingerprint = ${fingerprint} and finished_at is null`,
  );
}

/** Notes how far a file has been taken in. */
export async function recordImport(
  sql: Sql,
  { fingerprint, modified_at }: FileIdentity,
  at: ImportPosition,
  isFinished: boolean,
): Promise<void> {
  const finished_at = isFinished ? new Date() : null;
  const values = { ...at, modified_at, updated_at: new Date(), finished_at };
  await sql`insert into file_imports ${sql({ fingerprint, ...values })}
    on conflict (fingerprint) do update set ${sql(values)}`;
}
