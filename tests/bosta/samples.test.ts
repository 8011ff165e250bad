import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bostaCallback } from '../../activities/bosta/callback.ts';
import { clientAnswered, failureOf, someRequest } from './support.ts';

const folder = new URL('../fixtures/bosta/', import.meta.url);
const text = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const samples: { file: string; kind: string }[] = JSON.parse(text('index.json'));
const filesOf = (kind: string) =>
  samples.filter((one) => one.kind === kind).map(({ file }) => file);

const search = { page: 1, limit: 50, sortBy: '-updatedAt' } as const;

test.each(filesOf('delivery'))('%s is read with nothing lost', async (file) => {
  const payload = JSON.parse(text(file));
  const inEnvelope = JSON.stringify({
    success: true,
    message: 'Done successfully.',
    data: payload,
  });
  expect(await clientAnswered(200, inEnvelope).read('1')).toEqual(payload);
});

test('a delivery without the envelope, as older routes answer it, is read too', async () => {
  const sample = text('delivery-receiver-unwrapped.json');
  expect(await clientAnswered(200, sample).read('9000000999')).toEqual(JSON.parse(sample));
});

test.each(filesOf('search_page'))('%s is read item by item', async (file) => {
  const page = await clientAnswered(200, text(file)).search(search);
  expect(page).toEqual({ deliveries: JSON.parse(text(file)).data.deliveries, count: 3535 });
});

test('an odd item spoils no other item of its page', async () => {
  const body = {
    success: true,
    data: { deliveries: [null, 7, { trackingNumber: 1 }], count: 'many' },
  };
  const page = await clientAnswered(200, JSON.stringify(body)).search(search);
  expect(page.deliveries).toEqual([null, 7, { trackingNumber: 1 }]);
});

test.each([
  ['created-real.json', { deliveryId: 'Q0abC1deF2ghI3jkL4mnO', trackingNumber: '6400000793' }],
  [
    'created-numeric-tracking-bare-state.json',
    { deliveryId: '15Labc000000000000yd0', trackingNumber: '40000608' },
  ],
])('%s names the delivery that was made', async (file, made) => {
  expect(await clientAnswered(200, text(file)).create(someRequest('HV-1-P1'))).toEqual(made);
});

test('a creation answered with empty data is uncertain', async () => {
  const client = clientAnswered(200, text('created-without-id.json'));
  expect(await failureOf(client.create(someRequest('HV-1-P1')))).toMatchObject({
    kind: 'uncertain',
    retryable: true,
  });
});

test.each([
  ['error-1028-auth.json', 401, { kind: 'unauthorized', errorCode: 1028, retryable: false }],
  ['error-3002-zone.json', 200, { kind: 'refused', errorCode: 3002, retryable: false }],
  ['error-429-body.json', 429, { kind: 'rate_limited', retryAfterSeconds: 285, retryable: true }],
  ['error-429-body.json', 200, { kind: 'rate_limited', retryAfterSeconds: 285, retryable: true }],
  ['error-delivery-not-found.json', 400, { kind: 'not_found', retryable: false }],
  ['error-delivery-not-found.json', 404, { kind: 'not_found', retryable: false }],
])('%s with HTTP %i is told apart', async (file, status, error) => {
  expect(await failureOf(clientAnswered(status, text(file)).read('1'))).toMatchObject(error);
});

test('all 28 cities are read, also without their Arabic names', async () => {
  const cities = await clientAnswered(200, text('cities-reduced.json')).cities();
  expect(cities).toHaveLength(28);
  expect(cities).toContainEqual(
    expect.objectContaining({ cityId: 'FceDyHXwpSYYF9zGW', name: 'Cairo', code: 'EG-01' }),
  );
});

test('districts are read with their zones and where Bosta collects', async () => {
  const districts = await clientAnswered(200, text('districts-of-city.json')).districts('Cairo');
  expect(districts.map((one) => one.pickupAvailability)).toEqual([true, true, false]);
  expect(districts[1]).toMatchObject({ zoneName: 'New Cairo', zoneOtherName: 'القاهره الجديده' });
});

test.each([
  ['webhook-normal.json', '40000608', 24, 1689252908261],
  ['webhook-exception-postponed.json', '40000608', 47, 1689253131024],
  ['webhook-guide-empty-reason.json', '3000002', 24, 1715000000000],
  ['webhook-type-crp.json', '40000611', 23, 1689252908262],
])('%s is understood', (file, trackingNumber, stateCode, at) => {
  const callback = bostaCallback.parse(JSON.parse(text(file)));
  expect(callback).toMatchObject({ trackingNumber, stateCode, at: new Date(at) });
  expect(callback.exceptionReason).not.toBe('');
});
