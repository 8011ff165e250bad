import { ActivityFailure, continueAsNew, workflowInfo } from '@temporalio/workflow';
import { type CaseState, isClosed, pickupIsOpen } from '../domain/case.ts';
import type { DeliveryPurpose } from '../domain/vocabulary.ts';
import { waitingFor } from '../domain/waiting.ts';
import { callOffDelivery, orderDelivery, readBack } from './activities.ts';
import { CaseDesk } from './case-desk.ts';
import type { CaseInput } from './contract.ts';

/**
 * One service case, from the request to the closure. Each chapter lasts while the
 * case is in its statuses, so a case that goes back (inspect again, a repair that
 * failed) comes through again, and one that is taken over goes on where it stood.
 */
export async function serviceCase(input: CaseInput): Promise<CaseState> {
  const desk = new CaseDesk(input);
  await open(desk);
  while (!isClosed(desk.state)) {
    await bringToTheHub(desk);
    await inspect(desk);
    await review(desk);
    await carryOut(desk);
    await deliverBack(desk);
    await sendHome(desk);
    if (workflowInfo().continueAsNewSuggested) await goOnAnew(desk);
  }
  await desk.clear();
  return desk.state;
}

async function open(desk: CaseDesk): Promise<void> {
  if (desk.state.waiting === null) await desk.tell('opened', {}, 'once');
}

/** The product comes: collected by the courier, or brought by the customer. Only the hub's scan ends this. */
async function bringToTheHub(desk: CaseDesk): Promise<void> {
  while (desk.isIn('requested', 'return_ordered', 'return_in_transit')) {
    if (desk.state.to_send === 'pickup') await makeDelivery(desk, 'pickup');
    else await waitForNews(desk);
  }
  if (isPickupUseless(desk.state)) await callOff(desk);
}

/** The product came another way while the pickup stood: the courier need not drive. */
function isPickupUseless({ pickup, scan }: CaseState): boolean {
  if (pickup === null || pickup.has_failed || scan === null) return false;
  return scan.tracking_number !== pickup.tracking_number && pickup.state_code === 10;
}

/** The hub inspects; the rule says whether a leader has to look at it. */
async function inspect(desk: CaseDesk): Promise<void> {
  while (desk.isIn('return_received', 'inspecting')) await waitForNews(desk);
}

/** The team leader decides a hard case. */
async function review(desk: CaseDesk): Promise<void> {
  while (desk.isIn('awaiting_review')) await waitForNews(desk);
}

/** The service itself: a repair, a new product, or a refund. What is for the customer is sent. */
async function carryOut(desk: CaseDesk): Promise<void> {
  while (desk.isIn('hub_confirmed', 'in_progress')) await sendOrWait(desk);
}

/** The repaired or new product is on its way; where it cannot be delivered, an agent decides. */
async function deliverBack(desk: CaseDesk): Promise<void> {
  while (desk.isIn('shipping_back')) await sendOrWait(desk);
}

/** Nothing will be done: the pickup is called off, and a product that is with us goes back to its owner. */
async function sendHome(desk: CaseDesk): Promise<void> {
  while (desk.isIn('rejected', 'cancelled') && !isClosed(desk.state)) {
    if (pickupIsOpen(desk.state)) await callOff(desk);
    else await sendOrWait(desk);
  }
}

async function sendOrWait(desk: CaseDesk): Promise<void> {
  const { to_send } = desk.state;
  if (to_send === null) await waitForNews(desk);
  else await makeDelivery(desk, to_send);
}

/** Makes the delivery at Bosta, once, however long that takes. One that Bosta refuses is for an agent to decide. */
async function makeDelivery(desk: CaseDesk, purpose: DeliveryPurpose): Promise<void> {
  const attempt = (desk.state.attempts[purpose] ?? 0) + 1;
  const order = { action_id: desk.state.action_id, purpose, attempt };
  const made = await orderDelivery.executeWithOptions(
    {
      summary: `Ask Bosta for the ${purpose.replace('_', ' ')} of HV-${order.action_id}, try ${attempt}`,
    },
    [order],
  );
  const key = `${purpose}:${attempt}`;
  if (made.reason === undefined) {
    const { reference, tracking_number } = made;
    await desk.tell('delivery_ordered', { purpose, attempt, reference, tracking_number }, key);
  } else {
    await desk.tell('delivery_refused', { purpose, attempt, reason: made.reason }, key);
  }
}

async function callOff(desk: CaseDesk): Promise<void> {
  const { pickup } = desk.state;
  if (pickup === null) return;
  const is_terminated = await callOffDelivery.executeWithOptions(
    { summary: `Call the pickup ${pickup.reference} off` },
    [pickup.reference],
  );
  await desk.tell('pickup_terminated', { is_terminated }, pickup.reference);
}

/** Waits for whatever comes next; whoever is waited for too long is reminded, and a silent courier is asked. */
async function waitForNews(desk: CaseDesk): Promise<void> {
  const waiting = waitingFor(desk.state, desk.policy);
  if (waiting === null) return;
  const left = Date.parse(waiting.until) - Date.now();
  if (await desk.happens(left, `Remind: ${waiting.what}`)) return;
  const nth = desk.state.waiting?.reminders ?? 0;
  await desk.tell('reminder', {}, `${waiting.what}:${waiting.since}:${nth}`);
  if (waiting.who === 'courier') await askTheCourier(desk);
}

/** A callback may have been lost: the delivery that is silent is read once. */
async function askTheCourier(desk: CaseDesk): Promise<void> {
  const leg = desk.state.delivery ?? desk.state.pickup;
  if (leg === null) return;
  try {
    await readBack.executeWithOptions({ summary: `Read ${leg.reference} at Bosta` }, [
      leg.tracking_number,
    ]);
  } catch (error) {
    // Bosta is away: the next reminder asks again, and every sync does.
    if (!(error instanceof ActivityFailure)) throw error;
  }
}

/** A history that has grown long ends here, and the case goes on in a new run as it stands. */
async function goOnAnew(desk: CaseDesk): Promise<void> {
  await desk.clear();
  await continueAsNew<typeof serviceCase>({ state: desk.state, policy: desk.policy });
}
