import { expect, test } from 'vitest';
import { together } from '../../activities/together.ts';

test('deliveries that are read while others are taken in are taken in together, next', async () => {
  const batches: string[][] = [];
  const takeIn = together(async (numbers: string[]) => {
    batches.push(numbers);
  });
  await Promise.all([takeIn('1'), takeIn('2').then(() => takeIn('4')), takeIn('3')]);
  expect(batches).toEqual([['1', '2', '3'], ['4']]);
});

test('one batch is taken in at a time', async () => {
  let atWork = 0;
  const most: number[] = [];
  const takeIn = together(async () => {
    atWork += 1;
    most.push(atWork);
    await Promise.resolve();
    atWork -= 1;
  });
  const first = takeIn('1');
  await Promise.resolve();
  await Promise.all([first, takeIn('2')]);
  expect(most).toEqual([1, 1]);
});

test('a batch that fails fails for everybody who was in it, and for nobody after', async () => {
  let isAway = true;
  const takeIn = together(async () => {
    if (isAway) throw new Error('Postgres is away');
  });
  const ends = await Promise.allSettled([takeIn('1'), takeIn('2')]);
  isAway = false;
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(takeIn('3')).resolves.toBeUndefined();
});

test('in a rush a batch begins no sooner than it may, and takes all with it that came meanwhile', async () => {
  const everyMs = 40;
  const batches: { numbers: string[]; at: number }[] = [];
  const takeIn = together(async (numbers: string[]) => {
    batches.push({ numbers, at: performance.now() });
  }, everyMs);
  await takeIn('1');
  await Promise.all([takeIn('2'), takeIn('3')]);
  expect(batches.map(({ numbers }) => numbers)).toEqual([['1'], ['2', '3']]);
  const [first, second] = batches;
  // Timers may go off a millisecond early.
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(everyMs - 2);
});
