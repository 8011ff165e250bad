/**
 * Bosta's states by meaning (bosta-api.md, "States"). Its words do not follow
 * its codes (46 may say "Delivered"), so code and type decide, never the word.
 */
export const deliveryStates = {
  10: 'pickup_requested',
  11: 'waiting_for_route',
  20: 'route_assigned',
  21: 'picked_up_from_business',
  22: 'picking_up_from_consignee',
  23: 'picked_up_from_consignee',
  24: 'received_at_warehouse',
  25: 'fulfilled',
  30: 'in_transit_between_hubs',
  40: 'picking_up',
  41: 'picked_up',
  45: 'delivered',
  46: 'returned_to_business',
  47: 'exception',
  48: 'terminated',
  49: 'canceled',
  60: 'returned_to_stock',
  100: 'lost',
  101: 'damaged',
  102: 'investigation',
  103: 'awaiting_your_action',
  104: 'archived',
  105: 'on_hold',
} as const;

type DeliveryStateCode = keyof typeof deliveryStates;
type DeliveryStateName = (typeof deliveryStates)[DeliveryStateCode];
type Code = number | null | undefined;

/** Bosta's types of delivery; others (35 sign and return) are kept by their code. */
export const deliveryTypes = {
  send: 10,
  cash_collection: 15,
  return_to_origin: 20,
  customer_return: 25,
  exchange: 30,
} as const;

const names = new Map<number, DeliveryStateName>(
  Object.entries(deliveryStates).map(([code, name]) => [Number(code), name]),
);

/** The state's name; undefined for a code that is not known, which is kept and counted, never dropped. */
export function deliveryStateName(code: number): DeliveryStateName | undefined {
  return names.get(code);
}

/** 10, and nothing has been tried since: that a delivery was asked for its case knows without the courier. */
export function isOnlyAskedFor(state: Code, exceptions = 0): boolean {
  return state === 10 && exceptions === 0;
}

/** 45: the good end of a delivery and of a cash collection. */
export function isDelivered(state: Code): boolean {
  return state === 45;
}

/** 47: the courier came, or set out, in vain. */
export function isException(state: Code): boolean {
  return state === 47;
}

/** Returned to the business, or to its stock at Bosta's. */
export const statesOfReturned: readonly number[] = [46, 60];

/** 46 or 60: back with the business. The good end of a pickup or an exchange, the bad one of a delivery. */
export function isBackWithBusiness(state: Code): boolean {
  return typeof state === 'number' && statesOfReturned.includes(state);
}

/** 100 or 101: the courier lost or damaged it. */
export function isLostOrDamaged(state: Code): boolean {
  return state === 100 || state === 101;
}

/** 102: the courier looks for it. */
export function isSought(state: Code): boolean {
  return state === 102;
}

/** 48 or 49: somebody called it off. */
export function isCalledOff(state: Code): boolean {
  return state === 48 || state === 49;
}

/** 104: Bosta has put it away, and nobody drives for it any more. */
export function isArchived(state: Code): boolean {
  return state === 104;
}

/** 23, 24, 30, 41: a return is with the courier, on its way to the hub. */
export function isOnItsWayToHub(state: Code): boolean {
  return state === 23 || state === 24 || state === 30 || state === 41;
}

/** Nothing more is expected to happen to a delivery in this state. */
export function isSettled(state: Code): boolean {
  return (
    isDelivered(state) ||
    isBackWithBusiness(state) ||
    isCalledOff(state) ||
    isLostOrDamaged(state) ||
    isArchived(state)
  );
}

/** A sale that came back undelivered: a delivery that ended with the business, or that Bosta turned round (hub-practice.md). */
export function isReturnedUndelivered(type: Code, state: Code): boolean {
  return (
    type === deliveryTypes.return_to_origin ||
    (type === deliveryTypes.send && isBackWithBusiness(state))
  );
}
