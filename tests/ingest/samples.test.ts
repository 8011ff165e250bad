import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readDelivery, UnidentifiableDelivery } from '../../activities/bosta/read-delivery.ts';
import type { BostaOrder } from '../../domain/order-columns.ts';

function sample(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`${import.meta.dirname}/../fixtures/bosta/${name}.json`, 'utf8'));
}
/** What was read, without what nothing was said about. */
function said(order: BostaOrder) {
  return Object.fromEntries(Object.entries(order).filter(([, value]) => value !== null));
}
const time = (text: string) => new Date(text);

test('a freshly created search item: code 10 is no word, and nothing is made up', () => {
  const { order, timeline, unreadable } = readDelivery(sample('search-item-created'));
  expect(unreadable).toEqual([]);
  expect(timeline).toEqual([]);
  expect(said(order)).toEqual({
    ...{ id: 'Xa1bCdE2fGhI3jKlM4nOq', tracking_number: '7400000102' },
    ...{ business_reference: '#2600102', cod: 674_00, state_code: 10 },
    ...{ state_value: 'Created', masked_state: 'Created', attempts_count: 0 },
    ...{ receiver_phone: '201000000103', receiver_phone_raw: '+201000000103' },
    ...{ receiver_full_name: 'على تجربة بيه', dropoff_city_id: 'RrDhS8YYsXAwZ9Zfo' },
    ...{ dropoff_city_name: 'Dakahlia', dropoff_city_name_ar: 'الدقهليه' },
    ...{ dropoff_first_line: 'مركز التجربة دقهليه', is_bad_address: false },
    ...{ holder_name: 'Sample Shop', holder_phone: '+201000000100' },
  });
});

test('a timeline has steps done and still to come, by codes that are no states', () => {
  const { order, timeline } = readDelivery(sample('business-delivery-with-timeline'));
  expect(order).toMatchObject({ state_code: 24, created_at: time('2026-08-12T06:43:59Z') });
  expect(timeline.map((s) => [s.sequence_order, s.event_code, s.event_value, s.is_done])).toEqual([
    [1, 10, 'new', true],
    [2, 21, 'picked_up', true],
    [3, 30, 'in_transit', true],
    [4, 41, 'out_for_delivery', false],
    [5, 45, 'delivered', false],
  ]);
  expect(timeline[4]?.event_date).toBeNull();
});

test('a return to origin: its original amount stays, its fees are settled, its exceptions are newest first', () => {
  const { order } = readDelivery(sample('rto-returned-settled'));
  expect(order).toMatchObject({
    ...{ order_type_code: 20, state_code: 46, cod: 0, original_cod: 434_00 },
    ...{ bosta_fees: 86_64, bosta_fees_source: 'cash_cycle', shipment_fees: 76_00 },
    ...{ shipping_fees: 76_00, vat: 10_64, deposited_amount: -86_64, attempts_count: 5 },
    ...{ cashout_transaction_id: 'MONCOD00XXX00', exception_code: 17 },
    ...{ cashout_transaction_date: time('2026-09-28T00:00:00Z') },
  });
  expect(order.exceptions?.map((exception) => exception.code)).toEqual([17, 1, 1, 3]);
});

test('an exchange: both legs in one delivery, what comes back in its returnSpecs', () => {
  const { order, unreadable } = readDelivery(sample('exchange-full-shape'));
  expect(unreadable).toEqual([]);
  expect(order).toMatchObject({
    ...{ id: '870000285', order_type_code: 30, cod: 0, goods_amount: 600_00 },
    ...{ specs_description: 'Yellow stripes bucket hat size XS/S/M/L' },
    ...{ return_description: 'red checkered bucket hat', return_items_count: 1 },
    ...{ business_reference: null, bosta_updated_at: time('2026-08-18T10:00:00Z') },
  });
});

test('attempts tell more than the counter does', () => {
  const { order } = readDelivery({ trackingNumber: 1000000001, ...sample('attempts-list') });
  expect(order).toMatchObject({
    ...{ tracking_number: '1000000001', attempts_count: 3, is_delayed: true },
    ...{ order_sla_exceeded: true, e2e_sla_exceeded: false, star_name: 'Courier Three' },
  });
  expect(order.attempts?.map(({ type, state }) => [type, state])).toEqual([
    ['delivery', 2],
    ['delivery', 3],
    ['return', 2],
  ]);
});

test('a settled delivery: numbers and numeric texts are the same money', () => {
  const { order } = readDelivery({
    trackingNumber: '1000000002',
    ...sample('settlement-delivered-paid'),
  });
  expect(order).toMatchObject({
    ...{ cod: 990_00, bosta_fees: 104_88, shipping_fees: 85_00, opening_package_fees: 7_00 },
    ...{ vat: 12_88, deposited_amount: 885_12, cash_cycle_total: 990_00, shipment_fees: 92_00 },
    ...{ deposited_at: time('2026-09-01T08:08:44Z'), cashout_transaction_id: 'WEDCOD09SEP26' },
  });
});

test('an empty wallet is no settlement: the amounts at the top are what is known', () => {
  const { order, unreadable } = readDelivery({
    trackingNumber: '1000000003',
    ...sample('settlement-null-wallet'),
  });
  expect(unreadable).toEqual([]);
  expect(order).toMatchObject({
    ...{ cod: 840_00, bosta_fees: 59_00, bosta_fees_source: 'shipment_fees' },
    ...{ deposited_amount: null, deposited_at: null },
  });
});

test('a delivery without its envelope, its district an object', () => {
  const { order } = readDelivery(sample('delivery-receiver-unwrapped'));
  expect(order).toMatchObject({
    ...{ id: 'FIXTURE_DELIVERY_001', state_code: 41, cod: 150_00, receiver_second_phone: null },
    ...{ dropoff_zone_name: 'New Cairo', dropoff_district_name: 'Test District' },
    ...{ specs_weight: 1, product_name: 'Test Item', product_count: 1 },
  });
});

test('odd values: spaces around the number, places as texts, an unknown type, microseconds and offsets', () => {
  const { order, timeline, unreadable } = readDelivery(sample('delivery-odd-values'));
  expect(unreadable).toEqual([]);
  expect(order).toMatchObject({
    ...{ tracking_number: '1000000890', order_type_code: 99, child_state: 'done' },
    ...{ dropoff_district_name: 'District', pickup_city: 'Cairo', original_cod: 250_00 },
    ...{ dropoff_building_number: '10', dropoff_floor: '2', dropoff_apartment: '3' },
    ...{ created_at: time('2026-08-07T20:30:40.123Z'), product_name: 'Synthetic Item' },
    ...{ bosta_updated_at: time('2026-08-07T20:30:00Z'), product_count: 2 },
  });
  expect(timeline.map((s) => [s.event_code, s.event_value, s.is_done, s.event_date])).toEqual([
    [null, 'out_for_return', true, null],
    [null, 'returned_to_origin', false, null],
    [41, 'Picked Up', true, time('2026-08-07T20:00:00Z')],
  ]);
});

test('without a number or an id there is nothing to keep a delivery under', () => {
  expect(() => readDelivery(sample('settlement-null-wallet'))).toThrow(UnidentifiableDelivery);
  expect(() => readDelivery(null)).toThrow('must be an object');
});

test.each([
  ['2026-06-01T10:00:00Z', '2026-06-01T10:00:00Z'],
  ['2026-06-01T13:00:00+03:00', '2026-06-01T10:00:00Z'],
  ['2026-06-01 13:00:00', '2026-06-01T10:00:00Z'],
  ['Mon Jun 01 2026 10:00:00 GMT+0000 (Coordinated Universal Time)', '2026-06-01T10:00:00Z'],
  [1_780_308_000_000, '2026-06-01T10:00:00Z'],
  ['1780308000000', '2026-06-01T10:00:00Z'],
  ['01-06-2026', '2026-05-31T21:00:00Z'],
  ['2026-06-01', '2026-05-31T21:00:00Z'],
])('the date %s is the instant %s', (written, instant) => {
  const { order, unreadable } = readDelivery({ trackingNumber: '100', scheduledAt: written });
  expect(order.scheduled_at).toEqual(time(instant));
  expect(unreadable).toEqual([]);
});

test.each(['soon', '31-02-2026', 0, 5, -1, true, {}, [], '0001-01-01T00:00:00Z', '2026-13-01'])(
  'the date %s is none, and nothing stands in for it',
  (written) => {
    const { order, unreadable } = readDelivery({ trackingNumber: '100', scheduledAt: written });
    expect(order.scheduled_at).toBeNull();
    expect(unreadable).toEqual([`scheduled_at: ${JSON.stringify(written)}`]);
  },
);
