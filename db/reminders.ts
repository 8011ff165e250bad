import { z } from 'zod';
import type { Step } from '../domain/step.ts';
import { partiesOf, seenAs } from '../domain/waiting.ts';
import { isShort } from './case-queries.ts';
import type { AnySql } from './client.ts';
import { one } from './query.ts';

/** A step as it is told: a reminder of a service for which the product is not in stock is one of the stock. */
export async function asTold(sql: AnySql, step: Step): Promise<Step> {
  if (step.act !== 'reminder' || step.data.what !== 'service') return step;
  const { is_short } = await one(
    z.object({ is_short: z.boolean() }),
    sql`select ${isShort(sql)} as is_short from service_actions a where action_id = ${step.action_id}`,
  );
  const what = seenAs('service', is_short);
  return { ...step, data: { ...step.data, what, ...partiesOf(what) } };
}
