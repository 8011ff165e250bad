import { z } from 'zod';
import { defaultPolicy, type Policy } from '../domain/policy.ts';
import type { AnySql, Sql } from './client.ts';
import { maybeOne } from './query.ts';

/** Policies are written by this code alone, whole and in its own type. */
export const storedPolicy = z.custom<Policy>(
  (value) => typeof value === 'object' && value !== null,
);

/** A stored policy `p` as it is kept by a case, with the version that it has: read as `policy`. */
export function policyColumn(sql: AnySql) {
  return sql`jsonb_set(p.policy, '{version}', to_jsonb(p.version)) as policy`;
}

const versioned = z.object({ version: z.number(), policy: storedPolicy });

/** The policy in force: the newest version; the defaults are written as the first where there is none. */
export async function currentPolicy(sql: Sql): Promise<Policy> {
  return (await newestPolicy(sql)) ?? (await writeDefault(sql));
}

async function newestPolicy(sql: AnySql): Promise<Policy | undefined> {
  const row = await maybeOne(
    versioned,
    sql`select version, policy from policies order by version desc limit 1`,
  );
  if (row === undefined) return undefined;
  // One that was stored before a threshold existed goes by that threshold's default.
  const linking = { ...defaultPolicy.linking, ...row.policy.linking };
  return { ...row.policy, linking, version: row.version };
}

function writeDefault(sql: Sql): Promise<Policy> {
  return sql.begin(async (tx) => {
    await tx`lock table policies in share row exclusive mode`;
    await tx`insert into policies (policy) select ${tx.json(defaultPolicy)}
      where not exists (select from policies)`;
    const policy = await newestPolicy(tx);
    if (policy === undefined) throw new Error('The default policy was not written');
    return policy;
  });
}
