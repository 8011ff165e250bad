import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signals, updates } from '../../workflows/contract.ts';
import { realClock } from '../support/case-clock.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { replayAll } from '../support/histories.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab({ clock: realClock });
});
afterAll(() => lab.stop());

const inDigitsFrom = (zero: string) => (text: string) =>
  text.replaceAll(/\d/g, (digit) => String.fromCharCode(zero.charCodeAt(0) + Number(digit)));

/** How keyboards and handhelds send a number, past the API too. */
const ways: [string, (number: string) => string][] = [
  ['in Arabic-Indic digits', inDigitsFrom('٠')],
  ['in Persian digits', inDigitsFrom('۰')],
  ['with spaces', (number) => ` ${number.slice(0, 4)} ${number.slice(4)} `],
  ['in small letters', (number) => number.toLowerCase()],
];

test.each(ways)("a signal with the pickup's number %s is its scan", async (_, written) => {
  const aCase = await lab.open();
  const { pickup } = await aCase.whenIn('return_ordered');
  const number = pickup?.tracking_number ?? '';
  await aCase.handle.signal(signals.hub_scan, { tracking_number: written(number) });
  const { scan } = await aCase.whenIn('return_received');
  expect(scan?.tracking_number).toBe(number);
  const text = historyToJSON(await aCase.handle.fetchHistory());
  expect(await replayAll([{ name: String(aCase.actionId), text }])).toEqual([]);
});

test.each(ways)("an update with the case's own number %s is its scan", async (_, written) => {
  const aCase = await lab.open({ return_method: 'walk_in' });
  const number = `HV-${aCase.actionId}`;
  const said = { tracking_number: written(number) };
  await aCase.handle.executeUpdate(updates.hub_scan, { args: [said] });
  expect((await aCase.look()).scan?.tracking_number).toBe(number);
});

test("another case's number is still another parcel", async () => {
  const aCase = await lab.open({ return_method: 'walk_in' });
  await aCase.handle.signal(signals.hub_scan, { tracking_number: 'hv-٩' });
  await aCase.handle.executeUpdate(updates.edit, { args: [{ priority: 'low' }] });
  expect(await aCase.events()).toEqual(['opened', 'refused', 'edited']);
});
