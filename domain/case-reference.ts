import type { CaseState } from './case.ts';
import { typedNumber } from './keyboard.ts';
import { type DeliveryPurpose, deliveryPurposes } from './vocabulary.ts';

const letters: Record<DeliveryPurpose, string> = {
  pickup: 'P',
  way_back: 'W',
  replacement: 'R',
  home: 'H',
};

/** A reference of a case, or of one of its deliveries, in capitals or not. */
const pattern = /^HV-(\d{1,15})(?:-([PWRH])\d{1,4})?$/i;

/** What people and labels call a case: `HV-1042`. A walk-in parcel is scanned under it. */
export function caseReference(actionId: number): string {
  return `HV-${actionId}`;
}

/** The reference of one delivery of a case, new for every try because Bosta never takes one twice: `HV-1042-P1`. */
export function deliveryReference(
  actionId: number,
  purpose: DeliveryPurpose,
  attempt: number,
): string {
  return `${caseReference(actionId)}-${letters[purpose]}${attempt}`;
}

/** Which try the next delivery of a case for this purpose is, from 1. */
export function nextAttempt({ attempts }: CaseState, purpose: DeliveryPurpose): number {
  return (attempts[purpose] ?? 0) + 1;
}

/** The reference under which the case's next delivery for this purpose is made, or is being made just now. */
export function nextReference(state: CaseState, purpose: DeliveryPurpose): string {
  return deliveryReference(state.action_id, purpose, nextAttempt(state, purpose));
}

/** The case's id in `HV-1042` or `HV-1042-P1`, in capitals or not; undefined where the text is neither. */
export function actionIdOf(reference: string): number | undefined {
  const match = pattern.exec(reference.trim());
  return match ? Number(match[1]) : undefined;
}

/** A scanned number as this case knows it, however it was typed: each of its own references stands for the case; undefined where the text is no number. */
export function scannedNumber(typed: string, actionId: number): string | undefined {
  const number = typedNumber(typed);
  return number !== undefined && actionIdOf(number) === actionId ? caseReference(actionId) : number;
}

/** What a case's delivery is for, by its reference; undefined where the text is no such reference. */
export function purposeOf(reference: string): DeliveryPurpose | undefined {
  const letter = pattern.exec(reference.trim())?.[2]?.toUpperCase();
  return deliveryPurposes.find((purpose) => letters[purpose] === letter);
}
