import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSocket, type Place } from '../../db/socket.ts';

/** Takes all that is said, and answers nothing but what is asked slowly. */
const silent = createServer((client) =>
  client.on('data', async (asked) => {
    if (!asked.includes('slowly')) return;
    await pause(200);
    client.write('answer');
  }),
);
let place: Place;
beforeAll(async () => {
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const address = silent.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  place = { host: ['127.0.0.1'], port: [address.port], path: false };
});
afterAll(() => {
  silent.close();
});

test('a connection that was asked and says nothing is given up, one that may rest is kept for longer', async () => {
  const [asking, resting] = [openSocket(place, 400), openSocket(place, 400)];
  asking.write('select 1');
  await once(asking, 'close');
  expect(resting.destroyed).toBe(false);
  await once(resting, 'close');
});

test('a connection that has rested for long is given its time to answer', async () => {
  const [asking, rested] = [openSocket(place, 400), openSocket(place, 400)];
  asking.write('select 1');
  await once(asking, 'close');
  rested.write('slowly');
  expect(String((await once(rested, 'data'))[0])).toBe('answer');
  rested.destroy();
});

test('a connection of somebody who waits for as long as it takes is not given up', async () => {
  const [patient, asking] = [openSocket(place, undefined), openSocket(place, 400)];
  patient.write('select 1');
  asking.write('select 1');
  await once(asking, 'close');
  expect(patient.destroyed).toBe(false);
  patient.destroy();
});
