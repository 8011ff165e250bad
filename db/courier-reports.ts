import { z } from 'zod';
import { isOnlyAskedFor } from '../domain/delivery-state.ts';
import type { AnySql, TransactionSql } from './client.ts';
import type { Entry } from './ingest-batch.ts';
import { many } from './query.ts';

const report = z.object({
  message_id: z.string(),
  tracking_number: z.string(),
  state_code: z.number(),
  state_at: z.string(),
  exceptions: z.number(),
});
export type CourierReport = z.infer<typeof report>;

const pending = z.object({ action_id: z.number(), is_open: z.boolean(), report });

/** Writes down, with the orders themselves, what cases have to be told: so that nothing is lost between the two. */
export async function writeCourierReports(
  tx: TransactionSql,
  entries: readonly Entry[],
): Promise<void> {
  const rows = entries.flatMap(({ facts, stored, case_of }) => {
    if (case_of === undefined) return [];
    const now = reportOf(facts);
    const before = stored && reportOf(stored.facts);
    if (!now || now.message_id === before?.message_id) return [];
    const { message_id, state_code, exceptions } = now;
    const tracking_number = case_of.known_as ?? now.tracking_number;
    // That its own delivery was asked for no case needs to be told.
    const sent_at = isOnlyAskedFor(state_code, exceptions) ? facts.read_at.toISOString() : null;
    return [
      { message_id, action_id: case_of.action_id, report: { ...now, tracking_number }, sent_at },
    ];
  });
  if (rows.length === 0) return;
  await tx`insert into courier_reports (message_id, action_id, report, sent_at)
    select message_id, action_id, report, sent_at from jsonb_to_recordset(${tx.json(rows)})
      r (message_id text, action_id bigint, report jsonb, sent_at timestamptz)
    on conflict do nothing`;
}

/** A delivery's state as a message whose id is the same whenever the same state is reported, after as many exceptions. */
function reportOf({ order, read_at }: Entry['facts']): CourierReport | undefined {
  const { tracking_number, state_code } = order;
  if (tracking_number === null || state_code === null) return undefined;
  const began = order.state_at ?? order.bosta_updated_at ?? order.created_at;
  const state_at = (began ?? read_at).toISOString();
  const exceptions = order.exceptions?.length ?? 0;
  const message_id = [
    ...['courier', tracking_number, state_code, began?.toISOString() ?? 'unknown'],
    // The courier may miss the customer again and again in one state 47, which then goes on.
    ...(exceptions === 0 ? [] : [exceptions]),
  ].join(':');
  return { message_id, tracking_number, state_code, state_at, exceptions };
}

/** Whether there is a report that no case has been told yet. */
export async function hasUnsentReports(sql: AnySql): Promise<boolean> {
  const unsent = await sql`select from courier_reports where sent_at is null limit 1`;
  return unsent.count > 0;
}

/** The reports that no case has been told yet, and that nobody else is telling now, oldest first; the caller's own until its transaction ends. */
export function unsentReports(
  tx: TransactionSql,
  limit: number,
): Promise<z.infer<typeof pending>[]> {
  return many(
    pending,
    tx`select r.action_id, a.completed_at is null as is_open, r.report
      from courier_reports r join service_actions a using (action_id) where r.sent_at is null
      order by r.created_at, r.message_id limit ${limit} for update of r skip locked`,
  );
}

/** Notes that these reports have reached their cases, or found them closed. */
export async function markSent(sql: AnySql, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`update courier_reports set sent_at = now() where message_id = any(${[...messageIds]})`;
}

/** Puts these reports behind all others: their cases could not hear them. */
export async function keepForLater(sql: AnySql, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`update courier_reports set created_at = now() where message_id = any(${[...messageIds]})`;
}

/** Has the last report of each delivery told once more, to these cases where they are open: what was told may be lost with the one who heard it. That it was asked for (10) the case knows itself. */
export async function tellLastReportsAgain(
  sql: AnySql,
  actionIds: readonly number[],
): Promise<void> {
  await sql`update courier_reports set sent_at = null where message_id in (
    select distinct on (report ->> 'tracking_number') message_id
    from courier_reports join service_actions using (action_id)
    where action_id = any(${[...actionIds]}) and completed_at is null and report ->> 'state_code' <> '10'
    order by report ->> 'tracking_number', report ->> 'state_at' desc,
      (report ->> 'exceptions')::int desc)`;
}
