import type { Step } from '../domain/step.ts';
import type { TransactionSql } from './client.ts';

/** Changes the words of a case to those of a note that was written for it; what the note does not name stays. */
export async function rewriteTexts(
  tx: TransactionSql,
  { action_id }: Step,
  noteId: number,
): Promise<void> {
  await tx`update service_actions a set
      service_reason = coalesce(content ->> 'service_reason', service_reason),
      notes = coalesce(content ->> 'notes', notes),
      address = coalesce(content -> 'address', address)
    from case_notes n
    where a.action_id = ${action_id} and n.action_id = a.action_id and note_id = ${noteId}`;
}
