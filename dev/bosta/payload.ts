/** A delivery as it goes over the wire; what people post may lack or distort anything. */
export type Payload = Record<string, unknown>;

/** Whether a value is a JSON object. */
export function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a key, or an empty one: odd payloads have text or lists where objects belong. */
export function objectAt(payload: Payload, key: string): Payload {
  const value = payload[key];
  return isPayload(value) ? value : {};
}

/** The list at a key, or an empty one. */
export function listAt(payload: Payload, key: string): unknown[] {
  const value = payload[key];
  return Array.isArray(value) ? value : [];
}

/** The tracking number as text; undefined where the payload has none. */
export function trackingOf(payload: unknown): string | undefined {
  if (!isPayload(payload)) return undefined;
  const value = payload.trackingNumber;
  return typeof value === 'string' || typeof value === 'number'
    ? String(value).trim() || undefined
    : undefined;
}

/** A code at `state` or `type`: `{code}` or the bare number. */
export function codeAt(payload: Payload, key: 'state' | 'type'): number | undefined {
  const value = payload[key];
  const code = isPayload(value) ? value.code : value;
  return typeof code === 'number' ? code : undefined;
}

// bosta-api.md, "Seen in the wild": what comes with the full read alone.
const fullReadOnly = new Set([
  'maskedState',
  'timeline',
  'wallet',
  'shipmentFees',
  'originalCod',
  'returnSpecs',
  'returnAddress',
  'goodsInfo',
  'log',
  'starProofOfReturnedPackages',
]);

/** A delivery as a search shows it: without what only the full read has. */
export function searchItem(payload: unknown): unknown {
  if (!isPayload(payload)) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([key]) => !fullReadOnly.has(key)));
}
