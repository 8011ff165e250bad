import { expect, test } from 'vitest';
import { z } from 'zod';
import { moment } from '../../db/query.ts';

test.each([
  ['a column', new Date('2026-06-01T10:00:00.123Z')],
  ['JSON of Postgres', '2026-06-01T10:00:00.123456+00:00'],
])('a moment is read from %s', (_, value) => {
  expect(moment.parse(value)).toEqual(new Date('2026-06-01T10:00:00.123Z'));
});

test.each([null, undefined, 0, 'soon'])('%s is no moment, nor the year 1970', (value) => {
  expect(moment.safeParse(value).success).toBe(false);
  expect(z.object({ at: moment.nullable() }).parse({ at: null })).toEqual({ at: null });
});
