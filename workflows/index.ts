/** The bundle that workers run: every workflow, by name. */
export { bostaCallbacks } from './bosta-callbacks.ts';
export { bostaDetails } from './bosta-details.ts';
export { bostaPlaces } from './bosta-places.ts';
export { bostaSync } from './bosta-sync.ts';
export { requestSync } from './request-sync.ts';
export { serviceCase } from './service-case.ts';
