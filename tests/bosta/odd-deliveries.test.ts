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

test('a state that cannot be read began at no step of the timeline', () => {
  const { order } = read({
    state: { code: 'x' },
    timeline: [{ value: 'new', done: true, date: '2026-06-01T10:00:00.000Z' }],
  });
  expect(order).toMatchObject({ state_code: null, state_at: null });
});

test('a list that stands under a name of its own is the list', () => {
  const steps = [{ value: 'new', done: true }, { value: 'delivered' }];
  const found = read({
    timeline: { steps },
    attempts: { items: [{ type: 'delivery', state: 3 }] },
  });
  expect(found.timeline.map((step) => step.event_value)).toEqual(['new', 'delivered']);
  expect(found.order.attempts_count).toBe(1);
});

test('a step of the timeline has its time where its date is empty', () => {
  const [step] = read({ timeline: [{ date: '', timestamp: '2026-06-01T10:00:00Z' }] }).timeline;
  expect(step).toMatchObject({ event_date: new Date('2026-06-01T10:00:00Z'), is_done: true });
});

test('a list that came as an object of numbered entries is that list', () => {
  const timeline = { 0: { value: 'new', done: true }, 1: { value: 'delivered', done: false } };
  const attempts = { 0: { type: 'delivery', state: 2 } };
  const found = read({ timeline, attempts });
  expect(found.timeline.map((step) => step.event_value)).toEqual(['new', 'delivered']);
  expect(found.order.attempts).toMatchObject([{ type: 'delivery', state: 2 }]);
});

test('why it failed is known too where it came as a text', () => {
  const { order } = read({
    state: { code: 47, exception: ['Refused', { code: 3, reason: 'Absent' }] },
    attempts: [{ state: 2, exception: 'العميل لا يرد' }],
  });
  expect(order).toMatchObject({ exception_code: null, exception_reason: 'Refused' });
  expect(order.attempts).toMatchObject([{ exception_reason: 'العميل لا يرد' }]);
});

test('what is within an attempt or a step and cannot be read is listed', () => {
  const { unreadable } = read({
    attempts: [{ exception: [7], star: 'Ahmed' }],
    timeline: [{ value: 'new', nextAction: { code: 3 } }],
    productInfo: 'blender',
  });
  expect(unreadable).toEqual([
    'timeline[0].nextAction: {"code":3}',
    'attempts[0].exception: [7]',
    'productInfo: "blender"',
  ]);
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

test('an entry that says nothing is none, and takes no place', () => {
  const steps = [null, { value: 'new', done: true }, {}, '', { value: 'delivered' }];
  const found = read({ timeline: steps, attempts: {}, attemptsCount: 2, state: { exception: {} } });
  expect(found.timeline.map((step) => [step.sequence_order, step.event_value])).toEqual([
    [1, 'new'],
    [2, 'delivered'],
  ]);
  expect(found.order).toMatchObject({ attempts: null, attempts_count: 2, exceptions: null });
  expect(found.unreadable).toEqual([]);
});

test('an object, or an entry of a list, in which nothing has a name that we know is listed', () => {
  const found = read({
    dropOffAddress: { district: { label: 'Degla' } },
    state: { code: 24, receivedAtWarehouse: { at: 5 }, exception: [{ why: 'Refused' }] },
    ...{ attempts: { total: 2, list: [{ state: 2 }] }, attemptsCount: 2 },
    timeline: [{ value: 'new', done: true }, { step: 'delivered' }, { value: null, date: '' }],
  });
  expect(found.order).toMatchObject({
    ...{ attempts: null, attempts_count: 2, exceptions: null },
  });
  expect(found.timeline.map((step) => step.event_value)).toEqual(['new']);
  expect(found.unreadable).toEqual([
    'dropoff_district_name: {"label":"Degla"}',
    'received_at_warehouse: {"at":5}',
    'timeline[1]: {"step":"delivered"}',
    'state.exception[0]: {"why":"Refused"}',
    'attempts[0]: {"total":2,"list":[{"state":2}]}',
  ]);
});

test('a list whose places are numbered from one is that list', () => {
  const { timeline } = read({ timeline: { 1: { value: 'new' }, 2: { value: 'delivered' } } });
  expect(timeline.map((step) => step.event_value)).toEqual(['new', 'delivered']);
});

test('of several exceptions the latest is by its time, whatever their order', () => {
  const exception = [
    { code: 3, reason: 'Postponed', time: '2026-01-01T10:00:00Z' },
    { code: 8, reason: 'Refused', time: 'Wed Jan 07 2026 10:00:00 GMT+0000' },
    { code: 1, reason: 'Absent', time: 1_767_348_000_000 },
    { code: 7, reason: 'No answer' },
  ];
  const { order } = read({ state: { code: 47, exception } });
  expect(order).toMatchObject({ exception_code: 8, exception_reason: 'Refused' });
  expect(order.state_at?.toISOString()).toBe('2026-01-07T10:00:00.000Z');
  expect(order.exceptions?.map(({ code }) => code)).toEqual([3, 8, 1, 7]);
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
