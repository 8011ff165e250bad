import { setTimeout as sleep } from 'node:timers/promises';
import { type CheckedDelivery, checkedDeliveries } from '../db/checked-deliveries.ts';
import type { AnySql } from '../db/client.ts';
import { actionIdOf, purposeOf } from '../domain/case-reference.ts';
import {
  deliveryTypes,
  isBackWithBusiness,
  isOnItsWayToHub,
  isSettled,
} from '../domain/delivery-state.ts';
import type { Difference } from '../domain/difference.ts';
import type { BostaOrder } from '../domain/order-columns.ts';
import { type BostaClient, mostOnPage } from './bosta/client.ts';
import { readDelivery, UnidentifiableDelivery } from './bosta/read-delivery.ts';

/** What Bosta has not changed for this long is over for both sides. */
const checkedDays = 45;
/** Three syncs: a change that is older, and not known here, has been missed. */
const heardWithinMs = 15 * 60_000;

export type CheckedPage = { differences: Difference[]; is_last: boolean };

/** Compares one page of Bosta's deliveries, the newest change first, with what the cases know of theirs. */
export async function checkBostaPage(
  { sql, bosta }: { sql: AnySql; bosta: BostaClient },
  page: number,
  now = new Date(),
): Promise<CheckedPage> {
  const { deliveries } = await bosta.search({ page, limit: mostOnPage, sortBy: '-updatedAt' });
  const orders = deliveries.flatMap(identifiable);
  const ours = orders.filter((order) => purposeOf(referenceIn(order)) !== undefined);
  const known = await checkedDeliveries(sql, ours.map(referenceIn));
  const byReference = new Map(known.map((row) => [row.reference, row]));
  const since = now.getTime() - checkedDays * 86_400_000;
  return {
    differences: ours.flatMap((order) => compare(order, byReference.get(referenceIn(order)), now)),
    is_last:
      deliveries.length === 0 || orders.some(({ bosta_updated_at: at }) => at && +at < since),
  };
}

function identifiable(raw: unknown): BostaOrder[] {
  try {
    return [readDelivery(raw).order];
  } catch (error) {
    // The sync keeps and counts it; without a reference that can be read it is no case's.
    if (error instanceof UnidentifiableDelivery) return [];
    throw error;
  }
}

function referenceIn(order: BostaOrder): string {
  return (order.unique_business_reference ?? order.business_reference ?? '').trim();
}

function compare(order: BostaOrder, known: CheckedDelivery | undefined, now: Date): Difference[] {
  const problem =
    problemOf(order, known) ?? otherAmount(order, known) ?? missedChange(order, known, now);
  if (problem === undefined) return [];
  const reference = referenceIn(order);
  return [
    {
      area: 'delivery',
      action_id: known?.action_id ?? actionIdOf(reference) ?? null,
      problem: `${reference} (${order.tracking_number}) ${problem}`,
    },
  ];
}

function problemOf(
  { id, tracking_number, state_code }: BostaOrder,
  known: CheckedDelivery | undefined,
): string | undefined {
  if (!known) return 'stands at Bosta, and no case knows it';
  if (known.tracking_number === null) return 'stands at Bosta, and its case has not heard of it';
  // Under another number it is still the same, by Bosta's id.
  if (known.tracking_number !== tracking_number && known.delivery_id !== id)
    return `stands at Bosta a second time: the case knows ${known.tracking_number}`;
  if (!known.is_closed) return undefined;
  const { purpose, is_scanned, is_current } = known;
  if (purpose === 'pickup' && !is_scanned) {
    if (isOnItsWayToHub(state_code) || isBackWithBusiness(state_code))
      return 'was collected for a case that was closed without it';
    if (!isSettled(state_code)) return 'is still to be collected for a case that is closed';
  }
  return isSettled(state_code) || is_current ? undefined : 'is still open, and its case is closed';
}

/** What a delivery turns into on its way back collects nothing any more, and what has ended has collected it. */
function otherAmount(
  { cod, order_type_code, state_code }: BostaOrder,
  known: CheckedDelivery | undefined,
): string | undefined {
  if (!known || cod === null || cod === known.cod) return undefined;
  if (order_type_code !== deliveryTypes.send || isSettled(state_code)) return undefined;
  return `collects ${cod} piastres at Bosta, and was asked to collect ${known.cod}`;
}

function missedChange(
  { state_code, bosta_updated_at }: BostaOrder,
  known: CheckedDelivery | undefined,
  now: Date,
): string | undefined {
  if (state_code === null || bosta_updated_at === null) return undefined;
  const isFresh = now.getTime() - bosta_updated_at.getTime() < heardWithinMs;
  if (isFresh || known?.state_code === state_code) return undefined;
  return `is in state ${state_code} at Bosta, and in ${known?.state_code ?? 'none'} here`;
}

/** All pages as of `now`, one after the other, with a pause between that keeps Bosta's rate; `callsPerSecond` of one caller. */
export async function checkBosta(
  deps: { sql: AnySql; bosta: BostaClient },
  callsPerSecond: number,
  now = new Date(),
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (let page = 1; ; page++) {
    const { differences, is_last } = await checkBostaPage(deps, page, now);
    found.push(...differences);
    if (is_last) return found;
    await sleep(1_000 / callsPerSecond);
  }
}
