import { z } from 'zod';
import type { BostaClient } from './client.ts';
import type { DeliveryRequest } from './delivery-request.ts';
import { BostaError } from './errors.ts';
import { created } from './schemas.ts';

export type CreatedDelivery = { deliveryId: string; trackingNumber: string };

type Courier = Pick<BostaClient, 'create' | 'search'>;

/**
 * Makes a delivery exactly once for its reference, which Bosta never takes a
 * second time. `mayHaveBeenSent` says that an earlier try ended without a clear
 * no: then Bosta is asked first. Throws BostaError; after a retryable one call
 * again with `mayHaveBeenSent`.
 */
export async function createOnce(
  courier: Courier,
  request: DeliveryRequest,
  mayHaveBeenSent = false,
): Promise<CreatedDelivery> {
  if (mayHaveBeenSent) {
    const known = await findByReference(courier, request.businessReference);
    if (known) return known;
  }
  try {
    return await courier.create(request);
  } catch (error) {
    if (!mayExist(error, mayHaveBeenSent)) throw error;
    return await lookUp(courier, request.businessReference, error);
  }
}

/** A refusal of a repeat is checked too: the code for a used reference is not documented. */
function mayExist(error: unknown, mayHaveBeenSent: boolean): error is BostaError {
  if (!(error instanceof BostaError)) return false;
  if (error.kind === 'refused') return mayHaveBeenSent;
  return error.kind === 'uncertain' || error.kind === 'duplicate_reference';
}

async function lookUp(courier: Courier, reference: string, reason: BostaError) {
  const known = await findByReference(courier, reference).catch((failure: unknown) => {
    throw undecided(reference, failure);
  });
  if (known) return known;
  if (reason.kind === 'refused') throw reason;
  // A search can lag behind a creation, so nothing found does not mean nothing made.
  throw undecided(reference, reason);
}

function undecided(reference: string, cause: unknown): BostaError {
  const retryAfterSeconds = cause instanceof BostaError ? cause.retryAfterSeconds : undefined;
  return new BostaError('uncertain', `It is not known whether Bosta made ${reference}`, {
    cause,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

const match = z.object({ businessReference: z.string() });

async function findByReference(
  courier: Courier,
  reference: string,
): Promise<CreatedDelivery | undefined> {
  const found = await listedUnder(courier, reference);
  return found === undefined ? undefined : created.safeParse(found).data;
}

/** The delivery under a reference as Bosta's search gives it, by exact comparison: nobody confirms that its filter is exact. */
export async function listedUnder(
  courier: Pick<BostaClient, 'search'>,
  reference: string,
): Promise<unknown> {
  const page = await courier.search({
    page: 1,
    limit: 50,
    sortBy: '-updatedAt',
    businessReference: reference,
  });
  return page.deliveries.find(
    (item) => match.safeParse(item).data?.businessReference.trim() === reference,
  );
}
