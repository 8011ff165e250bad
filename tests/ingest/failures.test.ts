import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFailures } from '../../db/sync-failures.ts';
import { type IngestLab, ingestLab, payload } from './lab.ts';

let lab: IngestLab;
beforeAll(async () => {
  lab = await ingestLab();
  await lab.sql`alter table orders add constraint no_bad_notes check (notes <> 'bad') not valid`;
});
afterAll(() => lab.drop());

const failures = async () => (await findFailures(lab.sql, {}, { page: 1, limit: 100 })).rows;
const failedNumbers = async () => (await failures()).map((failure) => failure.tracking_number);
const bad = (number: string) => payload(number, { notes: 'bad' });

test('a delivery that fails again is one failure, tried so often', async () => {
  await lab.take([bad('F-1')]);
  await lab.take([bad('F-1')]);
  const [first] = await failures();
  expect(first).toMatchObject({
    ...{ tracking_number: 'F-1', kind: 'search', cause: 'refused_value', occurrences: 2, page: 1 },
  });
  expect(first?.last_seen_at.getTime()).toBeGreaterThan(Number(first?.first_seen_at));
});

test('a later success makes a failure good, and no other delivery’s', async () => {
  await lab.take([bad('F-2'), payload('F-3')]);
  expect(await failedNumbers()).toEqual(['F-2', 'F-1']);
  await lab.take([payload('F-1'), payload('F-3')]);
  expect(await failedNumbers()).toEqual(['F-2']);
});

test('what stands stored already is a success too, when it is read again', async () => {
  await lab.take([payload('F-4')]);
  await lab.take([bad('F-4')]);
  expect(await failedNumbers()).toContain('F-4');
  await lab.take([payload('F-4')]);
  expect(await failedNumbers()).not.toContain('F-4');
});

test('a search makes no full read good that could not be taken in', async () => {
  await lab.take([bad('F-5')], 'full');
  await lab.take([payload('F-5')]);
  expect(await failedNumbers()).toContain('F-5');
  await lab.take([payload('F-5')], 'full');
  expect(await failedNumbers()).not.toContain('F-5');
});

test('a good one beside it on the same page is no later success', async () => {
  await lab.take([payload('F-6'), bad('F-6')]);
  expect(await failedNumbers()).toContain('F-6');
});

test('what names no delivery leaves when the very same can be read', async () => {
  const nameless = { cod: 5 };
  await lab.take([nameless, bad('F-7')]);
  const [failure] = (await failures()).filter(({ cause }) => cause === 'unidentifiable');
  expect(failure).toMatchObject({ tracking_number: null });
  await lab.sql`update sync_failures set tracking_number = null where tracking_number = 'F-7'`;
  await lab.sql`alter table orders drop constraint no_bad_notes`;
  await lab.take([nameless, bad('F-7')]);
  expect((await failures()).filter((one) => one.tracking_number === null)).toMatchObject([
    { cause: 'unidentifiable', occurrences: 2 },
  ]);
});
