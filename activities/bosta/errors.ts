/**
 * What can go wrong with a call to Bosta:
 * `uncertain` means that a change may or may not have taken effect (look it up
 * before sending again); `unavailable` that it certainly has not.
 */
export type BostaErrorKind =
  | 'unauthorized'
  | 'rate_limited'
  | 'not_found'
  | 'refused'
  | 'duplicate_reference'
  | 'uncertain'
  | 'unavailable'
  | 'malformed';

const retryableKinds: readonly BostaErrorKind[] = [
  'rate_limited',
  'uncertain',
  'unavailable',
  'malformed',
];

type Details = { errorCode?: number; retryAfterSeconds?: number; cause?: unknown };

/** A failed call to Bosta. Its message never holds the key, and no run of digits that could be a phone. */
export class BostaError extends Error {
  override readonly name = 'BostaError';
  readonly kind: BostaErrorKind;
  /** Bosta's own code where it gave one, such as 3002 or 3007. */
  readonly errorCode: number | undefined;
  /** How long Bosta asked to be left alone; with `rate_limited` only. */
  readonly retryAfterSeconds: number | undefined;
  /** Whether the same call can succeed later with nothing changed. */
  readonly retryable: boolean;

  constructor(kind: BostaErrorKind, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.errorCode = details.errorCode;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.retryable = retryableKinds.includes(kind);
  }
}
