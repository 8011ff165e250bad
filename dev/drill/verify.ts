import { z } from 'zod';
import type { Sql } from '../../db/client.ts';
import { many, one } from '../../db/query.ts';
import type { DrillCase } from './clients.ts';
import type { DrillCourier } from './courier.ts';
import type { DrillPlatform } from './platform.ts';
import type { Strays } from './strays.ts';
import type { Tally } from './tally.ts';

const reference = z.object({ reference: z.string() });
const counted = z.object({ count: z.number() });

type Compared = {
  platform: DrillPlatform;
  courier: DrillCourier;
  strays: Strays;
  tally: Tally;
};

/** What must hold when all is over; what does not is a violation. */
export async function verify(
  { platform, courier, strays, tally }: Compared,
  cases: readonly DrillCase[],
): Promise<void> {
  for (const { index, actionId, seen } of cases.filter((one) => !one.isOver))
    tally.violated(
      actionId === undefined
        ? `the opening number ${index} was never answered`
        : `HV-${actionId} is ${seen?.action_status}, and waits for ${seen?.waiting_for?.what}`,
    );
  const sql = await platform.database();
  try {
    await countCases(sql, cases, tally);
    await countCreations(sql, courier, tally);
    await strays.verify(sql);
  } finally {
    await sql.end();
  }
  const check = await platform.hvar('check');
  if (check.code !== 0) tally.violated(`hvar check:\n${check.output}`);
}

/** Each key opened one case, however often it was sent. */
async function countCases(sql: Sql, cases: readonly DrillCase[], tally: Tally): Promise<void> {
  const { count } = await one(counted, sql`select count(*) from service_actions`);
  const opened = cases.filter(({ actionId }) => actionId !== undefined).length;
  if (count !== opened) tally.violated(`${opened} cases were asked for, and ${count} opened`);
}

/** Each delivery that a case asked for was made once, whatever Bosta answered. */
async function countCreations(sql: Sql, courier: DrillCourier, tally: Tally): Promise<void> {
  const made = await many(
    reference,
    sql`select reference from case_deliveries where tracking_number is not null`,
  );
  for (const { reference } of made) {
    const creations = await courier.creations(reference);
    if (creations !== 1) tally.violated(`${reference} was made ${creations} times`);
  }
  tally.count('deliveries', 'made at the stand-in', made.length);
}
