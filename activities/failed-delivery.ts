import type { SyncFailure } from '../db/sync-failures.ts';
import type { FailureCause } from '../domain/vocabulary.ts';
import { numberIn, UnidentifiableDelivery } from './bosta/read-delivery.ts';
import { compressed } from './compressed.ts';
import { contentHash, type RawDelivery } from './prepare-delivery.ts';
import { isProgramError } from './take-apart.ts';

/** A delivery that could not be taken in, as it is kept. */
export function failedDelivery(raw: RawDelivery, page: number | null, error: Error): SyncFailure {
  const cause = causeOf(raw, error);
  return {
    ...{ kind: raw.kind, page, cause, reason: reasonOf(cause, error) },
    payload_hash: contentHash(raw),
    payload: compressed(raw.text),
    tracking_number: numberIn(raw.raw) ?? null,
  };
}

function causeOf(raw: RawDelivery, error: Error): FailureCause {
  if (!raw.is_whole) return 'too_deep';
  if (error instanceof UnidentifiableDelivery) return 'unidentifiable';
  return isProgramError(error) ? 'program_error' : 'refused_value';
}

const longestReason = 500;

/** In detail, for who mends it; without the NULs and halves of characters that Postgres refuses. */
function reasonOf(cause: FailureCause, { name, message }: Error): string {
  const said =
    cause === 'program_error' ? `The program failed at it, ${name}: ${message}` : message;
  return said.replaceAll('\0', '').slice(0, longestReason).toWellFormed();
}
