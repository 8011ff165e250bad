import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewCase } from '../../db/new-cases.ts';
import type { Execution } from '../../domain/messages.ts';
import { signals } from '../../workflows/contract.ts';
import { realClock } from '../support/case-clock.ts';
import { hands } from '../support/case-hands.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { findings } from '../support/cases.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab({ clock: realClock });
});
afterAll(() => lab.stop());

/** A case that waits for this service at the bench. */
async function confirmed(
  recommended_action: 'maintenance' | 'replace_full',
  product: Pick<NewCase, 'product_sku'>,
) {
  const action_type = recommended_action;
  const aCase = hands(lab, await lab.open({ ...product, action_type, return_method: 'walk_in' }));
  await aCase.say('hub_scan', { tracking_number: `HV-${aCase.actionId}` });
  await aCase.say('hub_inspection', { ...findings, recommended_action });
  return aCase;
}

const used = (actionId: number) =>
  lab.sql`select sku from case_parts where action_id = ${actionId} order by sku`;
const repairedWith = (...skus: string[]): Execution => ({
  outcome: 'repaired',
  parts: skus.map((sku) => ({ sku, quantity: 1 })),
});

describe('a repair takes parts', () => {
  test.each([
    ['a whole product', ['BL-1000']],
    ['the very product beside a part', ['BL-500', 'BL-500-MOTOR']],
  ])('%s is refused, with where to look, and nothing is used', async (_, skus) => {
    const aCase = await confirmed('maintenance', { product_sku: 'BL-500' });
    const sentence = `${skus[0]} is no part: take one that GET /api/products?type=part lists.`;
    await expect(aCase.say('execute', repairedWith(...skus))).rejects.toMatchObject({
      cause: { type: 'UNKNOWN_SKU', message: sentence },
    });
    expect(await used(aCase.actionId)).toEqual([]);
    expect((await aCase.look()).status).toBe('hub_confirmed');
  });

  test('also those of another product: many fit several', async () => {
    const aCase = await confirmed('maintenance', { product_sku: 'BL-500' });
    await aCase.say('execute', repairedWith('BL-1000-JUG', 'BL-500-MOTOR'));
    expect(await used(aCase.actionId)).toEqual([{ sku: 'BL-1000-JUG' }, { sku: 'BL-500-MOTOR' }]);
  });

  test('sent as a signal, the refusal stands in the story of the case', async () => {
    const aCase = await confirmed('maintenance', { product_sku: 'BL-500' });
    await aCase.handle.signal(signals.execute, repairedWith('BL-1000'));
    await aCase.say('edit', { priority: 'high' });
    const [told] = await lab.sql`
      select data from events where action_id = ${aCase.actionId} and event = 'refused'`;
    expect(told).toMatchObject({ data: { act: 'execute', refused: 'UNKNOWN_SKU' } });
  });
});

test('a replacement is a product: a part is refused, another product than the old one is not', async () => {
  const aCase = await confirmed('replace_full', { product_sku: 'BL-500' });
  await expect(aCase.say('execute', { product_sku: 'BL-1000-JUG' })).rejects.toMatchObject({
    cause: {
      type: 'UNKNOWN_SKU',
      message: 'The catalogue has no product BL-1000-JUG: see GET /api/products?type=product.',
    },
  });
  await aCase.say('execute', { product_sku: 'BL-1000' });
  expect(await used(aCase.actionId)).toEqual([{ sku: 'BL-1000' }]);
});
