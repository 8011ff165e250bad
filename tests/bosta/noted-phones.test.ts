import { expect, test } from 'vitest';
import { read } from './read-odd.ts';

const receiver = { phone: '01012345678' };

test.each([
  'رقم تاني 01112345678',
  'الرقم الآخر: ٠١١١٢٣٤٥٦٧٨ برجاء الاتصال',
  'موبايل تانى +20 111 234 5678',
  'رقم 2: 0111-234-5678',
  'second phone 01112345678, call before',
  'واتس 01112345678',
  'اتصل قبلها. تليفون بديل (01112345678)',
])('the second phone is read from the notes where these say that it is one: %s', (notes) => {
  const { order, unreadable } = read({ receiver, notes });
  expect(order).toMatchObject({
    receiver_phone: '201012345678',
    receiver_second_phone: '201112345678',
    notes,
  });
  expect(unreadable).toEqual([]);
});

test.each([
  'خدمة العملاء 01112345678',
  'رقم الشحنة التانية 1112345678',
  'رقم تاني للشحنة 1112345678',
  'رقم تاني 01012345678',
  'another number of pieces: 2',
])('what else the notes name is nobody’s second phone: %s', (notes) => {
  expect(read({ receiver, notes }).order.receiver_second_phone).toBeNull();
});

test('a second phone of its own is what it is, whatever the notes name', () => {
  const { order } = read({
    receiver: { ...receiver, secondPhone: '01212345678' },
    notes: 'رقم تاني 01112345678',
  });
  expect(order.receiver_second_phone).toBe('201212345678');
});

test.each([
  { phone: '01012345678 / 01112345678', secondPhone: '+201012345678' },
  { phone: '01012345678', secondPhone: '01012345678 / 01112345678' },
  { phone: '01012345678', secondPhone: '01012345678', notes: 'رقم تاني 01112345678' },
])('the first phone once more is no second one, where there is another: %j', (told) => {
  expect(read({ receiver: told, notes: told.notes }).order).toMatchObject({
    ...{ receiver_phone: '201012345678', receiver_second_phone: '201112345678' },
  });
});

test('the first phone once more is kept where there is no other', () => {
  const told = { phone: '01012345678', secondPhone: '01012345678' };
  expect(read({ receiver: told }).order.receiver_second_phone).toBe('201012345678');
});
