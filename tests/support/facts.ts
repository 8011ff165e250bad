import { type BostaOrder, emptyOrder } from '../../domain/order-columns.ts';
import { type Facts, mergeFacts as merge } from '../../domain/order-merge.ts';
import type { PayloadKind } from '../../domain/vocabulary.ts';

export const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 10, minute));

/** What a payload of that minute tells of order A. */
export const facts = (
  minute: number,
  order: Partial<BostaOrder>,
  unreadable: string[] = [],
): Facts => ({
  order: { ...emptyOrder('A'), bosta_updated_at: at(minute), ...order },
  unreadable,
  read_at: at(minute),
});

/** What stands after a payload; one that a search found where no kind is told. */
export const mergeFacts = (stored: Facts, incoming: Facts, kind: PayloadKind = 'search'): Facts =>
  merge(stored, incoming, kind);
