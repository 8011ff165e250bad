import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createBostaClient } from '../../activities/bosta/client.ts';
import { type StandInOptions, startStandIn } from '../../dev/bosta/stand-in.ts';

const deliveries = z.object({
  deliveries: z.array(
    z.object({
      creations: z.number(),
      payload: z.looseObject({ state: z.looseObject({ code: z.number() }) }),
    }),
  ),
});

export type Courier = Awaited<ReturnType<typeof startCourier>>;

/** A stand-in of the test's own with its controls in hand, and a client of it. */
export async function startCourier({
  timeoutMs = 5_000,
  ...options
}: Omit<StandInOptions, 'dataDir' | 'apiKey'> & { timeoutMs?: number }) {
  const dataDir = await mkdtemp(join(tmpdir(), 'hvar-bosta-'));
  const apiKey = 'the-key-of-the-tests';
  const standIn = await startStandIn({ dataDir, apiKey, ...options });
  const client = createBostaClient({
    ...{ baseUrl: standIn.url, apiKey, timeoutMs },
    ...(options.webhookUrl ? { callbackUrl: options.webhookUrl } : {}),
    ...(options.webhookSecret ? { callbackSecret: options.webhookSecret } : {}),
  });

  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${standIn.url}/stand-in${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`The stand-in answered ${answer.status} to ${path}`);
    return answer.json();
  };
  const all = async (query: string) =>
    deliveries.parse(await control('GET', `/deliveries?${query}`)).deliveries;
  const find = async (query: string) => (await all(query))[0];

  return {
    client,
    /** Brings a delivery into a state, as its courier would. */
    move: (tracking: string, code: number) =>
      control('POST', `/deliveries/${tracking}/state`, { code }),
    /** Puts payloads there as they are, however odd; they are first in the next search. */
    post: (payloads: unknown[]) => control('POST', '/deliveries', payloads),
    fault: (fault: object) => control('POST', '/faults', fault),
    clearFaults: () => control('DELETE', '/faults'),
    /** All that was made or changed since the start, each with the times it was created and its state. */
    all: async () =>
      (await all('')).map(({ creations, payload }) => ({ creations, state: payload.state.code })),
    /** A delivery as Bosta shows it; fails where there is none. */
    payloadOf: async (tracking: string) => {
      const found = await find(`tracking=${tracking}`);
      if (!found) throw new Error(`The stand-in has no ${tracking}`);
      return found.payload;
    },
    creations: async (reference: string) => (await find(`reference=${reference}`))?.creations,
    stateOf: async (tracking: string) => (await find(`tracking=${tracking}`))?.payload.state.code,
    stop: async () => {
      await standIn.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
