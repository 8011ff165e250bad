import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { done, Refusal } from '../answers.ts';
import type { Changes } from '../changes.ts';
import type { Live } from '../live.ts';
import { codeAt } from '../payload.ts';
import type { Store } from '../store.ts';
import { knownDelivery } from './deliveries.ts';

const Edit = z.record(z.string(), z.unknown());
const fixedOnTheWay = ['cod', 'dropOffAddress', 'pickupAddress'];

type Parts = { store: Store; changes: Changes; live: Live };

/** Edits a delivery, or cancels one that waits for its pickup. */
export function changingRoutes(app: FastifyInstance, { store, changes, live }: Parts) {
  app.put('/deliveries/business/:trackingNumber', async (request) => {
    const { entry, payload } = knownDelivery(store, request.params, 400);
    const edit = Edit.parse(request.body);
    const isOnTheWay = (codeAt(payload, 'state') ?? 0) >= 20;
    if (isOnTheWay && fixedOnTheWay.some((field) => field in edit)) {
      throw new Refusal(400, 'COD and address cannot be edited in this state');
    }
    const { trackingNumber, _id, state, type } = payload;
    const updatedAt = new Date().toISOString();
    changes.put({
      ...entry,
      payload: { ...payload, ...edit, trackingNumber, _id, state, type, updatedAt },
    });
    return done(null);
  });

  app.delete(
    '/deliveries/business/:trackingNumber/terminate',
    { config: { operation: 'terminate' } },
    async (request) => {
      const { entry, payload } = knownDelivery(store, request.params, 400);
      if (codeAt(payload, 'state') !== 10) {
        throw new Refusal(400, 'Delivery can not be terminated in its current state');
      }
      live.set(entry, 48);
      return done(null);
    },
  );
}
