import { expect, test } from 'vitest';
import { kindOf } from '../../activities/bosta/payload.ts';
import { read } from './read-odd.ts';

test.each([
  ['2026-06-01T13:00:00+03', '2026-06-01T10:00:00.000Z'],
  ['2026-06-01T10Z', '2026-06-01T10:00:00.000Z'],
  ['2026-06-01T9:05:00Z', '2026-06-01T09:05:00.000Z'],
  ['2026-06-01T13:00:00,123+03:00', '2026-06-01T10:00:00.123Z'],
  ['2026-06-01T10:00:00 UTC', '2026-06-01T10:00:00.000Z'],
  ['2026-06-01', '2026-05-31T21:00:00.000Z'],
  ['Wed Aug 13 2025 09:45:51 GMT+0000 (Coordinated Universal Time)', '2025-08-13T09:45:51.000Z'],
  ['Wed, 13 Aug 2025 09:45:51 GMT', '2025-08-13T09:45:51.000Z'],
])('%s is the instant %s, not the beginning of its day', (written, instant) => {
  const { order, unreadable } = read({ updatedAt: written });
  expect(order.bosta_updated_at?.toISOString()).toBe(instant);
  expect(unreadable).toEqual([]);
});

test.each([
  '2026-06-01Tgarbage',
  '2026-06-01T25:00:00Z',
  'Mon Feb 31 2025 09:45:51 GMT+0000',
  'Wed Aug 13 2025 09:45:51 GMT+9900',
])('%s is no time, and listed', (updatedAt) => {
  const { order, unreadable } = read({ updatedAt });
  expect(order.bosta_updated_at).toBeNull();
  expect(unreadable).toEqual([`bosta_updated_at: "${updatedAt}"`]);
});

test.each([
  ['15-07-2026', '2026-07-15'],
  ['2026-07-15', '2026-07-15'],
  ['2026-07-14T21:00:00.000Z', '2026-07-15'],
  [Date.UTC(2026, 6, 14, 21), '2026-07-15'],
  ['Wed Jul 15 2026 00:00:00 GMT+0300 (Eastern European Summer Time)', '2026-07-15'],
])('a delivery promised for %s is promised for the day %s in Cairo', (written, day) => {
  const { order, unreadable } = read({ deliveryPromiseDate: written });
  expect(order.delivery_promise_date).toBe(day);
  expect(unreadable).toEqual([]);
});

test('a day of no possible year is none', () => {
  expect(read({ deliveryPromiseDate: '0000-01-01' })).toMatchObject({
    order: { delivery_promise_date: null },
    unreadable: ['delivery_promise_date: "0000-01-01"'],
  });
});

test.each(['constructor', '__proto__', 'toString'])('"%s" is no type of delivery', (type) => {
  const { order, unreadable } = read({ type });
  expect(order.order_type_code).toBeNull();
  expect(unreadable).toEqual([`order_type_code: "${type}"`]);
});

test.each([['x'.repeat(150)], [{ id: '66a' }], ['\0'.repeat(3)]])(
  'an id that is none costs the delivery nothing: it goes by its number',
  (_id) => {
    const { order, unreadable } = read({ _id });
    expect(order.id).toBe('7400000199');
    expect(unreadable.map((entry) => entry.split(':')[0])).toEqual(['id']);
  },
);

test.each(['null', 'undefined', 'N/A', '-', 0])(
  'what an export writes for no id, no number and no reference (%j) is none: all that bear it would be one',
  (nothing) => {
    const known = { businessReference: nothing, uniqueBusinessReference: nothing };
    const { order, unreadable } = read({ _id: nothing, ...known });
    expect(order).toMatchObject({
      ...{ id: '7400000199', business_reference: null, unique_business_reference: null },
    });
    expect(unreadable).toEqual([`id: ${JSON.stringify(nothing)}`]);
    expect(read({ trackingNumber: nothing }).order.tracking_number).toBeNull();
  },
);

test('what an export writes for a text that it lacks is no text, and a lost object is listed', () => {
  const { order, unreadable } = read({
    ...{ notes: 'undefined', receiver: { phone: '01012345678', secondPhone: 'null' } },
    dropOffAddress: { floor: 'NULL', apartment: 'null', district: '[object Object]' },
  });
  expect(order).toMatchObject({
    ...{ notes: null, product_name: null, receiver_second_phone: null },
    ...{ dropoff_floor: null, dropoff_apartment: null, dropoff_district_name: null },
  });
  expect(unreadable).toEqual(['dropoff_district_name: "[object Object]"']);
});

test('an announced fee is never called the settled one, nor stands in for one that cannot be read', () => {
  const announced = read({ shipmentFees: 92 });
  expect(announced.order).toMatchObject({ bosta_fees: 92_00, bosta_fees_source: 'shipment_fees' });
  const cashCycle = { bosta_fees: 'abc', cod: '9OO' };
  const { order, unreadable } = read({ shipmentFees: 92, cod: 0, wallet: { cashCycle } });
  expect(order).toMatchObject({ bosta_fees: null, bosta_fees_source: null, shipment_fees: 92_00 });
  expect(order.cod).toBeNull();
  expect(unreadable).toEqual(['cod: "9OO"', 'bosta_fees: "abc"']);
});

test('a shop item that came without its list is read', () => {
  expect(read({ productInfo: { title: 'Blender', quantity: 2 } }).order).toMatchObject({
    ...{ product_name: 'Blender', product_count: 2 },
  });
});

test('a shop item has its title, or a name', () => {
  expect(read({ productInfo: [{ name: 'Blender', quantity: 2 }] }).order).toMatchObject({
    ...{ product_name: 'Blender', product_count: 2 },
  });
});

test('of several shop items the names are one name, and their numbers one sum', () => {
  const productInfo = [{ title: 'Blender', quantity: 2 }, null, { title: 'Oven', quantity: '١' }];
  const { order, unreadable } = read({ productInfo });
  expect(order).toMatchObject({ product_name: 'Blender + Oven', product_count: 3 });
  expect(unreadable).toEqual([]);
});

test.each(['N/A', '-', 'None', 'لا يوجد', '…'])('"%s" describes no product', (description) => {
  const specs = { packageDetails: { description } };
  expect(read({ specs, notes: description }).order).toMatchObject({
    ...{ specs_description: description, product_name: null },
  });
  expect(read({ specs, notes: 'خلاط × 2' }).order).toMatchObject({
    ...{ product_name: 'خلاط', product_count: 2 },
  });
});

test('what comes back is described in Arabic where Bosta fills the other place with "N/A"', () => {
  const packageDetails = { description: 'N/A', descriptionAr: 'خلاط 1000 وات' };
  const { order } = read({ type: 25, returnSpecs: { packageDetails } });
  expect(order).toMatchObject({
    ...{ return_description: 'خلاط 1000 وات', product_name: 'خلاط 1000 وات' },
  });
});

test('what is listed is cut between characters, not within one', () => {
  const { unreadable } = read({ cod: `${'x'.repeat(198)}😀😀` });
  expect(unreadable[0]?.isWellFormed()).toBe(true);
});

test.each([
  [{ value: 'Customer Return Pickup' }, 25, 'Customer Return Pickup'],
  [{ code: null, value: 'Exchange' }, 30, 'Exchange'],
  [{ code: 'SEND', value: 'Send' }, 10, 'Send'],
  ['Return to Origin', 20, 'Return to Origin'],
  ['crp', 25, 'crp'],
  ['٢٥', 25, null],
])('the type %j is known by its name', (type, order_type_code, order_type_value) => {
  const { order, unreadable } = read({ type });
  expect(order).toMatchObject({ order_type_code, order_type_value });
  expect(unreadable).toEqual([]);
});

test('a type of which nobody knows the name is kept by it, and listed', () => {
  expect(read({ type: { value: 'Future Type' } })).toMatchObject({
    order: { order_type_code: null, order_type_value: 'Future Type' },
    unreadable: ['order_type_code: "Future Type"'],
  });
});

test('a state in words alone is kept, and they are no code', () => {
  expect(read({ state: 'Delivered' })).toMatchObject({
    order: { state_code: null, state_value: 'Delivered', masked_state: 'Delivered' },
    unreadable: ['state_code: "Delivered"'],
  });
  expect(read({ state: '45' }).order).toMatchObject({ state_code: 45, state_value: null });
});

test('what the full read alone tells makes a full read, unless it is empty', () => {
  const empty = { wallet: { cashCycle: null, cashout: {} }, timeline: [], maskedState: '' };
  expect(kindOf(empty)).toBe('search');
  expect(kindOf({ ...empty, maskedState: 'Delivered' })).toBe('full');
  expect(kindOf({ ...empty, timeline: [{ value: 'new' }] })).toBe('full');
  expect(kindOf({ ...empty, wallet: { cashCycle: { cod: 5 } } })).toBe('full');
  expect(kindOf(['timeline'])).toBe('search');
});

test.each(['\u200f', '\u200b', '\u2067', '\ufeff', '\u061c'])(
  'a mark that nobody sees (%j) costs no value',
  (mark) => {
    const around = (text: string) => `${mark}${text}${mark}`;
    const { order, unreadable } = read({
      ...{ cod: around('١٬٢٥٠ ج.م'), type: around('SEND'), isDelayed: around('نعم') },
      ...{ state: { code: around('45') }, scheduledAt: around('2025-11-05T07:45:51.000Z') },
      specs: { weight: around('1.5 kg'), packageDetails: { description: `${around('2')} * خلاط` } },
    });
    expect(unreadable).toEqual([]);
    expect(order).toMatchObject({
      ...{ cod: 1_250_00, order_type_code: 10, is_delayed: true, state_code: 45 },
      ...{ specs_weight: 1.5, product_name: 'خلاط', product_count: 2 },
      scheduled_at: new Date('2025-11-05T07:45:51.000Z'),
    });
  },
);
