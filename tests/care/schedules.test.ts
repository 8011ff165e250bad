import { afterAll, beforeAll, expect, test } from 'vitest';
import { upsertSchedules } from '../../worker/schedules.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { until } from '../support/until.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform({ stepMs: 0, deliveries: 5 });
  await upsertSchedules(platform.temporal);
});
afterAll(() => platform.stop());

const nightly = () => platform.temporal.schedule.getHandle('check-every-night');
/** The clock of Cairo at the next times of the check. */
async function nextTimes(): Promise<string[]> {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Africa/Cairo', timeStyle: 'medium' });
  const { info, state } = await nightly().describe();
  expect(state.paused).toBe(false);
  return info.nextActionTimes.map((at) => clock.format(at));
}

test('everything is checked every night at four in Cairo', async () => {
  const times = await nextTimes();
  expect(times.length).toBeGreaterThan(0);
  expect(new Set(times)).toEqual(new Set(['04:00:00']));
});

test('the Schedule starts the check, which keeps what it found', async () => {
  await nightly().trigger();
  const run = await until('the check to end', async () => {
    const [row] = await platform.sql<{ found: number }[]>`select found from check_runs`;
    return row;
  });
  expect(run.found).toBe(0);
});

test('a worker that starts makes a Schedule right that was made otherwise before', async () => {
  await nightly().update((before) => ({
    ...before,
    spec: { calendars: [{ hour: 5 }], timezone: 'Africa/Cairo' },
  }));
  expect((await nextTimes())[0]).toBe('05:00:00');
  await upsertSchedules(platform.temporal);
  expect((await nextTimes())[0]).toBe('04:00:00');
});
