import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { updates } from '../../workflows/contract.ts';
import { realClock } from '../support/case-clock.ts';
import { hands } from '../support/case-hands.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { toTheHub } from '../support/case-path.ts';
import { paths } from '../support/case-paths.ts';
import { findings } from '../support/cases.ts';
import { recordHistory } from '../support/histories.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab({ clock: realClock });
});
afterAll(() => lab.stop());

describe('every path of a case ends as it should, and leaves nothing open at Bosta', () => {
  test.each(paths)('$name', async ({ name, opening, walk, status, events }) => {
    const aCase = await lab.open(opening);
    await walk(hands(lab, aCase));
    expect((await aCase.handle.result()).status).toBe(status);
    const told = (await aCase.events()).filter((event) => event !== 'courier_reported');
    expect(told).toEqual(events);
    const deliveries = await lab.bosta.all();
    expect(deliveries.filter(({ creations }) => creations !== 1)).toEqual([]);
    const settled = [45, 46, 48, 49, 100, 101];
    const open = deliveries.filter(({ state }) => !settled.includes(state) && state !== 24);
    expect(open).toEqual([]);
    await recordHistory(lab.client, aCase.actionId, name);
  });
});

test('after the workers were replaced the same messages have the same answers, and no second effect', async () => {
  const aCase = await lab.open();
  const { pickup } = await aCase.whenIn('return_ordered');
  const scan = { tracking_number: pickup?.tracking_number ?? '', message_id: 'scan' };
  const inspection = { ...findings, message_id: 'inspection' };
  const say = async () => [
    await aCase.handle.executeUpdate(updates.hub_scan, { args: [scan] }),
    await aCase.handle.executeUpdate(updates.hub_inspection, { args: [inspection] }),
  ];
  const first = await say();
  await lab.restartWorkers();
  expect(await say()).toEqual(first);
  expect(await aCase.events()).toEqual([...toTheHub, 'inspected']);
});
