import { expect, test } from 'vitest';
import { read } from './read-odd.ts';

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

test('what is within an attempt, a step or a shop item and cannot be read is listed', () => {
  const { unreadable } = read({
    attempts: [{ exception: [7], star: 'Ahmed' }],
    timeline: [{ value: 'new', nextAction: { code: 3 } }],
    productInfo: ['blender', { title: { ar: 'خلاط' } }, { name: 'خلاط', quantity: 'two' }],
  });
  expect(unreadable).toEqual([
    'timeline[0].nextAction: {"code":3}',
    'attempts[0].exception: [7]',
    'productInfo[0]: "blender"',
    'productInfo[1].title: {"ar":"خلاط"}',
    'productInfo[2].quantity: "two"',
  ]);
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

test('an object in which nothing has a name that we know is listed, and an empty one says nothing', () => {
  const inner = { phone: '01012345678', fullName: 'منى' };
  const known = read({ receiver: { data: inner }, wallet: { cash: 5 }, specs: {}, star: null });
  expect(known.unreadable).toEqual([
    'wallet: {"cash":5}',
    'receiver: {"data":{"phone":"01012345678","fullName":"منى"}}',
  ]);
  const place = {
    dropOffAddress: { geoLocation: [31.2, 30] },
    returnSpecs: { packageDetails: {} },
  };
  expect(read(place).unreadable).toEqual([]);
});

test('a step whose date cannot be read is done all the same: steps to come have none', () => {
  const { timeline } = read({ timeline: [{ code: 10, date: 'yesterday' }, { code: 21 }] });
  expect(timeline.map(({ is_done }) => is_done)).toEqual([true, false]);
});
