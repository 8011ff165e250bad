import { isCalledOff } from '../../domain/delivery-state.ts';
import type { BostaClient } from './client.ts';
import { listedUnder } from './create-once.ts';
import { BostaError } from './errors.ts';
import { readDelivery } from './read-delivery.ts';

type Courier = Pick<BostaClient, 'terminate' | 'read' | 'search'>;

/** `is_seen` says that Bosta has shown the delivery before. */
type Ordered = { reference: string; tracking_number: string; is_seen: boolean };

/**
 * Calls a delivery off before it is collected; false where the courier has it already.
 * That Bosta does not know it is no answer yet: it "can be missing for a while"
 * (bosta-api.md), or stand under another number by now. Throws BostaError.
 */
export async function callOff(courier: Courier, delivery: Ordered): Promise<boolean> {
  const { reference, tracking_number, is_seen } = delivery;
  try {
    return await terminate(courier, tracking_number);
  } catch (error) {
    if (!(error instanceof BostaError && error.kind === 'not_found')) throw error;
    const listed = await listedUnder(courier, reference);
    if (listed === undefined && is_seen) return true;
    const now = listed === undefined ? undefined : readDelivery(listed).order;
    if (isCalledOff(now?.state_code)) return true;
    const number = now?.tracking_number ?? tracking_number;
    if (number !== tracking_number) return terminate(courier, number);
    const sentence = `It is not known whether ${reference} stands at Bosta`;
    throw new BostaError('uncertain', sentence, { cause: error });
  }
}

async function terminate(courier: Courier, trackingNumber: string): Promise<boolean> {
  try {
    await courier.terminate(trackingNumber);
    return true;
  } catch (error) {
    if (!(error instanceof BostaError && error.kind === 'refused')) throw error;
    // Refused because an earlier try had succeeded, or because it is collected: only a read tells.
    return isCalledOff(readDelivery(await courier.read(trackingNumber)).order.state_code);
  }
}
