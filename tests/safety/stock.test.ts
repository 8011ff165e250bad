import type { UpdateDefinition } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Act } from '../../domain/messages.ts';
import { type Said, updates } from '../../workflows/contract.ts';
import { realClock } from '../support/case-clock.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { findings } from '../support/cases.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab({ clock: realClock });
});
afterAll(() => lab.stop());

const sku = 'BL-500';
const updateOf: { [A in Act]: UpdateDefinition<unknown, [Said<A>]> } = updates;
const balance = async (hubId = 1) => {
  const [row] = await lab.sql<{ quantity: number; reserved: number }[]>`
    select quantity, reserved from stock_balances
    where sku = ${sku} and hub_id = ${hubId} and grade = 'sound'`;
  return [row?.quantity, row?.reserved];
};

beforeEach(async () => {
  // One product is left, and nobody has set it aside.
  await lab.sql`update stock_reservations set status = 'released' where status = 'held'`;
  await lab.sql`insert into stock_movements (sku, hub_id, grade, quantity, movement_type, reason, effect_key)
    select sku, hub_id, grade, 1 - quantity, 'adjustment', 'for the test', gen_random_uuid()
    from stock_balances where sku = ${sku} and hub_id = 1 and grade = 'sound' and quantity <> 1`;
});

async function confirmed() {
  const aCase = await lab.open({
    ...{ action_type: 'replace_full', product_sku: sku, return_method: 'walk_in' },
  });
  const say = <A extends Act>(act: A, said: Said<A>) =>
    aCase.handle.executeUpdate<unknown, [Said<A>]>(updateOf[act], { args: [said] });
  await say('hub_scan', { tracking_number: `HV-${aCase.actionId}` });
  await say('hub_inspection', { ...findings, recommended_action: 'replace_full' });
  return { ...aCase, say };
}
const replace = { product_sku: sku };
const serialNumberOf = async ({ actionId }: { actionId: number }) => {
  const [item] = await lab.sql<{ serial: string | null }[]>`
    select replacement_serial_number as serial from case_items where action_id = ${actionId}`;
  return item?.serial;
};

test('a confirmed replacement sets its product aside, so that no other case takes it', async () => {
  const first = await confirmed();
  const second = await confirmed();
  expect(await balance()).toEqual([1, 1]);
  await expect(second.say('execute', replace)).rejects.toMatchObject({
    cause: {
      type: 'OUT_OF_STOCK',
      message: `Of ${sku} the hub has 1 in sound stock, 1 of them reserved for other cases and 0 free, and this takes 1: order it, transfer it, or choose another.`,
    },
  });
  await first.say('execute', replace);
  expect(await balance()).toEqual([0, 0]);
});

test('of several parts the one that falls short is named, with how many there are and are free', async () => {
  const aCase = await lab.open({ product_sku: sku, return_method: 'walk_in' });
  await aCase.handle.executeUpdate(updates.hub_scan, {
    args: [{ tracking_number: `HV-${aCase.actionId}` }],
  });
  await aCase.handle.executeUpdate(updates.hub_inspection, { args: [findings] });
  const [jug, motor] = ['BL-500-JUG', 'BL-500-MOTOR'];
  const sound = async () =>
    lab.sql`select sku, quantity from stock_balances
      where sku in (${jug}, ${motor}) and hub_id = 1 and grade = 'sound' order by sku`;
  await lab.sql`insert into stock_movements (sku, hub_id, grade, quantity, movement_type, effect_key)
    values (${jug}, 1, 'sound', 1, 'purchase', gen_random_uuid())`;
  const before = await sound();
  const motors: number = before[1]?.quantity;
  const parts = [
    { sku: jug, quantity: 1 },
    { sku: motor, quantity: motors + 1 },
  ];
  await expect(
    aCase.handle.executeUpdate(updates.execute, { args: [{ outcome: 'repaired', parts }] }),
  ).rejects.toMatchObject({
    cause: {
      type: 'OUT_OF_STOCK',
      message: `Of ${motor} the hub has ${motors} in sound stock, 0 of them reserved for other cases and ${motors} free, and this takes ${motors + 1}: order it, transfer it, or choose another.`,
    },
  });
  expect(await sound()).toEqual(before);
});

test('a cancelled one lets it go, and the other case gets it', async () => {
  const first = await confirmed();
  const second = await confirmed();
  await first.say('cancel', {});
  expect(await balance()).toEqual([1, 0]);
  await second.say('execute', replace);
  expect(await balance()).toEqual([0, 0]);
});

test('one that goes to another hub is set aside there, and free where it was', async () => {
  const [other] = await lab.sql<{ hub_id: number }[]>`
    insert into hubs (code, name, name_ar) values ('alex', 'Alexandria', 'الإسكندرية') returning hub_id`;
  const hub_id = other?.hub_id ?? 0;
  await lab.sql`insert into stock_movements (sku, hub_id, grade, quantity, movement_type, effect_key)
    values (${sku}, ${hub_id}, 'sound', 1, 'purchase', gen_random_uuid())`;
  const aCase = await confirmed();
  await aCase.say('edit', { hub_id });
  expect([await balance(1), await balance(hub_id)]).toEqual([
    [1, 0],
    [1, 1],
  ]);
  await aCase.say('execute', replace);
  await aCase.say('edit', { hub_id: 1 });
  expect([await balance(1), await balance(hub_id)]).toEqual([
    [1, 0],
    [0, 0],
  ]);
});

test('a replacement that came back and is not sent again is in stock, under no serial number of the case, and costs it nothing', async () => {
  const aCase = await confirmed();
  await aCase.say('execute', { ...replace, serial_number: 'SN-1' });
  expect(await serialNumberOf(aCase)).toBe('SN-1');
  const { delivery } = await aCase.whenIn('shipping_back');
  await lab.courierMoves(delivery?.tracking_number ?? '', 41, 46);
  await aCase.whenItWaitsFor('delivery_decision');
  await aCase.say('delivery_decision', { decision: 'close' });
  expect((await aCase.handle.result()).status).toBe('failed');
  expect(await balance()).toEqual([1, 0]);
  const [row] =
    await lab.sql`select actual_cost from service_actions where action_id = ${aCase.actionId}`;
  expect(row).toMatchObject({ actual_cost: 0 });
  expect(await serialNumberOf(aCase)).toBeNull();
});

test('for a replacement that the courier lost another one is taken, where there is one', async () => {
  const aCase = await confirmed();
  await aCase.say('execute', { ...replace, serial_number: 'SN-1' });
  const { delivery } = await aCase.whenIn('shipping_back');
  await lab.courierMoves(delivery?.tracking_number ?? '', 41, 100);
  await aCase.whenItWaitsFor('delivery_decision');
  await expect(aCase.say('delivery_decision', { decision: 'resend' })).rejects.toMatchObject({
    cause: { type: 'OUT_OF_STOCK' },
  });
  await lab.sql`insert into stock_movements (sku, hub_id, grade, quantity, movement_type, effect_key)
    values (${sku}, 1, 'sound', 1, 'purchase', gen_random_uuid())`;
  await aCase.say('delivery_decision', { decision: 'resend' });
  await aCase.when('another delivery', (view) => view.delivery?.attempt === 2);
  expect(await balance()).toEqual([0, 0]);
  // The lost one had it; nobody has said which piece goes out now.
  expect(await serialNumberOf(aCase)).toBeNull();
});
