import type { Policy } from '../domain/policy.ts';
import { productMatcher } from '../domain/product-match.ts';
import type { NamedProduct } from '../domain/product-text.ts';
import { casesOfDeliveries } from './cases-of-deliveries.ts';
import type { Sql, TransactionSql } from './client.ts';
import { writeCourierReports } from './courier-reports.ts';
import { customersOf, writeCustomers } from './customers.ts';
import { type Families, relink } from './families.ts';
import {
  conclude,
  type Entry,
  foldBatch,
  type IncomingDelivery,
  isChanged,
} from './ingest-batch.ts';
import { type LearnedIds, learnedIds } from './learned-ids.ts';
import { BatchWriter } from './order-writes.ts';
import { namedProducts } from './product-names.ts';
import { sideBySide } from './side-by-side.ts';
import { storedOrders } from './stored-orders.ts';

/** Any number that no other lock has: "INGE" in ASCII. */
const ingestLock = 0x494e4745;

/**
 * One batch at a time, whoever reads: so that two reads of one new delivery, or
 * of two orders of one customer, see each other. A batch takes milliseconds. Its
 * lists have thousands of values, and Postgres would weigh each of them against
 * its statistics, in every statement: one plan serves them all.
 */
export async function lockIngest(tx: TransactionSql): Promise<void> {
  await tx`select set_config('plan_cache_mode', 'force_generic_plan', true),
    pg_advisory_xact_lock(${ingestLock})`;
}

/** What a batch is taken in by. */
type IngestWay = {
  policy: Policy;
  now: Date;
  /** Told when all of a batch is decided, and mostly Postgres still has work with it. */
  decided?: (() => void) | undefined;
};

/** Takes a batch of deliveries in, in one transaction: merged with what is known, classified, linked, stored, and their cases' messages written down. What is not new is not written. Answers how many orders changed. */
export async function ingestDeliveries(
  sql: Sql,
  deliveries: readonly IncomingDelivery[],
  { policy, now, decided }: IngestWay,
): Promise<number> {
  if (deliveries.length === 0) return 0;
  return sql.begin(async (tx) => {
    await lockIngest(tx);
    const { entries, products, learned } = await entriesOf(tx, deliveries, policy);
    const changed = entries.filter(isChanged);
    const writer = new BatchWriter(tx, entries);
    const meanwhile = () => writer.writeAhead();
    const ground = { policy, products, now, meanwhile };
    const families = changed.length > 0 ? await relink(tx, changed, ground) : untouched;
    decided?.();
    await writer.write();
    const written = sideBySide(
      ...[writer.end(), learned.write(tx), families.write(), writeCourierReports(tx, changed)],
    );
    // Reckoned while Postgres writes.
    const [customers] = await sideBySide(customersOf(tx, families, policy), written);
    await writeCustomers(tx, customers);
    return changed.length;
  });
}

/** The families of a batch that says nothing new. */
const untouched: Families = { members: [], links: [], phones: [], write: async () => {} };

async function entriesOf(
  tx: TransactionSql,
  deliveries: readonly IncomingDelivery[],
  policy: Policy,
): Promise<{ entries: Entry[]; products: NamedProduct[]; learned: LearnedIds }> {
  const orders = deliveries.map(({ read }) => read.order);
  const numbers = orders.flatMap((order) => order.tracking_number ?? []);
  const ids = orders.map((order) => order.id);
  const [learned, products] = await sideBySide(learnedIds(tx, ids, numbers), namedProducts(tx));
  const stored = await storedOrders(
    tx,
    ids.map((id) => learned.orderOf(id)),
    numbers,
  );
  const entries = foldBatch(deliveries, stored, learned);
  const caseOf = await casesOfDeliveries(
    tx,
    entries.map(({ facts }) => facts.order),
  );
  const ground = { policy, matchProduct: productMatcher(products) };
  for (const entry of entries) {
    entry.case_of = caseOf(entry.facts.order);
    conclude(entry, ground);
  }
  return { entries, products, learned };
}
