import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { takeApart } from '../../activities/take-apart.ts';
import { takeIn } from '../../activities/take-in.ts';
import { many } from '../../db/query.ts';
import { type IngestLab, ingestLab, payload } from './lab.ts';

let lab: IngestLab;
beforeAll(async () => {
  lab = await ingestLab();
});
afterAll(() => lab.drop());

/** A delivery at which the reading of its goods meets what nobody foresaw. */
function unforeseen(trackingNumber: string) {
  const written = payload(trackingNumber);
  return {
    ...written,
    toJSON: () => written,
    get specs() {
      throw new TypeError('goods.trim is not a function');
    },
  };
}

test('a delivery at which the program itself fails costs no other one, and is kept as such', async () => {
  const erred: unknown[] = [];
  const taken = await takeIn(
    lab.sql,
    [payload('U-1'), unforeseen('U-2'), payload('U-3')],
    {
      ...{ kind: 'search', read_at: new Date(), page: 1 },
      erred: (error, trackingNumber) => erred.push([error.name, trackingNumber]),
    },
    new Date(),
  );
  expect(taken).toEqual({ read: 3, changed: 2, failed: 1 });
  expect(erred).toEqual([['TypeError', 'U-2']]);
  const kept = await many(
    z.object({ tracking_number: z.string(), reason: z.string() }),
    lab.sql`select tracking_number, reason from sync_failures`,
  );
  const reason = 'The program failed at it, TypeError: goods.trim is not a function';
  expect(kept).toEqual([{ tracking_number: 'U-2', reason }]);
});

test('a reason that no column can take ends no batch', async () => {
  const odd = unforeseen('U-4');
  Object.defineProperty(odd, 'specs', {
    get: () => {
      throw new TypeError('"\0\ud800" is not a function');
    },
  });
  expect(await lab.take([odd])).toEqual({ read: 1, changed: 0, failed: 1 });
});

describe('of a batch that cannot be written', () => {
  /** Takes 1 to 9 in; the batch that holds `bad` fails with `error`. */
  async function taking(bad: number, error: Error) {
    const [taken, failed]: [number[], number[]] = [[], []];
    const way = {
      take: async (batch: readonly number[]) => {
        if (batch.includes(bad)) throw error;
        taken.push(...batch);
        return batch.length;
      },
      fail: async (one: number) => {
        failed.push(one);
      },
    };
    const news = await takeApart([1, 2, 3, 4, 5, 6, 7, 8, 9], way);
    return { news, taken, failed };
  }

  test.each([
    new TypeError('x is undefined'),
    new RangeError('9007199254740993 does not fit a safe integer'),
    Object.assign(new Error('value too long'), { code: '22001' }),
  ])('all but the delivery at fault are taken in: %s', async (error) => {
    expect(await taking(4, error)).toEqual({
      ...{ news: 8, failed: [4] },
      taken: [1, 2, 3, 5, 6, 7, 8, 9],
    });
  });

  test.each([
    Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' }),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' }),
    Object.assign(new Error('deadlock detected'), { code: '40P01' }),
    Object.assign(new Error('could not extend file'), { code: '53100' }),
    Object.assign(new Error('column "x" does not exist'), { code: '42703' }),
    new Error('The thread that compresses has died'),
  ])('none is at fault where there is trouble: %s', async (error) => {
    await expect(taking(4, error)).rejects.toBe(error);
  });
});
