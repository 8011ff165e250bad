import type { z } from 'zod';
import type { caseAddress } from './case-deliveries.ts';
import type { Sql } from './client.ts';

type Texts = {
  service_reason?: string | undefined;
  notes?: string | undefined;
  /** Where the courier goes: a delivery that is made from now on goes there. */
  address?: z.infer<typeof caseAddress> | undefined;
};

/** Writes the texts of a case that may still change; they are in no workflow, so nobody else writes them. */
export async function updateTexts(
  sql: Sql,
  actionId: number,
  { service_reason, notes, address }: Texts,
): Promise<void> {
  await sql`update service_actions set
      service_reason = coalesce(${service_reason ?? null}, service_reason),
      notes = coalesce(${notes ?? null}, notes),
      address = coalesce(${address ? sql.json(address) : null}::jsonb, address), updated_at = now()
    where action_id = ${actionId}`;
}
