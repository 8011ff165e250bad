import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { deliveryNotFound, done, Refusal } from '../answers.ts';
import type { Stored } from '../journal.ts';
import { labelOf } from '../label.ts';
import { isPayload, type Payload } from '../payload.ts';
import { Search } from '../search.ts';
import type { Store } from '../store.ts';

const ByTracking = z.object({ trackingNumber: z.string() });
const Labels = z.object({
  trackingNumbers: z.union([
    z.string().transform((text) => text.split(',')),
    z.array(z.coerce.string()),
  ]),
});

/** Looks at deliveries: searches, reads one in full, prints labels. */
export function deliveryRoutes(app: FastifyInstance, { store }: { store: Store }) {
  app.post('/deliveries/search', { config: { operation: 'search' } }, async (request) => {
    const search = Search.parse(request.body ?? {});
    const { count, deliveries } = store.search(search);
    return done({ deliveries, count, page: search.page, limit: search.limit });
  });

  app.get(
    '/deliveries/business/:trackingNumber',
    { config: { operation: 'read' } },
    async (request) => done(knownDelivery(store, request.params, 404).payload),
  );

  app.post('/deliveries/mass-awb', async (request) => {
    const { trackingNumbers } = Labels.parse(request.body);
    if (trackingNumbers.length > 50) throw new Refusal(400, 'At most 50 deliveries at once', 777);
    return done(labelOf(trackingNumbers.flatMap((one) => store.find(one) ?? [])));
  });
}

/** The delivery that a path names; throws Bosta's refusal of an unknown one. */
export function knownDelivery(
  store: Store,
  params: unknown,
  statusOfUnknown: 400 | 404,
): { entry: Stored; payload: Payload } {
  const entry = store.find(ByTracking.parse(params).trackingNumber);
  if (!entry || !isPayload(entry.payload)) throw deliveryNotFound(statusOfUnknown);
  return { entry, payload: entry.payload };
}
