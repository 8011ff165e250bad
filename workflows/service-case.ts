import { ActivityFailure, continueAsNew, workflowInfo } from '@temporalio/workflow';
import { type CaseState, isClosed, type Wait } from '../domain/case.ts';
import { caseReference, nextAttempt, purposeOf } from '../domain/case-reference.ts';
import type { DeliveryPurpose } from '../domain/vocabulary.ts';
import { partiesOf, remindedAt } from '../domain/waiting.ts';
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
    await tidyUp(desk);
  }
  await desk.clear();
  return desk.state;
}

async function open(desk: CaseDesk): Promise<void> {
  if (desk.state.waiting === null) await desk.tell('opened', {}, 'once');
}

/** The product comes: collected by the courier, or brought by the customer. Only the hub's scan ends this. */
async function bringToTheHub(desk: CaseDesk): Promise<void> {
  while (desk.isIn('requested', 'return_ordered', 'return_in_transit')) await goOn(desk);
}

/** The hub inspects; the rule says whether a leader has to look at it. */
async function inspect(desk: CaseDesk): Promise<void> {
  while (desk.isIn('return_received', 'inspecting')) await goOn(desk);
}

/** The team leader decides a hard case. */
async function review(desk: CaseDesk): Promise<void> {
  while (desk.isIn('awaiting_review')) await goOn(desk);
}

/** The service itself: a repair, a new product, or a refund. What is for the customer is sent. */
async function carryOut(desk: CaseDesk): Promise<void> {
  while (desk.isIn('hub_confirmed', 'in_progress')) await goOn(desk);
}

/** The repaired or new product is on its way; where it cannot be delivered, an agent decides. */
async function deliverBack(desk: CaseDesk): Promise<void> {
  while (desk.isIn('shipping_back')) await goOn(desk);
}

/** The outcome stands. What nobody needs any more is called off, and a product that is with us goes back to its owner. */
async function tidyUp(desk: CaseDesk): Promise<void> {
  while (desk.isIn('completed', 'rejected', 'cancelled', 'failed') && !isClosed(desk.state)) {
    await goOn(desk);
  }
}

/** What is due at Bosta is done; else the case waits for whatever comes next. */
function goOn(desk: CaseDesk): Promise<void> {
  const { to_call_off, to_send } = desk.state;
  if (to_call_off) return callOff(desk, to_call_off);
  return to_send ? makeDelivery(desk, to_send) : waitForNews(desk);
}

/** Makes the delivery at Bosta, once, however long that takes. One that Bosta refuses is for an agent to decide. */
async function makeDelivery(desk: CaseDesk, purpose: DeliveryPurpose): Promise<void> {
  const attempt = nextAttempt(desk.state, purpose);
  const order = { action_id: desk.state.action_id, purpose, attempt };
  const what = purpose.replace('_', ' ');
  const summary = `Ask Bosta for the ${what} of ${caseReference(order.action_id)}, try ${attempt}`;
  const made = await patiently(desk, orderDelivery.executeWithOptions({ summary }, [order]));
  const key = `${purpose}:${attempt}`;
  if (made.reason === undefined) {
    const { reference, tracking_number } = made;
    await desk.tell('delivery_ordered', { purpose, attempt, reference, tracking_number }, key);
  } else {
    await desk.tell('delivery_refused', { purpose, attempt, reason: made.reason }, key);
  }
}

/** Calls off a pickup or delivery that nobody needs any more. Where it is not known whether Bosta has made it, that is settled first. */
async function callOff(desk: CaseDesk, reference: string): Promise<void> {
  const { pickup, delivery } = desk.state;
  const purpose = purposeOf(reference) ?? 'pickup';
  const isPickup = purpose === 'pickup';
  const known = isPickup ? pickup : delivery;
  if (known?.reference !== reference) return makeDelivery(desk, purpose);
  const summary = `Call ${reference} off`;
  const asked = callOffDelivery.executeWithOptions({ summary }, [reference]);
  const is_terminated = await patiently(desk, asked);
  const act = isPickup ? 'pickup_terminated' : 'delivery_terminated';
  // Bosta may be asked again for the same one, after the courier has missed the customer once more.
  await desk.tell(act, { is_terminated }, `${reference}:${desk.state.steps ?? 0}`);
}

/** In milliseconds. Who is asked answers sooner, mostly: the case is then never seen waiting. */
const atOnce = 5_000;

/** However long Bosta takes to answer: whoever waits for that is reminded meanwhile. */
async function patiently<T>(desk: CaseDesk, asked: Promise<T>): Promise<T> {
  let isAnswered = false;
  const note = () => {
    isAnswered = true;
  };
  void asked.then(note, note);
  await desk.happens(atOnce, 'Bosta answers', () => isAnswered);
  while (!isAnswered && !isClosed(desk.state)) await remindInTime(desk, () => isAnswered);
  return asked;
}

/** Waits for whatever comes next; a courier who stays silent for too long is asked. */
async function waitForNews(desk: CaseDesk): Promise<void> {
  if (workflowInfo().continueAsNewSuggested) await goOnAnew(desk);
  const { waiting } = desk.state;
  if ((await remindInTime(desk)) && waiting && isSaidByTheCourier(waiting)) {
    await askTheCourier(desk);
  }
}

/** Whether a read at Bosta can end or change this wait: he is on his way, or is said to have come. */
function isSaidByTheCourier({ what }: Wait): boolean {
  return what === 'scan' || partiesOf(what).who === 'courier';
}

/** Waits for news until whoever is waited for has to be reminded; says whether that was so. */
async function remindInTime(desk: CaseDesk, isEnough?: () => boolean): Promise<boolean> {
  desk.show();
  const { waiting } = desk.state;
  if (waiting === null) return false;
  const { what, since } = waiting;
  const left = Date.parse(remindedAt(waiting, desk.policy)) - desk.now();
  if (await desk.happens(left, `Remind: ${what}`, isEnough)) return false;
  const nth = desk.state.waiting?.reminders ?? 0;
  await desk.tell('reminder', { what, since }, `${what}:${since}:${nth}`);
  return true;
}

/** A callback may have been lost: the delivery that is silent is read once. */
async function askTheCourier(desk: CaseDesk): Promise<void> {
  const leg = desk.state.delivery ?? desk.state.pickup;
  if (!leg?.tracking_number) return;
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
