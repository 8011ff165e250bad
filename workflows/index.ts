/** The bundle that workers run: every workflow, by name. */
export { bostaBackfill, bostaBackfillPart } from './bosta-backfill.ts';
export { bostaCallbacks } from './bosta-callbacks.ts';
export { bostaDetails } from './bosta-details.ts';
export { bostaPlaces } from './bosta-places.ts';
export { bostaSync } from './bosta-sync.ts';
export { careForCases, nightlyCheck } from './care.ts';
export { detectFamilies } from './detect-families.ts';
export { requestSync } from './request-sync.ts';
export { serviceCase } from './service-case.ts';

/**
 * The SDK keeps a stack trace of every promise, for the Web UI; with the ten frames that it has by
 * default that is two fifths of what a workflow thread does. Six show where a case waits, and in
 * whose name: most of what the others add is the SDK's own.
 */
Error.stackTraceLimit = 6;
