import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { TransactionSql } from './client.ts';

/**
 * COPY ends with a packet of its own. With Nagle's algorithm it waits for the
 * receipt of the rows, which the server delays by 40 ms: most of what a batch
 * takes. The driver has no setting for it, so every socket is told when it is made.
 */
subscribe('net.client.socket', (event) => {
  if (isAboutSocket(event)) event.socket.setNoDelay(true);
});

function isAboutSocket(event: unknown): event is { socket: Socket } {
  return (
    typeof event === 'object' &&
    event !== null &&
    'socket' in event &&
    event.socket instanceof Socket
  );
}

/** What Postgres' text format of COPY would take for its own. */
const special = /[\\\n\r\t]/g;
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const flushAt = 1 << 16;

/**
 * Writes rows by COPY, the fastest way into Postgres: values in the order of
 * `columns`, null and undefined as NULL. The driver tells nobody when Postgres
 * refuses the rows at their end: the transaction's next statement fails then, so
 * there must be one.
 */
export async function copyRows(
  tx: TransactionSql,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Promise<void> {
  const into = await tx`copy ${tx(table)} (${tx(columns)}) from stdin`.writable();
  let lines = '';
  for (const row of rows) {
    lines += `${row.map(copyValue).join('\t')}\n`;
    if (lines.length < flushAt) continue;
    await write(into, lines);
    lines = '';
  }
  await write(into, lines);
  into.end();
}

function write(into: Writable, lines: string): Promise<void> {
  return new Promise((resolve, reject) => {
    into.once('error', reject);
    into.write(lines, () => {
      into.off('error', reject);
      resolve();
    });
  });
}

function copyValue(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  return escaped(JSON.stringify(value));
}

function escaped(text: string): string {
  return text.search(special) >= 0
    ? text.replaceAll(special, (char) => escapes[char] ?? char)
    : text;
}

/** A text[] as Postgres writes one. */
export function textArray(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
