import { patched } from '@temporalio/workflow';
import { scannedNumber } from '../domain/case-reference.ts';
import type { Said } from './contract.ts';

/** A scan with its number as the case knows it: keyboards and handhelds that do not go by the API send other digits, spaces and small letters. */
export function asScanned(said: Said<'hub_scan'>, actionId: number): Said<'hub_scan'> {
  const typed = typedIn(said);
  const tracking_number = typed === undefined ? undefined : scannedNumber(typed, actionId);
  if (tracking_number === undefined || tracking_number === typed) return said;
  // A history in which such a number was refused has that refusal still.
  return patched('scans-as-typed') ? { ...said, tracking_number } : said;
}

/** Signals come from anywhere: what is no text is refused as it is. */
function typedIn(said: { tracking_number?: unknown } | null | undefined): string | undefined {
  const typed = said?.tracking_number;
  return typeof typed === 'string' ? typed : undefined;
}
