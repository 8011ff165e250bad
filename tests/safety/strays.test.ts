import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStrays } from '../../dev/drill/strays.ts';
import { createTally } from '../../dev/drill/tally.ts';
import { type Api, startApi, webhookSecret } from '../api/support.ts';

let api: Api;
let url: string;
beforeAll(async () => {
  api = await startApi();
  url = await api.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => api.stop());

async function strays() {
  const tally = createTally();
  const made = await createStrays({ url, webhookSecret: async () => webhookSecret }, tally);
  const verdict = async () => {
    await made.verify(api.sql, 0);
    return tally.violations();
  };
  return { ...made, tally, verdict };
}

test('the drill finds callbacks with a wrong secret refused, and would find one that was stored', async () => {
  const { forge, tally, verdict } = await strays();
  for (let nth = 0; nth < 3; nth += 1) await forge('7001', 45);
  expect(tally.of('callbacks')).toEqual([['with a wrong secret 401', 3]]);
  expect(await verdict()).toEqual([]);
  await api.sql`insert into bosta_callbacks (tracking_number, raw) values ('7001', '{"forged": true}')`;
  expect(await verdict()).toEqual(['1 callbacks with a wrong secret were stored']);
});

test.each([
  { became: 'attempts = 0', isFine: false },
  { became: 'attempts = 1', isFine: true },
  { became: 'attempts = 8, given_up_at = now()', isFine: true },
  { became: 'attempts = 8', isFine: false },
  { became: 'attempts = 1, processed_at = now()', isFine: false },
])('and ones of unknown deliveries kept, and looked for now and then: $became', async (row) => {
  await api.sql`delete from bosta_callbacks`;
  const { ofNobody, verdict } = await strays();
  await ofNobody();
  await api.sql.unsafe(`update bosta_callbacks set ${row.became}`);
  expect(await verdict()).toHaveLength(row.isFine ? 0 : 1);
});
