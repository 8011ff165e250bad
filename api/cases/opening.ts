import { noSuchProduct, type Product, productByName, productBySku } from '../../db/catalogue.ts';
import type { AnySql, TransactionSql } from '../../db/client.ts';
import { customerByPhone } from '../../db/customer-queries.ts';
import { onceForKey } from '../../db/idempotency.ts';
import { insertCase, type NewCase } from '../../db/new-cases.ts';
import { orderById, orderByTracking } from '../../db/order-queries.ts';
import type { OrderRow } from '../../db/order-rows.ts';
import { currentPolicy } from '../../db/policies.ts';
import type { User } from '../../db/sessions.ts';
import { fullName } from '../../domain/name-likeness.ts';
import type { Deps } from '../deps.ts';
import { ApiError, invalidField } from '../errors.ts';
import { keyReused } from '../plugins/idempotency.ts';
import type { CaseOpening } from '../schemas/case-opening.ts';
import { addressInOrder, knownAddress, nextErrand, usableAddress } from './address.ts';
import { openWorkflow } from './engine.ts';
import { onlyHubOf, requireHub } from './hub.ts';
import { requireCase } from './view.ts';

/** Opens a case once for each key: stored first, then started, and answered when its workflow has recorded it. */
export async function openNewCase(
  deps: Deps,
  { key, body, user }: { key: string; body: CaseOpening; user: User },
): Promise<{ actionId: number; isNew: boolean }> {
  const { version } = await currentPolicy(deps.sql);
  const request = { route: 'POST /api/service-actions', key, body, by: user.user_id };
  const opened = await deps.sql.begin((tx) =>
    onceForKey(tx, request, async () => insertCase(tx, await factsOf(tx, body, user, version))),
  );
  if (opened.is === 'reused' || opened.id === null) throw keyReused();
  const row = await requireCase(deps, opened.id);
  // A case that waits for somebody has been opened before: its workflow need not be asked again.
  if (row.state.waiting === null) await openWorkflow(deps, row);
  return { actionId: opened.id, isNew: opened.is === 'made' };
}

/** All that is stored of a new case; refuses what does not hold together. */
async function factsOf(
  tx: TransactionSql,
  body: CaseOpening,
  user: User,
  policy_version: number,
): Promise<NewCase> {
  const order = await orderOf(tx, body);
  const { action_type, priority, return_method, service_reason } = body;
  return {
    ...{ action_type, priority, return_method, service_reason, policy_version },
    action_subtype: body.action_subtype ?? null,
    hub_id: await requireHub(tx, body.hub_id ?? onlyHubOf(user)),
    main_order_id: order?.id ?? null,
    ...(await productOf(tx, body, order)),
    ...(await customerOf(tx, body, order)),
    faulty_serial_number: body.serial_number ?? null,
    notes: body.notes ?? null,
    address: await addressOf(tx, body, order),
    created_by: user.user_id,
  };
}

async function orderOf(tx: AnySql, body: CaseOpening): Promise<OrderRow | undefined> {
  const { main_order_id: id, main_tracking_number: tracking } = body;
  if (id === undefined && tracking === undefined) return undefined;
  const order =
    id === undefined ? await orderByTracking(tx, tracking ?? '') : await orderById(tx, id);
  if (order && (tracking === undefined || order.tracking_number === tracking)) return order;
  throw new ApiError('ORDER_NOT_FOUND', 'There is no such order: look it up by GET /api/orders.');
}

async function productOf(tx: AnySql, body: CaseOpening, order: OrderRow | undefined) {
  const name = body.product_name ?? order?.product_name ?? null;
  let product: Product | undefined;
  if (body.product_sku !== undefined) {
    product = await productBySku(tx, body.product_sku);
    if (!product) throw new ApiError('UNKNOWN_SKU', noSuchProduct(body.product_sku));
  } else if (name !== null) {
    product = await productByName(tx, name);
  }
  return { product_sku: product?.sku ?? null, product_name: name ?? product?.name ?? null };
}

async function customerOf(tx: AnySql, body: CaseOpening, order: OrderRow | undefined) {
  const theirs = [order?.receiver_phone, order?.receiver_second_phone];
  const { customer_phone: given } = body;
  if (order?.receiver_phone && given && !theirs.includes(given)) throw otherCustomer();
  const customer_phone = order?.receiver_phone ?? given;
  if (!customer_phone) throw invalidField('customer_phone', 'is needed: the order has none');
  const known = await customerByPhone(tx, customer_phone);
  const named = order === undefined ? null : fullName(order);
  const customer_name = named ?? body.customer_name ?? known?.name ?? null;
  if (customer_name === null && body.return_method === 'bosta_pickup') {
    throw invalidField('customer_name', 'is needed for a pickup: the courier asks for somebody');
  }
  return { customer_phone, customer_name };
}

function otherCustomer(): ApiError {
  return new ApiError(
    'CUSTOMER_MISMATCH',
    "The order is another customer's: leave customer_phone out, or choose the right order.",
  );
}

/** Typed in, or else the order's. Who brings the product in may say later where it goes back to. */
async function addressOf(tx: AnySql, body: CaseOpening, order: OrderRow | undefined) {
  const { pickup_address: typed, return_method } = body;
  const ordered = order && addressInOrder(order);
  if (typed || return_method === 'bosta_pickup') {
    const errand = nextErrand({ return_method, scan: null });
    return usableAddress(tx, typed ?? ordered ?? {}, errand);
  }
  return ordered ? knownAddress(tx, ordered) : null;
}
