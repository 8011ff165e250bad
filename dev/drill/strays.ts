import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { callbackHeader } from '../../activities/bosta/callback.ts';
import { maxAttempts } from '../../db/callbacks.ts';
import type { Sql } from '../../db/client.ts';
import { many, one } from '../../db/query.ts';
import type { DrillPlatform } from './platform.ts';
import type { Tally } from './tally.ts';

const patienceMs = 5_000;
/** No delivery of the stand-in's has such a number. */
const numberOfNobody = (nth: number) => `990000${String(nth).padStart(4, '0')}`;
const counted = z.object({ count: z.number() });
const kept = z.object({
  tracking_number: z.string(),
  attempts: z.number(),
  is_processed: z.boolean(),
  is_given_up: z.boolean(),
  is_order: z.boolean(),
});

export type Strays = Awaited<ReturnType<typeof createStrays>>;

/** Callbacks that nobody should believe: with a wrong secret, and of deliveries that Bosta does not know. */
export async function createStrays(
  platform: Pick<DrillPlatform, 'url' | 'webhookSecret'>,
  tally: Tally,
) {
  const secret = await platform.webhookSecret();
  const stored: string[] = [];
  let nth = 0;

  /** The status of the answer; 0 where nobody answered, 503 where the database is away. */
  async function call(body: object, given: string): Promise<number> {
    const answer = await fetch(`${platform.url}/api/webhooks/bosta`, {
      ...{ method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(patienceMs) },
      headers: { 'content-type': 'application/json', [callbackHeader]: given },
    }).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.status ?? 0;
  }

  return {
    /** Somebody who does not have the secret says that a delivery of a case has ended. */
    async forge(tracking: string, code: number): Promise<void> {
      nth += 1;
      const wrong = ['', 'a guess', `${secret}x`][nth % 3] ?? '';
      const body = { trackingNumber: tracking, state: code, timeStamp: Date.now(), forged: true };
      const status = await call(body, wrong);
      tally.count('callbacks', `with a wrong secret ${status}`);
      if (status !== 0 && status !== 401)
        tally.violated(`a callback with a wrong secret was answered ${status}`);
    },

    /** Bosta tells of a delivery that it then does not know. */
    async ofNobody(): Promise<void> {
      nth += 1;
      const trackingNumber = numberOfNobody(nth);
      const status = await call({ trackingNumber, state: 45, timeStamp: Date.now() }, secret);
      tally.count('callbacks', `of unknown deliveries ${status}`);
      if (status === 200) stored.push(trackingNumber);
      else if (status !== 0 && status !== 503)
        tally.violated(`a callback of an unknown delivery was answered ${status}`);
    },

    /** What must hold in the end: of the forged ones nothing is stored; the others are kept, were looked for a bounded number of times (in `withinMs`, where a worker died over one), and made no order. */
    async verify(sql: Sql, withinMs = 90_000): Promise<void> {
      const { count } = await one(
        counted,
        sql`select count(*) from bosta_callbacks where raw ->> 'forged' is not null`,
      );
      if (count > 0) tally.violated(`${count} callbacks with a wrong secret were stored`);
      const until = Date.now() + withinMs;
      let wrong = await wronglyKept(sql, stored);
      while (wrong.length > 0 && Date.now() < until) {
        await sleep(1_000);
        wrong = await wronglyKept(sql, stored);
      }
      for (const sentence of wrong) tally.violated(sentence);
    },
  };
}

/** Callbacks of unknown deliveries that are lost, were believed, or not looked for as they should be. */
async function wronglyKept(sql: Sql, numbers: readonly string[]): Promise<string[]> {
  const rows = await many(
    kept,
    sql`select c.tracking_number, c.attempts, c.processed_at is not null as is_processed,
        c.given_up_at is not null as is_given_up, o.id is not null as is_order
      from bosta_callbacks c left join orders o using (tracking_number)
      where c.tracking_number = any(${[...numbers]})`,
  );
  return numbers.flatMap((number) => {
    const row = rows.find(({ tracking_number }) => tracking_number === number);
    return isBounded(row)
      ? []
      : [`the callback of ${number}, which is unknown: ${JSON.stringify(row)}`];
  });
}

function isBounded(row: z.infer<typeof kept> | undefined): boolean {
  if (row === undefined || row.is_processed || row.is_order) return false;
  const { attempts, is_given_up } = row;
  return attempts >= 1 && attempts <= maxAttempts && is_given_up === (attempts === maxAttempts);
}
