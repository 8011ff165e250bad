import { z } from 'zod';
import { caseAddress } from './case-deliveries.ts';
import type { AnySql, TransactionSql } from './client.ts';
import { maybeOne, one } from './query.ts';

/** Texts that people write about a case; they never travel, a `note_id` does. */
const note = z.object({
  notes: z.string().optional(),
  service_reason: z.string().optional(),
  /** Where the courier goes: a delivery that is made from now on goes there. */
  address: caseAddress.optional(),
  reference: z.string().optional(),
  visible_damage: z.array(z.string()).optional(),
  missing_parts: z.array(z.string()).optional(),
});
export type Note = z.infer<typeof note>;

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

/** What was written in a note; undefined where there is none with this id. */
export async function noteById(sql: AnySql, noteId: number): Promise<Note | undefined> {
  const row = await maybeOne(
    z.object({ content: note }),
    sql`select content from case_notes where note_id = ${noteId}`,
  );
  return row?.content;
}

/** Has a note say too what an earlier one of its case said and it leaves out; gives the id of the one that says all. */
export async function carryOn(
  tx: TransactionSql,
  noteId: number | null,
  earlier: number | null,
): Promise<number | null> {
  if (noteId === null || earlier === null) return noteId ?? earlier;
  await tx`update case_notes n set content = e.content || n.content from case_notes e
    where n.note_id = ${noteId} and e.note_id = ${earlier} and n.action_id = e.action_id`;
  return noteId;
}
