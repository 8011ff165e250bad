import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../answers.ts';
import type { Changes } from '../changes.ts';
import { Fault, type Faults } from '../faults.ts';
import type { Stored } from '../journal.ts';
import type { Live } from '../live.ts';
import { isPayload, trackingOf } from '../payload.ts';
import type { Store } from '../store.ts';

const Filter = z.strictObject({
  reference: z.string().optional(),
  tracking: z.string().optional(),
});
const ByTracking = z.object({ tracking: z.string() });
const NewState = z.strictObject({
  code: z.number().int(),
  /** Why, with 47. */
  exception_code: z.number().int().optional(),
});

type Parts = { store: Store; changes: Changes; live: Live; faults: Faults };

/** What Bosta does not have: looking behind the scene, and moving it. */
export function controlRoutes(app: FastifyInstance, { store, changes, live, faults }: Parts) {
  app.get('/health', async () => ({ status: 'ok' }));

  app.get('/deliveries', async (request) => {
    const found = matching(store, changes, Filter.parse(request.query));
    return {
      deliveries: found.map((entry) => ({
        creations: creationsOf(store, entry),
        payload: entry.payload,
      })),
    };
  });

  app.post('/deliveries', async (request) => {
    const payloads = z.array(z.unknown()).parse(request.body);
    for (const payload of payloads) changes.put(postedEntry(store, payload));
    return { posted: payloads.length };
  });

  app.post('/deliveries/:tracking/state', async (request) => {
    const { tracking } = ByTracking.parse(request.params);
    const { code, exception_code } = NewState.parse(request.body);
    const entry = store.find(tracking);
    if (!entry || !isPayload(entry.payload))
      throw new Refusal(404, `There is no delivery ${tracking}`);
    return { payload: live.set(entry, code, exception_code).payload };
  });

  app.post('/faults', async (request) => {
    faults.add(Fault.parse(request.body));
    return { added: true };
  });

  app.delete('/faults', async () => {
    faults.clear();
    return { cleared: true };
  });
}

/** A payload as it is. One of a delivery that was made here leaves it made here: its reference stays used. */
function postedEntry(store: Store, payload: unknown): Stored {
  const key = trackingOf(payload) ?? `unnumbered-${randomUUID()}`;
  const known = store.find(key);
  return known?.origin === 'created' ? { ...known, payload } : { key, payload, origin: 'posted' };
}

function matching(
  store: Store,
  changes: Changes,
  { reference, tracking }: z.infer<typeof Filter>,
): Stored[] {
  if (tracking !== undefined) {
    const entry = store.find(tracking);
    const isWanted = entry && (reference === undefined || referenceOf(entry) === reference);
    return isWanted ? [entry] : [];
  }
  return reference === undefined ? changes.madeSinceStart() : store.withReference(reference);
}

/** How many creations took effect for the delivery's reference, or for itself where it has none. */
function creationsOf(store: Store, entry: Stored): number {
  const reference = referenceOf(entry);
  const same = typeof reference === 'string' ? store.withReference(reference) : [entry];
  return same.filter(({ origin }) => origin === 'created').length;
}

function referenceOf({ payload }: Stored): unknown {
  return isPayload(payload) ? payload.businessReference : undefined;
}
