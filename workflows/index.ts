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
 * The SDK keeps a stack trace of every promise, for the Web UI: with the ten frames that it has by
 * default, two fifths of what a workflow thread does. Two still name each place where a case waits,
 * and where an error arose; a replay of the history with more of them tells the rest
 * (docs/changing-workflows.md).
 */
Error.stackTraceLimit = 2;
