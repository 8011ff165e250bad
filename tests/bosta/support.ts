import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { createBostaClient } from '../../activities/bosta/client.ts';
import { type DeliveryFacts, deliveryRequest } from '../../activities/bosta/delivery-request.ts';
import { BostaError } from '../../activities/bosta/errors.ts';
import { type StandInOptions, startStandIn } from '../../dev/bosta/stand-in.ts';
import { piastres } from '../../domain/money.ts';

const Creations = z.object({ deliveries: z.array(z.object({ creations: z.number() })) });

export const apiKey = 'a-key-that-nobody-may-see';

/** A folder that is gone with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hvar-bosta-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A stand-in that ends with the test, a client for it, and its control routes. */
export async function standInWithClient(
  options: Partial<StandInOptions> & {
    callbackUrl?: string;
    callbackSecret?: string;
    timeoutMs?: number;
  } = {},
) {
  const dataDir = options.dataDir ?? temporaryFolder();
  const standIn = await startStandIn({ deliveries: 300, slowMs: 10, ...options, apiKey, dataDir });
  onTestFinished(() => standIn.close());
  const { callbackUrl, callbackSecret, timeoutMs = 10_000 } = options;
  const client = createBostaClient({
    baseUrl: standIn.url,
    apiKey,
    timeoutMs,
    ...(callbackUrl ? { callbackUrl } : {}),
    ...(callbackSecret ? { callbackSecret } : {}),
  });
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${standIn.url}/stand-in${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    standIn,
    client,
    control,
    addFault: (operation: string, kind: string, times = 1) =>
      control('POST', '/faults', { operation, kind, times }),
    creationsOf: async (reference: string) => {
      const { body } = await control('GET', `/deliveries?reference=${reference}`);
      return Creations.parse(body).deliveries.map(({ creations }) => creations);
    },
  };
}

/** A little HTTP server that keeps the callbacks that it gets. */
export async function callbackReceiver() {
  const received: { headers: Record<string, unknown>; body: Record<string, unknown> }[] = [];
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await new Response(request).text());
    if (typeof body === 'object') received.push({ headers: request.headers, body: { ...body } });
    response.writeHead(200).end('{}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  const address = server.address();
  const { port }: Pick<AddressInfo, 'port'> =
    address !== null && typeof address === 'object' ? address : { port: 0 };
  return { url: `http://127.0.0.1:${port}/callbacks`, received };
}

/** A client whose every answer is this one. */
export function clientAnswered(status: number, body: string, headers: Record<string, string> = {}) {
  const fetch = async () => new Response(body, { status, headers });
  return createBostaClient({ baseUrl: 'https://bosta.test', apiKey, timeoutMs: 400, fetch });
}

/** The facts of a delivery to or from a customer in Nasr City. */
export function someFacts(reference: string, changes: Partial<DeliveryFacts> = {}): DeliveryFacts {
  return {
    kind: 'customer_return',
    reference,
    customer: { name: 'منى تجربة', phone: '201000000101' },
    address: { city: 'Cairo', districtId: 'dst-0101', firstLine: '12 شارع النصر' },
    parcel: { description: '1 * خلاط 1000 وات', itemsCount: 1 },
    cod: piastres(0),
    ...changes,
  };
}

/** The body of a delivery to or from that customer. */
export function someRequest(reference: string, changes: Partial<DeliveryFacts> = {}) {
  return deliveryRequest(someFacts(reference, changes));
}

/** What a call failed with; throws where it succeeded. */
export async function failureOf(call: Promise<unknown>): Promise<BostaError> {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof BostaError) return failure;
  throw new Error(`Expected a BostaError, got ${failure}`);
}
