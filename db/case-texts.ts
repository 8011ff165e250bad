import type { Sql } from './client.ts';

/** Writes the texts of a case that may still change; they are in no workflow, so nobody else writes them. */
export async function updateTexts(
  sql: Sql,
  actionId: number,
  texts: { service_reason?: string | undefined; notes?: string | undefined },
): Promise<void> {
  await sql`update service_actions set
      service_reason = coalesce(${texts.service_reason ?? null}, service_reason),
      notes = coalesce(${texts.notes ?? null}, notes), updated_at = now()
    where action_id = ${actionId}`;
}
