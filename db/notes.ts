import { z } from 'zod';
import type { AnySql } from './client.ts';
import { one } from './query.ts';

/** Texts that people write about a case; they never travel, a `note_id` does. */
export type Note = {
  notes?: string | undefined;
  reference?: string | undefined;
  visible_damage?: string[] | undefined;
  missing_parts?: string[] | undefined;
};

const stored = z.object({ note_id: z.number() });

/** Stores a note and gives its id. */
export async function storeNote(
  sql: AnySql,
  note: { action_id: number; content: Note; by: number },
): Promise<number> {
  const { action_id, content, by } = note;
  const { note_id } = await one(
    stored,
    sql`insert into case_notes (action_id, content, created_by)
      values (${action_id}, ${sql.json(content)}, ${by}) returning note_id`,
  );
  return note_id;
}
