import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Batch, takeAllIn } from '../activities/take-in-all.ts';
import type { Sql } from '../db/client.ts';
import { products } from '../dev/catalogue.ts';
import { bareCopy } from './bare-copy.ts';
import { parsedPages, writeDeliveries } from './deliveries.ts';
import { type BenchPostgres, startPostgres } from './postgres.ts';

/**
 * How fast deliveries are taken in: from parsed pages through reading, classifying
 * and linking into orders, timelines, payloads and customers, on disk; beside it a
 * bare COPY of the same rows in the same run.
 */
const { values: options } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '100000' },
    existing: { type: 'string', default: '1000000' },
    page: { type: 'string', default: '2000' },
  },
});
const [deliveries, existing] = [Number(options.deliveries), Number(options.existing)];
const page = { size: Number(options.page), pages: 10 };

type Run = { seconds: number; peakMb: number; earlyMb: number };

const folder = await mkdtemp(join(tmpdir(), 'hvar-bench-files-'));
await chmod(folder, 0o755);
const postgres = await startPostgres();
try {
  console.log(
    `${deliveries} deliveries on ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  );
  for (const size of new Set([0, existing])) await measure(postgres, size);
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true });
}

async function measure({ create, copy, connectTo, warm, filesIn }: BenchPostgres, size: number) {
  const [before, run, bare] = [`before_${size}`, `run_${size}`, `bare_${size}`];
  await prepare(await create(before), size);
  await copy(before, run);
  await copy(before, bare);
  const file = join(folder, 'new.ndjson');
  await writeDeliveries(file, { count: size + deliveries, from: size, to: size + deliveries });
  const [sql, other] = [connectTo(run), connectTo(bare)];
  const [read_at, since] = [new Date('2026-07-01T00:00:00.000Z'), new Date()];
  await warm(sql);
  const ours = await takeFile(sql, file, read_at);
  await warm(other);
  const theirs = await bareCopy(sql, other, filesIn, { read_at, since });
  await Promise.all([sql.end(), other.end()]);
  report(size, ours, theirs);
}

async function prepare(sql: Sql, size: number): Promise<void> {
  const rows = products.map(({ sku, name, nameAr, unitCost }) => ({
    ...{ sku, type: 'product', name, name_ar: nameAr, unit_cost: unitCost },
  }));
  await sql`insert into catalogue_items ${sql(rows)}`;
  if (size > 0) {
    const file = join(folder, 'existing.ndjson');
    await writeDeliveries(file, { count: size + deliveries, from: 0, to: size });
    await takeFile(sql, file, new Date('2026-06-30T23:00:00.000Z'));
    await rm(file);
    await sql`vacuum analyze`;
  }
  await sql`checkpoint`;
  await sql.end();
}

/** Takes a file in; its parsing is not measured, since Bosta's client has done that. */
async function takeFile(sql: Sql, file: string, read_at: Date): Promise<Run> {
  const memory: number[] = [];
  let seconds = 0;
  for await (const pages of parsedPages(file, page)) {
    const began = performance.now();
    await takeAllIn(sql, batches(pages, read_at));
    seconds += (performance.now() - began) / 1000;
    memory.push(process.memoryUsage().rss / 2 ** 20);
  }
  const early = memory.slice(0, Math.ceil(memory.length / 4));
  return { seconds, peakMb: Math.max(...memory), earlyMb: Math.max(...early) };
}

/** Each page is let go when it is taken in, as a sync lets go of it. */
async function* batches(pages: unknown[][], read_at: Date): AsyncGenerator<Batch> {
  const source = { kind: 'full', read_at, page: null } as const;
  for (let payloads = pages.shift(); payloads !== undefined; payloads = pages.shift())
    yield { payloads, source, done: () => {} };
}

function report(size: number, { seconds, peakMb, earlyMb }: Run, bareSeconds: number): void {
  const rate = (time: number) => Math.round(deliveries / time).toLocaleString('en');
  console.log(
    `into ${size.toLocaleString('en')} orders: ${rate(seconds)} a second; bare COPY ${rate(bareSeconds)}, ` +
      `ratio ${(bareSeconds / seconds).toFixed(2)}; memory ${earlyMb.toFixed(0)} MB in the first quarter, ` +
      `${peakMb.toFixed(0)} MB at most`,
  );
}
