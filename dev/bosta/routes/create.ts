import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { done, Refusal } from '../answers.ts';
import type { Changes } from '../changes.ts';
import { newDeliveryOf, readCreateRequest } from '../create-request.ts';
import type { Live } from '../live.ts';
import { newDelivery } from '../new-delivery.ts';
import { changed } from '../transition.ts';

/** Makes a delivery, as Bosta does: checked, numbered, and from then on its way. */
export function createRoute(
  app: FastifyInstance,
  { changes, live }: { changes: Changes; live: Live },
) {
  app.post('/deliveries', { config: { operation: 'create' } }, async (request) => {
    const wanted = readCreateRequest(request.body);
    const uniqueReference = wanted.uniqueBusinessReference;
    // Outlives termination, as at Bosta: a resend needs a new one.
    if (uniqueReference !== undefined && changes.isUsed(uniqueReference)) {
      throw new Refusal(400, 'A delivery with this uniqueBusinessReference already exists');
    }
    const trackingNumber = changes.nextTracking();
    const now = new Date();
    const id = randomBytes(15).toString('base64url');
    const made = newDelivery(newDeliveryOf(wanted, id, trackingNumber, now));
    const { webhookUrl: url, webhookCustomHeaders: headers = {} } = wanted;
    changes.put({
      key: trackingNumber,
      payload: changed(made, { code: 10, at: now }),
      origin: 'created',
      step: 0,
      ...(uniqueReference === undefined ? {} : { uniqueReference }),
      ...(url === undefined ? {} : { webhook: { url, headers } }),
    });
    live.keepMoving(trackingNumber);
    const { _id, businessReference, creationTimestamp } = made;
    const state = { code: 10, value: 'Pickup requested' };
    return done({
      _id,
      trackingNumber,
      businessReference,
      state,
      creationTimestamp,
      creationSrc: 'API',
    });
  });
}
