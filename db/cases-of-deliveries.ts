import { z } from 'zod';
import type { CaseOfDelivery } from '../domain/order.ts';
import { deliveryPurposes } from '../domain/vocabulary.ts';
import type { TransactionSql } from './client.ts';
import { many } from './query.ts';

/** By what a delivery of a case is known again. */
type DeliveryKeys = {
  id: string;
  tracking_number: string | null;
  business_reference: string | null;
  unique_business_reference: string | null;
};

const row = z.object({
  reference: z.string().nullable(),
  tracking_number: z.string().nullable(),
  delivery_id: z.string().nullable(),
  action_id: z.number(),
  purpose: z.enum(deliveryPurposes).nullable(),
  is_refund: z.boolean(),
  main_order_id: z.string().nullable(),
});

/** Finds which of these deliveries a case made, by our reference or their number, and which one a case takes as its return. */
export async function casesOfDeliveries(
  tx: TransactionSql,
  deliveries: readonly DeliveryKeys[],
): Promise<(delivery: DeliveryKeys) => CaseOfDelivery | undefined> {
  const numbers = deliveries.flatMap((delivery) => delivery.tracking_number ?? []);
  const references = deliveries.flatMap(referencesOf);
  if (numbers.length + references.length === 0) return () => undefined;
  const rows = await many(
    row,
    tx`select d.reference, d.tracking_number, d.delivery_id, d.purpose, s.action_id, s.main_order_id,
        s.action_type = 'return_refund' as is_refund
      from case_deliveries d join service_actions s using (action_id)
      where d.reference = any(${references}) or d.tracking_number = any(${numbers})
      union all
      select null, s.return_tracking_number, null, null, s.action_id, s.main_order_id,
        s.action_type = 'return_refund'
      from service_actions s where s.return_tracking_number = any(${numbers})`,
  );
  if (rows.length === 0) return () => undefined;
  const byKey = new Map<string, z.infer<typeof row>>();
  // What a case made comes first: it says more than what a case only follows.
  for (const found of rows.toSorted((a, b) => rank(b) - rank(a)))
    for (const key of [found.reference, found.tracking_number])
      if (key !== null && !byKey.has(key)) byKey.set(key, found);
  return (delivery) => {
    const found = [...referencesOf(delivery), delivery.tracking_number ?? '']
      .map((key) => byKey.get(key))
      .find((row) => row !== undefined);
    return found && caseOf(found, delivery);
  };
}

function referencesOf(delivery: DeliveryKeys): string[] {
  return [delivery.unique_business_reference, delivery.business_reference].filter(
    (reference) => reference !== null,
  );
}

function rank({ purpose }: z.infer<typeof row>): number {
  return purpose === null ? 0 : 1;
}

function caseOf(found: z.infer<typeof row>, { id, tracking_number }: DeliveryKeys): CaseOfDelivery {
  const { action_id, purpose, is_refund, main_order_id, delivery_id } = found;
  // A reference alone may be typed by anybody: by Bosta's id it is the very delivery that the case made.
  const isRenamed = delivery_id === id && found.tracking_number !== tracking_number;
  return {
    action_id,
    is_refund,
    purpose: purpose ?? undefined,
    main_order_id: main_order_id ?? undefined,
    known_as: (isRenamed && found.tracking_number) || undefined,
  };
}
