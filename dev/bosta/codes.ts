/** Bosta's delivery types: code, words in payloads, in searches and in callbacks, and the way of one that goes well. */
type DeliveryType = {
  code: number;
  value: string;
  name: string;
  path: readonly number[];
};

const send = [10, 20, 21, 24, 30, 41, 45];

const deliveryTypes: readonly DeliveryType[] = [
  { code: 10, value: 'Send', name: 'SEND', path: send },
  { code: 15, value: 'Cash Collection', name: 'CASH_COLLECTION', path: [10, 20, 40, 41, 45] },
  { code: 20, value: 'Return to Origin', name: 'RTO', path: [24, 30, 41, 46] },
  {
    code: 25,
    value: 'Customer Return Pickup',
    name: 'CUSTOMER_RETURN_PICKUP',
    path: [10, 22, 23, 24, 30, 41, 46],
  },
  // Both legs under one number: it is out for delivery (41), then on its way back (41).
  {
    code: 30,
    value: 'Exchange',
    name: 'EXCHANGE',
    path: [10, 20, 21, 24, 30, 41, 23, 24, 30, 41, 46],
  },
  { code: 35, value: 'Sign and Return', name: 'SIGN_AND_RETURN', path: send },
];

/** The type with a code; undefined for one that Bosta does not have. */
export function typeOf(code: number | undefined): DeliveryType | undefined {
  return deliveryTypes.find((type) => type.code === code);
}

/** After these nothing moves any more. */
export const finalStates = new Set([45, 46, 48, 49, 60, 100, 101, 104]);

// The same code comes with several words; nobody may read anything from them.
const stateWords: Record<number, [string, ...string[]]> = {
  10: ['Pickup requested', 'Created'],
  11: ['Waiting for route'],
  20: ['Route assigned'],
  21: ['Picked up from business'],
  22: ['Picking up from consignee'],
  23: ['Picked up from consignee'],
  24: ['Received at warehouse', 'Processing'],
  25: ['Fulfilled'],
  30: ['In transit between hubs'],
  40: ['Picking up'],
  41: ['Out for delivery', 'Picked up'],
  45: ['Delivered'],
  46: ['Returned to business', 'exchanged_returned'],
  47: ['Exception'],
  48: ['Terminated'],
  49: ['Canceled'],
  60: ['Returned to stock'],
  100: ['Lost'],
  101: ['Damaged'],
  102: ['Investigation'],
  103: ['Awaiting your action'],
  104: ['Archived'],
  105: ['On hold'],
};

/** One of the words that Bosta shows for a state. */
export function stateWord(code: number, type: number | undefined, variant: number): string {
  if (code === 46 && type === 25 && variant % 3 === 0) return 'Delivered';
  const words = stateWords[code] ?? [`state-${code}`];
  return words[variant % words.length] ?? words[0];
}

/** Why an attempt failed, by Bosta's exception codes. */
export const exceptionReasons: Record<number, string> = {
  1: 'Retry delivery - the customer is not in the address.',
  3: 'Postponed - the customer requested postponement for another day.',
  7: 'The customer is not answering.',
  8: 'Refused - the customer refused to receive the order.',
  17: 'The mobile phone is off',
  20: 'Retry return - the customer is not in the address.',
  21: 'Postponed - the customer asked for another day.',
};
