import type { FastifyRequest } from 'fastify';
import type { CaseRow } from '../../db/case-queries.ts';
import { orderByTracking } from '../../db/order-queries.ts';
import type { OrderRow } from '../../db/order-rows.ts';
import { caseOfParcel, type FoundParcel, noteUnexpectedParcel } from '../../db/scanned-parcels.ts';
import type { User } from '../../db/sessions.ts';
import { isClosed } from '../../domain/case.ts';
import { caseReference } from '../../domain/case-reference.ts';
import { isGivenUp } from '../../domain/leg.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { type Doing, doAct, postAct } from './acting.ts';
import { onlyHubOf, requireHub } from './hub.ts';
import { caseIsClosed } from './refusals.ts';

type Scan = { tracking_number: string; hub_id?: number | undefined };
type ScannedParcel = { row: CaseRow; doing: Doing<'hub_scan'> };

/** Scans a parcel at a hub: says of which case it is, when it was first scanned, and whether that was now. */
export async function scan(
  deps: Deps,
  request: FastifyRequest,
  { row, doing }: ScannedParcel,
): Promise<{ first: boolean; at: string }> {
  const before = scanOfClosed(row);
  if (before) return { first: false, at: before.at };
  const { is_repeat, at } = await doAct(deps, request, row, doing);
  return { first: !is_repeat, at };
}

/** The same for devices that do not wait: gives the message's id, where there was anybody to tell. */
export function postScan(deps: Deps, request: FastifyRequest, { row, doing }: ScannedParcel) {
  return scanOfClosed(row) ? { action_id: row.action_id } : postAct(deps, request, row, doing);
}

/** The scan of a case that is over since: a device repeats itself, and that is still no error. */
function scanOfClosed({ state }: CaseRow): CaseRow['state']['scan'] {
  return isClosed(state) ? state.scan : null;
}

/** The case of a scanned number, and what to say to it; refuses a number that no case expects, or whose case is over before it came, and notes it as an unexpected parcel. */
export async function scannedParcel(deps: Deps, user: User, body: Scan): Promise<ScannedParcel> {
  const found = await caseOfParcel(deps.sql, body.tracking_number);
  if (!found) throw await unexpected(deps, user, body);
  const { is_return, reference, ...row } = found;
  if (reference && isGivenUp(row.state, reference)) throw await lostAndFound(deps, user, body, row);
  if (isClosed(row.state) && !row.state.scan) throw await tooLate(deps, user, body, row);
  const tracking_number = is_return ? expectedNumber(found, body) : body.tracking_number;
  if (body.hub_id !== undefined) await requireHub(deps.sql, body.hub_id);
  const hub_id = body.hub_id ?? onlyHubOf(user);
  return { row, doing: { act: 'hub_scan', body, payload: () => ({ tracking_number, hub_id }) } };
}

/** The case itself knows its pickup's number and its own reference; whatever else is on the parcel stands for these. Bosta may have given its pickup another number since. */
function expectedNumber(
  { action_id, state: { pickup }, reference }: FoundParcel,
  { tracking_number }: Scan,
): string {
  const isPickup =
    pickup !== null &&
    (tracking_number === pickup.tracking_number || reference === pickup.reference);
  return isPickup ? pickup.tracking_number : caseReference(action_id);
}

const isNoted = 'noted as an unexpected parcel: open a case for it, or set it aside.';

/** A parcel that nobody announced: noted, and answered with what is known of its number. */
async function unexpected(deps: Deps, user: User, body: Scan): Promise<ApiError> {
  const sentence = `No case expects ${body.tracking_number}. It is ${isNoted}`;
  return new ApiError('PARCEL_UNEXPECTED', sentence, await noted(deps, user, body));
}

/** A parcel that comes when its case is over: lost and found, or sent though nobody waits for it any more. */
async function tooLate(deps: Deps, user: User, body: Scan, row: CaseRow): Promise<ApiError> {
  const { code, message, details } = caseIsClosed(row);
  const parcel = await noted(deps, user, body);
  return new ApiError(code, `${message} The parcel is ${isNoted}`, { ...details, ...parcel });
}

/** What a case sent its customer, and took for lost since: it waits for that no more. */
async function lostAndFound(deps: Deps, user: User, body: Scan, row: CaseRow): Promise<ApiError> {
  const { action_id, state } = row;
  const sent = `${body.tracking_number} is what ${caseReference(action_id)} sent its customer and took for lost`;
  const sentence = `${sent}${state.product === 'kept' ? ': it is for the stock' : ''}. It is ${isNoted}`;
  return new ApiError('PARCEL_UNEXPECTED', sentence, {
    action_id,
    ...(await noted(deps, user, body)),
  });
}

/** Puts an unexpected parcel on record; gives what is known of its number. */
async function noted({ sql }: Deps, user: User, body: Scan) {
  const { tracking_number } = body;
  const hub_id = await requireHub(sql, body.hub_id ?? onlyHubOf(user));
  const parcel = { return_tracking_number: tracking_number, hub_id, scanned_by: user.user_id };
  const { workflow_id, scan_timestamp } = await noteUnexpectedParcel(sql, parcel);
  const order = await orderByTracking(sql, tracking_number);
  return {
    ...{ tracking_number, confirmation_id: workflow_id, scanned_at: scan_timestamp },
    order: order ? knownOf(order) : null,
  };
}

function knownOf(order: OrderRow) {
  const { id, order_type_code, state_code, state_value, product_name } = order;
  const { receiver_full_name, receiver_phone, return_description } = order;
  return {
    ...{ id, order_type_code, state_code, state_value, product_name },
    ...{ receiver_full_name, receiver_phone, return_description },
  };
}
