import { expect, test } from 'vitest';
import { facts, mergeFacts } from '../support/facts.ts';

test('a second phone that stood beside the first goes with it; one of its own stays', () => {
  const beside = facts(1, {
    ...{ receiver_phone_raw: 'A / B', receiver_phone: 'A', receiver_second_phone: 'B' },
  });
  const ofItsOwn = facts(1, {
    ...{ receiver_phone_raw: 'A', receiver_phone: 'A' },
    ...{ receiver_second_phone_raw: 'B', receiver_second_phone: 'B' },
  });
  const corrected = facts(2, { receiver_phone_raw: 'C', receiver_phone: 'C' });
  expect(mergeFacts(beside, corrected).order.receiver_second_phone).toBeNull();
  expect(mergeFacts(beside, facts(2, {})).order.receiver_second_phone).toBe('B');
  expect(mergeFacts(ofItsOwn, corrected).order.receiver_second_phone).toBe('B');
});

test('a second phone that stands in the notes alone is kept with them, whatever a search leaves out', () => {
  const noted = facts(1, {
    ...{ receiver_phone_raw: 'A', receiver_phone: 'A', notes: 'رقم تاني 01112345678' },
    receiver_second_phone: '201112345678',
  });
  const searched = facts(2, { receiver_phone_raw: 'A', receiver_phone: 'A' });
  const edited = facts(3, { receiver_phone_raw: 'A', receiver_phone: 'A', notes: 'هش' });
  const known = mergeFacts(noted, searched);
  expect(known.order.receiver_second_phone).toBe('201112345678');
  expect(mergeFacts(searched, noted).order.receiver_second_phone).toBe('201112345678');
  expect(mergeFacts(known, edited).order.receiver_second_phone).toBeNull();
});

test.each(['010*****678', '+2010 XXXX 5678', '٠١٠••••••٧٨', '*******5678'])(
  'a phone that is shown as %s from now on is the one that is known',
  (raw) => {
    const known = facts(1, {
      ...{ receiver_phone_raw: '01012345678 / 01112345678', receiver_phone: '201012345678' },
      receiver_second_phone: '201112345678',
    });
    const masked = facts(2, { receiver_phone_raw: raw, receiver_phone: null });
    for (const merged of [mergeFacts(known, masked), mergeFacts(masked, known)])
      expect(merged.order).toMatchObject({
        ...{ receiver_phone_raw: '01012345678 / 01112345678', receiver_phone: '201012345678' },
        receiver_second_phone: '201112345678',
      });
  },
);

test.each(['011*****678', '010*****679', '0101234567', '*****'])(
  'a phone that is shown as %s is another than the one that was known',
  (raw) => {
    const known = facts(1, { receiver_phone_raw: '01012345678', receiver_phone: '201012345678' });
    const other = facts(2, { receiver_phone_raw: raw, receiver_phone: null });
    expect(mergeFacts(known, other).order).toMatchObject({
      ...{ receiver_phone_raw: raw, receiver_phone: null },
    });
  },
);
