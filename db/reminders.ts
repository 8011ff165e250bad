import type { Step } from '../domain/step.ts';
import { partiesOf, seenAs } from '../domain/waiting.ts';
import { lacksStock } from './case-queries.ts';
import type { AnySql } from './client.ts';

/** A step as it is told: a reminder of a service for which the product is not in stock is one of the stock. */
export async function asTold(sql: AnySql, step: Step): Promise<Step> {
  if (step.act !== 'reminder' || step.data.what !== 'service') return step;
  const what = seenAs('service', await lacksStock(sql, step.next));
  return { ...step, data: { ...step.data, what, ...partiesOf(what) } };
}
