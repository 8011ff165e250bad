import { bostaColumnNames } from '../domain/order-columns.ts';
import { changedAt } from '../domain/order-merge.ts';
import type { TransactionSql } from './client.ts';
import { type Copy, Copying } from './copy.ts';
import { type Entry, isChanged } from './ingest-batch.ts';
import { incoming, manyRows } from './staging.ts';
import { conclusionColumns } from './stored-orders.ts';

const columns = [
  'id',
  ...bostaColumnNames,
  ...conclusionColumns,
  'unreadable',
  'last_synced',
] as const;
const stepColumns = [
  'tracking_number',
  'event_code',
  'event_value',
  'event_date',
  'is_done',
  'description',
  'next_action',
] as const;
const timelineColumns = ['order_id', 'sequence_order', ...stepColumns] as const;
const payloadColumns = [
  'order_id',
  'kind',
  'payload',
  'payload_hash',
  'read_at',
  'changed_at',
] as const;

/**
 * Writes the rows of a batch of orders. New ones are copied straight into their
 * tables: nothing of them stands there yet, and the ingest's lock keeps it so. For
 * their payloads and timelines nothing has to be decided first.
 */
export class BatchWriter {
  readonly #tx: TransactionSql;
  readonly #fresh: readonly Entry[];
  readonly #known: readonly Entry[];
  readonly #copying: Copying;
  readonly #undecided: (() => Copy)[];

  constructor(tx: TransactionSql, entries: readonly Entry[]) {
    const { fresh = [], known = [] } = Object.groupBy(entries, ({ stored }) =>
      stored === undefined ? 'fresh' : 'known',
    );
    // A smaller batch is merged even where all is new: Postgres then says what it refuses, which it does not at the end of a COPY.
    const isWorthIt = fresh.length >= manyRows;
    this.#tx = tx;
    this.#fresh = isWorthIt ? fresh : [];
    this.#known = isWorthIt ? known : entries;
    this.#copying = new Copying(tx);
    this.#undecided = [
      () => copyOf('order_payloads', payloadColumns, this.#fresh, payloadValues),
      () => copyOf('timeline_events', timelineColumns, this.#fresh, timelineValues),
    ];
  }

  /** Gives Postgres some of the rows that nothing has to be decided for, to work on meanwhile. */
  async writeAhead(): Promise<void> {
    const copy = this.#undecided.shift();
    if (copy && this.#fresh.length > 0) await this.#copying.hand(copy());
  }

  /** Writes the rest: whatever is new of payloads and timelines, and the orders that changed. Postgres may still be at work with it: `end` tells. */
  async write(): Promise<void> {
    while (this.#undecided.length > 0) await this.writeAhead();
    await releaseNumbers(this.#tx, this.#known);
    if (this.#fresh.length > 0)
      await this.#copying.hand(copyOf('orders', columns, this.#fresh, orderValues));
    if (this.#known.length === 0) return;
    await this.end();
    await mergePayloads(this.#tx, this.#known);
    await mergeTimelines(this.#tx, this.#known);
    await mergeOrders(this.#tx, this.#known.filter(isChanged));
  }

  /** Rejects where Postgres refused any of the rows that were copied. */
  end(): Promise<void> {
    return this.#copying.end();
  }
}

function copyOf(
  table: string,
  names: readonly string[],
  entries: readonly Entry[],
  values: (entry: Entry) => unknown[][],
): Copy {
  return { table, columns: names, rows: entries.flatMap(values) };
}

/** Takes back the numbers that orders no longer have, before others are given them. */
async function releaseNumbers(tx: TransactionSql, entries: readonly Entry[]): Promise<void> {
  const ids = entries.flatMap(({ stored, facts: { order } }) => {
    const number = stored?.facts.order.tracking_number ?? null;
    return number === null || number === order.tracking_number ? [] : [order.id];
  });
  if (ids.length > 0) await tx`update orders set tracking_number = null where id = any(${ids})`;
}

/** These columns and no others, since what people recorded stands in other tables. */
async function mergeOrders(tx: TransactionSql, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const { from } = await incoming(tx, copyOf('orders', columns, entries, orderValues));
  const set = columns.map((column) => `${column} = excluded.${column}`).slice(1);
  await tx`insert into orders (${tx(columns)}) select ${tx(columns)} from ${from}
    on conflict (id) do update set ${tx.unsafe(set.join(', '))}`;
}

function orderValues({ facts, conclusions }: Entry): unknown[][] {
  const { order } = facts;
  const values: unknown[] = [order.id];
  for (const column of bostaColumnNames) values.push(order[column]);
  for (const column of conclusionColumns) values.push(conclusions[column]);
  values.push(facts.unreadable, facts.read_at);
  return [values];
}

/** Keeps the whole payloads. The same one again is not written, nor an older one over a newer (`isNewer` in domain/order-merge.ts tells them apart alike). */
async function mergePayloads(tx: TransactionSql, entries: readonly Entry[]): Promise<void> {
  if (entries.every(({ payloads }) => payloads.size === 0)) return;
  const payloads = copyOf('order_payloads', payloadColumns, entries, payloadValues);
  const { from } = await incoming(tx, payloads);
  await tx`insert into order_payloads as p (${tx(payloadColumns)})
    select ${tx(payloadColumns)} from ${from}
    on conflict (order_id, kind) do update
      set (payload, payload_hash, read_at, changed_at) =
        (excluded.payload, excluded.payload_hash, excluded.read_at, excluded.changed_at)
      where p.payload_hash <> excluded.payload_hash and case
        when p.changed_at <> excluded.changed_at then p.changed_at < excluded.changed_at
        else p.read_at <= excluded.read_at end`;
}

function payloadValues({ facts, payloads }: Entry): unknown[][] {
  return [...payloads].map(([kind, { payload, payload_hash, read_at, read }]) => [
    ...[facts.order.id, kind, payload, payload_hash, read_at],
    changedAt({ order: read.order, read_at }),
  ]);
}

/** Makes the stored timelines what Bosta's are now: steps done and still to come. */
async function mergeTimelines(tx: TransactionSql, entries: readonly Entry[]): Promise<void> {
  if (entries.every(({ timeline }) => timeline.length === 0)) return;
  await dropStepsBeyond(tx, entries);
  const steps = copyOf('timeline_events', timelineColumns, entries, timelineValues);
  const { from } = await incoming(tx, steps);
  const excluded = tx.unsafe(stepColumns.map((column) => `excluded.${column}`).join(', '));
  const standing = tx.unsafe(stepColumns.map((column) => `t.${column}`).join(', '));
  await tx`insert into timeline_events as t (${tx(timelineColumns)})
    select ${tx(timelineColumns)} from ${from}
    on conflict (order_id, sequence_order) do update set (${tx(stepColumns)}) = (${excluded})
      where (${standing}) is distinct from (${excluded})`;
}

/** What stands behind the last step of an order's timeline was of an earlier one. */
async function dropStepsBeyond(tx: TransactionSql, entries: readonly Entry[]): Promise<void> {
  const known = entries.filter(({ stored, timeline }) => stored && timeline.length > 0);
  if (known.length === 0) return;
  const [ids, steps] = [
    known.map(({ facts }) => facts.order.id),
    known.map(({ timeline }) => timeline.length),
  ];
  await tx`delete from timeline_events t using unnest(${ids}::text[], ${steps}::int[]) i (id, steps)
    where t.order_id = i.id and t.sequence_order > i.steps`;
}

function timelineValues({ facts: { order }, timeline }: Entry): unknown[][] {
  return timeline.map((step) => [
    ...[order.id, step.sequence_order, order.tracking_number, step.event_code, step.event_value],
    ...[step.event_date, step.is_done, step.description, step.next_action],
  ]);
}
