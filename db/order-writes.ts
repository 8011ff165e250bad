import { bostaColumnNames } from '../domain/order-columns.ts';
import type { TransactionSql } from './client.ts';
import { copyRows, textArray } from './copy.ts';
import type { Entry } from './ingest-batch.ts';
import { conclusionColumns } from './stored-orders.ts';

const columns = [
  'id',
  ...bostaColumnNames,
  ...conclusionColumns,
  'unreadable',
  'last_synced',
] as const;
const timelineColumns = [
  'order_id',
  'sequence_order',
  'tracking_number',
  'event_code',
  'event_value',
  'event_date',
  'is_done',
  'description',
  'next_action',
];
const payloadColumns = ['order_id', 'kind', 'payload', 'payload_hash', 'read_at'];

/** Writes the rows of changed orders: these columns and no others, since what people recorded stands in other tables. */
export async function writeOrders(tx: TransactionSql, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  await stage(tx, 'orders', columns, entries.map(orderValues));
  const set = columns.map((column) => `${column} = excluded.${column}`).slice(1);
  await tx`insert into orders (${tx(columns)}) select ${tx(columns)} from incoming_orders
    on conflict (id) do update set ${tx.unsafe(set.join(', '))}`;
}

function orderValues({ facts, conclusions }: Entry): unknown[] {
  return [
    facts.order.id,
    ...bostaColumnNames.map((column) => facts.order[column]),
    ...conclusionColumns.map((column) => conclusions[column]),
    textArray(facts.unreadable),
    facts.read_at,
  ];
}

/** Keeps the whole payloads of a batch; the same payload again is not written. */
export async function writePayloads(tx: TransactionSql, entries: readonly Entry[]): Promise<void> {
  const rows = entries.flatMap(({ facts, payloads }) =>
    [...payloads].map(([kind, { payload, payload_hash, read_at }]) => [
      ...[facts.order.id, kind, payload, payload_hash, read_at],
    ]),
  );
  if (rows.length === 0) return;
  await stage(tx, 'order_payloads', payloadColumns, rows);
  await tx`insert into order_payloads as p (${tx(payloadColumns)})
    select ${tx(payloadColumns)} from incoming_order_payloads
    on conflict (order_id, kind) do update
      set payload = excluded.payload, payload_hash = excluded.payload_hash, read_at = excluded.read_at
      where p.payload_hash <> excluded.payload_hash and p.read_at <= excluded.read_at`;
}

/** Makes the stored timelines what Bosta's are now: steps done and still to come. */
export async function writeTimelines(tx: TransactionSql, entries: readonly Entry[]): Promise<void> {
  const rows = entries.flatMap(timelineValues);
  if (rows.length === 0) return;
  await stage(tx, 'timeline_events', timelineColumns, rows);
  await tx`delete from timeline_events t using
      (select order_id, max(sequence_order) as steps from incoming_timeline_events group by 1) i
    where t.order_id = i.order_id and t.sequence_order > i.steps`;
  await tx`insert into timeline_events as t (${tx(timelineColumns)})
    select ${tx(timelineColumns)} from incoming_timeline_events
    on conflict (order_id, sequence_order) do update set
      (tracking_number, event_code, event_value, event_date, is_done, description, next_action) =
      (excluded.tracking_number, excluded.event_code, excluded.event_value, excluded.event_date,
        excluded.is_done, excluded.description, excluded.next_action)
    where (t.tracking_number, t.event_code, t.event_value, t.event_date, t.is_done, t.description, t.next_action)
      is distinct from (excluded.tracking_number, excluded.event_code, excluded.event_value,
        excluded.event_date, excluded.is_done, excluded.description, excluded.next_action)`;
}

function timelineValues({ facts: { order }, timeline }: Entry): unknown[][] {
  return timeline.map((step) => [
    ...[order.id, step.sequence_order, order.tracking_number, step.event_code, step.event_value],
    ...[step.event_date, step.is_done, step.description, step.next_action],
  ]);
}

/**
 * Copies rows into `incoming_<table>`, from where one statement takes them over,
 * the stored ones and the new. It is a temporary table that empties itself at
 * the transaction's end and lives as long as its connection: making one for each
 * batch would swell the catalogue.
 */
async function stage(
  tx: TransactionSql,
  table: string,
  names: readonly string[],
  rows: unknown[][],
): Promise<void> {
  const incoming = `incoming_${table}`;
  await tx`create temporary table if not exists ${tx(incoming)} (like ${tx(table)})
    on commit delete rows`;
  await copyRows(tx, incoming, names, rows);
}
