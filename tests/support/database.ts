import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connect, type Sql } from '../../db/client.ts';
import { templateDatabase } from './global-setup.ts';

export type TestDatabase = {
  url: string;
  sql: Sql;
  /** Ends `sql` and drops the database; fails where someone is still connected, so that no test leaks a connection. */
  drop: () => Promise<void>;
};

/** A migrated, empty database of its own: one for each test file, in `beforeAll`, dropped in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(inject('adminDatabaseUrl'));
  await administer(
    (admin) => admin`create database ${admin(name)} template ${admin(templateDatabase)}`,
  );
  url.pathname = name;
  const sql = connect(url.href);
  const drop = async () => {
    await sql.end();
    await administer((admin) => admin`drop database ${admin(name)}`);
  };
  return { url: url.href, sql, drop };
}

async function administer(statement: (admin: Sql) => PromiseLike<unknown>): Promise<void> {
  const admin = connect(inject('adminDatabaseUrl'), { max: 1 });
  try {
    await statement(admin);
  } finally {
    await admin.end();
  }
}
