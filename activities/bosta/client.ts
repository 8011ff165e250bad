import type { z } from 'zod';
import { unsettled } from './answer.ts';
import { callbackHeader } from './callback.ts';
import type { DeliveryRequest } from './delivery-request.ts';
import * as wire from './schemas.ts';
import { type Call, createTransport, type TransportOptions } from './transport.ts';

type BostaClientOptions = TransportOptions & {
  /** Where Bosta reports the states of the deliveries made here, and the secret that proves it is Bosta. */
  callbackUrl?: string;
  callbackSecret?: string;
};

/** The most deliveries that Bosta shows on one page. */
export const mostOnPage = 200;

type SearchQuery = {
  page: number;
  /** At most `mostOnPage`. */
  limit: number;
  sortBy: '-updatedAt' | 'updatedAt';
  trackingNumbers?: string[];
  businessReference?: string;
};

export type BostaClient = ReturnType<typeof createBostaClient>;

/** The calls of Bosta's API v2 that the business needs. All throw BostaError; none retries. */
export function createBostaClient(options: BostaClientOptions) {
  const call = createTransport(options);
  const ask = async <T>(schema: z.ZodType<T>, request: Call): Promise<T> =>
    understood(schema, await call(request), request);

  return {
    /** One page of deliveries, each as Bosta gave it: the caller reads them one by one, so that an odd one spoils no other. */
    search: (query: SearchQuery) =>
      ask(wire.searchPage, read('search', '/deliveries/search', query)),

    /** One delivery in full, as Bosta gave it; `not_found` can also mean "not yet". */
    read: (trackingNumber: string) =>
      ask(
        wire.delivery,
        read('read', `/deliveries/business/${encodeURIComponent(trackingNumber)}`),
      ),

    /** Makes a delivery; after `uncertain` it may exist (see createOnce). */
    create: (request: DeliveryRequest) =>
      ask(wire.created, {
        name: 'create',
        changes: true,
        method: 'POST',
        path: '/deliveries?apiVersion=1',
        body: { ...request, ...callbackOf(options) },
      }),

    /** Cancels a delivery that is not yet picked up; `refused` after that. */
    terminate: async (trackingNumber: string): Promise<void> => {
      const path = `/deliveries/business/${encodeURIComponent(trackingNumber)}/terminate`;
      await call({ name: 'terminate', changes: true, method: 'DELETE', path });
    },

    /** Egypt's cities, in Bosta's own spellings. */
    cities: () => ask(wire.cities, read('cities', `/cities?countryId=${egypt}`)),

    /** The districts of one city, with their zones. */
    districts: (cityId: string) =>
      ask(wire.districts, read('districts', `/cities/${encodeURIComponent(cityId)}/districts`)),

    /** The labels of up to 50 deliveries as one PDF in base64; returns and finished deliveries do not print. */
    awb: (trackingNumbers: string[]) =>
      ask(
        wire.label,
        read('awb', '/deliveries/mass-awb', { trackingNumbers: trackingNumbers.join(',') }),
      ),
  };
}

const egypt = '60e4482c7cb7d4bc4849c4d5';

function read(name: string, path: string, body?: unknown): Call {
  const method = body === undefined ? 'GET' : 'POST';
  return { name, changes: false, method, path, ...(body === undefined ? {} : { body }) };
}

function understood<T>(schema: z.ZodType<T>, data: unknown, request: Call): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'data').slice(0, 3);
  throw unsettled('malformed', `missing or odd: ${fields.join(', ')}`, request);
}

function callbackOf({ callbackUrl, callbackSecret }: BostaClientOptions) {
  if (!callbackUrl) return {};
  const headers = callbackSecret
    ? { webhookCustomHeaders: { [callbackHeader]: callbackSecret } }
    : {};
  return { webhookUrl: callbackUrl, ...headers };
}
