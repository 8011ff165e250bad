import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { connect, type TransactionSql } from './client.ts';

const folder = new URL('./migrations/', import.meta.url);
/** Any number, as long as every process that migrates takes the same: "HVAR" in ASCII. */
const migrationLock = 0x48564152;

type Migration = { number: number; name: string; text: string; hash: string };

/**
 * Brings the database at `url` up to this code: applies the numbered files in order, in
 * one transaction, under a lock that other processes wait for, however long that takes.
 * Forward only; a file that has been applied and was edited since is refused.
 */
export async function migrate(url: string): Promise<void> {
  const migrations = await readMigrations();
  const sql = connect(url, { max: 1, patience: 'command' });
  const migrated = sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${migrationLock})`;
    await tx`create table if not exists schema_migrations (
      number int primary key, name text not null, hash text not null,
      applied_at timestamptz not null default now())`;
    await applyPending(tx, migrations);
  });
  await migrated.finally(() => sql.end());
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number.parseInt(name, 10);
      if (number !== index + 1) throw new Error(`Migration ${name} is out of sequence`);
      const text = await readFile(new URL(name, folder), 'utf8');
      return { number, name, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function applyPending(tx: TransactionSql, migrations: Migration[]): Promise<void> {
  const rows = await tx<
    { number: number; hash: string }[]
  >`select number, hash from schema_migrations`;
  const applied = new Map(rows.map((row) => [row.number, row.hash]));
  for (const { number, name, text, hash } of migrations) {
    const known = applied.get(number);
    if (known === hash) continue;
    if (known !== undefined) throw new Error(`Migration ${name} was edited after it was applied`);
    await tx.unsafe(text);
    await tx`insert into schema_migrations (number, name, hash) values (${number}, ${name}, ${hash})`;
  }
}
