import type { Policy } from '../domain/policy.ts';
import { casesOfDeliveries } from './cases-of-deliveries.ts';
import type { Sql, TransactionSql } from './client.ts';
import { writeCourierReports } from './courier-reports.ts';
import { upsertCustomers } from './customers.ts';
import { relink } from './families.ts';
import {
  conclude,
  type Entry,
  foldBatch,
  type IncomingDelivery,
  isChanged,
} from './ingest-batch.ts';
import { writeOrders, writePayloads, writeTimelines } from './order-writes.ts';
import { storedOrders } from './stored-orders.ts';

/** Any number that no other lock has: "INGE" in ASCII. */
const ingestLock = 0x494e4745;

/** One order that a batch changed: codes and ids alone, fit for a workflow's history. */
export type OrderChange = {
  tracking_number: string | null;
  business_reference: string | null;
  state_code: number | null;
  state_at: string | null;
};

/**
 * One batch at a time, whoever reads: so that two reads of one new delivery, or
 * of two orders of one customer, see each other. A batch takes milliseconds.
 */
export async function lockIngest(tx: TransactionSql): Promise<void> {
  await tx`select pg_advisory_xact_lock(${ingestLock})`;
}

/** Takes a batch of deliveries in, in one transaction: merged with what is known, classified, linked, stored, and their cases' messages written down. What is not new is not written. */
export async function ingestDeliveries(
  sql: Sql,
  deliveries: readonly IncomingDelivery[],
  policy: Policy,
  now: Date,
): Promise<OrderChange[]> {
  if (deliveries.length === 0) return [];
  return sql.begin(async (tx) => {
    await lockIngest(tx);
    const entries = await entriesOf(tx, deliveries, policy);
    await writePayloads(tx, entries);
    await writeTimelines(tx, entries);
    const changed = await writeChanged(tx, entries.filter(isChanged), policy, now);
    await writeCourierReports(tx, changed);
    return changed.map(({ facts: { order } }) => ({
      tracking_number: order.tracking_number,
      business_reference: order.business_reference,
      state_code: order.state_code,
      state_at: order.state_at?.toISOString() ?? null,
    }));
  });
}

async function entriesOf(
  tx: TransactionSql,
  deliveries: readonly IncomingDelivery[],
  policy: Policy,
): Promise<Entry[]> {
  const orders = deliveries.map(({ read }) => read.order);
  const stored = await storedOrders(
    tx,
    orders.map((order) => order.id),
    orders.flatMap((order) => order.tracking_number ?? []),
  );
  const entries = foldBatch(deliveries, stored);
  const caseOf = await casesOfDeliveries(
    tx,
    entries.map(({ facts }) => facts.order),
  );
  for (const entry of entries) {
    entry.case_of = caseOf(entry.facts.order);
    conclude(entry, policy);
  }
  return entries;
}

async function writeChanged(
  tx: TransactionSql,
  changed: Entry[],
  policy: Policy,
  now: Date,
): Promise<Entry[]> {
  if (changed.length === 0) return changed;
  const families = await relink(tx, changed, policy, now);
  await writeOrders(tx, changed);
  await families.write();
  await upsertCustomers(tx, families, policy);
  return changed;
}
