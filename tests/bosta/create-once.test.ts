import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BostaClient, createBostaClient } from '../../activities/bosta/client.ts';
import { createOnce } from '../../activities/bosta/create-once.ts';
import { BostaError } from '../../activities/bosta/errors.ts';
import { apiKey, failureOf, someRequest, standInWithClient } from './support.ts';

const emptySuccess = readFileSync(
  new URL('../fixtures/bosta/created-without-id.json', import.meta.url),
  'utf8',
);

/** As a workflow does it: again after every retryable error, and from the second try on with a look first. */
async function insistently(client: BostaClient, reference: string) {
  for (let attempt = 1; attempt <= 8; attempt++) {
    try {
      return await createOnce(client, someRequest(reference), attempt > 1);
    } catch (error) {
      if (!(error instanceof BostaError) || !error.retryable) throw error;
    }
  }
  throw new Error(`${reference} was not made in 8 tries`);
}

const kinds = ['error_500', 'rate_limit', 'timeout_after', 'timeout_before', 'malformed'] as const;

test.each(kinds)('one delivery is made when its creation meets %s', async (kind) => {
  const { client, addFault, creationsOf } = await standInWithClient({ timeoutMs: 300 });
  await addFault('create', kind);
  const made = await insistently(client, 'HV-1-P1');
  expect(await creationsOf('HV-1-P1')).toEqual([1]);
  expect(await client.read(made.trackingNumber)).toMatchObject({ businessReference: 'HV-1-P1' });
});

test('one delivery is made whatever goes wrong with creating and searching, in any order', {
  timeout: 60_000,
}, async () => {
  const { client, control, addFault, creationsOf } = await standInWithClient({
    deliveries: 10,
    timeoutMs: 300,
  });
  const fault = fc.tuple(fc.constantFrom('create', 'search'), fc.constantFrom(...kinds));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 2, maxLength: 4 }), async (faults) => {
      const reference = `HV-${++run}-P1`;
      for (const [operation, kind] of faults) await addFault(operation, kind);
      await insistently(client, reference);
      expect(await creationsOf(reference)).toEqual([1]);
      await control('DELETE', '/faults');
    }),
    { numRuns: 10 },
  );
});

test('a success with empty data is looked up, not sent again', async () => {
  const { standIn, creationsOf } = await standInWithClient();
  const client = createBostaClient({
    baseUrl: standIn.url,
    apiKey,
    timeoutMs: 10_000,
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      return String(input).includes('apiVersion') ? new Response(emptySuccess) : answer;
    },
  });
  expect(await createOnce(client, someRequest('HV-1-P1'))).toHaveProperty('trackingNumber');
  expect(await creationsOf('HV-1-P1')).toEqual([1]);
});

test('an unclear answer whose search finds nothing yet is left undecided, to be tried again', async () => {
  const { client } = await standInWithClient();
  const lagging = {
    create: () => Promise.reject(new BostaError('uncertain', 'no answer')),
    search: client.search,
  };
  expect(await failureOf(createOnce(lagging, someRequest('HV-1-P1')))).toMatchObject({
    kind: 'uncertain',
    retryable: true,
  });
});

test('a search that answers with other references is not believed', async () => {
  const { client, creationsOf } = await standInWithClient();
  const vague = {
    create: client.create,
    search: async () => ({
      deliveries: [{ trackingNumber: '1', businessReference: 'HV-1-P11' }],
      count: 1,
    }),
  };
  expect(await createOnce(vague, someRequest('HV-1-P1'), true)).not.toHaveProperty(
    'trackingNumber',
    '1',
  );
  expect(await creationsOf('HV-1-P1')).toEqual([1]);
});

test('a refusal is final, and makes nothing', async () => {
  const { client, creationsOf } = await standInWithClient();
  const request = someRequest('HV-1-P1', {
    address: { city: 'Nowhere', districtId: 'x', firstLine: '12 street' },
  });
  expect(await failureOf(createOnce(client, request, true))).toMatchObject({ errorCode: 3001 });
  expect(await creationsOf('HV-1-P1')).toEqual([]);
});
