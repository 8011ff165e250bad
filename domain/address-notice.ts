import type { CaseState, Leg } from './case.ts';
import { isSettled } from './delivery-state.ts';
import { isOutstanding } from './leg.ts';
import type { CaseText } from './vocabulary.ts';

export type Story = {
  state: Pick<CaseState, 'pickup' | 'delivery' | 'scan'>;
  /** From the beginning. */
  events: readonly { event: string; data: Record<string, unknown> }[];
};

/** The deliveries whose courier still goes to the address that the case had when they were ordered, and that was changed since. */
export function legsToFormerAddress({ state, events }: Story): Leg[] {
  const { pickup, delivery, scan } = state;
  const legs = [
    ...(scan === null && isOutstanding(pickup) ? [pickup] : []),
    ...(delivery !== null && !isSettled(delivery.state_code) ? [delivery] : []),
  ];
  const changed = events.findLastIndex(isChangeOfAddress);
  return legs.filter(({ reference, has_failed }) => {
    // Of one that has failed an agent decides, and the next goes to the new address.
    if (has_failed) return false;
    const ordered = events.findIndex(({ data }) => data.reference === reference);
    return ordered !== -1 && ordered < changed;
  });
}

function isChangeOfAddress({ event, data }: Story['events'][number]): boolean {
  const address: CaseText = 'pickup_address';
  return event === 'edited' && Array.isArray(data.texts) && data.texts.includes(address);
}
