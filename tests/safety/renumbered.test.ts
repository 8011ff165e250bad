import { afterAll, beforeAll, expect, test } from 'vitest';
import { updates } from '../../workflows/contract.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab();
});
afterAll(() => lab.stop());

test('a pickup to which Bosta has given another number is called off under that number', async () => {
  const aCase = await lab.open();
  const { pickup } = await aCase.whenIn('return_ordered');
  const now = pickup?.tracking_number ?? '';
  // Its case knows it by a number that Bosta does not know any more.
  await lab.sql`update case_deliveries set tracking_number = 'the-first-one'
    where action_id = ${aCase.actionId}`;
  await aCase.handle.executeUpdate(updates.cancel, { args: [{}] });
  await aCase.handle.result();
  expect(await lab.bosta.stateOf(now)).toBe(48);
});
