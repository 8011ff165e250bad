import type { Client } from '@temporalio/client';
import type { Sql } from '../db/client.ts';
import type { BostaClient } from './bosta/client.ts';
import { createBostaCheck, createCareActivities } from './care.ts';
import { createCaseActivities } from './cases.ts';
import { createDeliveryActivities } from './deliveries.ts';
import { createFamilyActivities } from './families.ts';
import { createIngestActivities } from './ingest.ts';
import { singleReads } from './single-reads.ts';

type ActivityDeps = { sql: Sql; bosta: BostaClient; temporal: Client };

/** All activities, by the task queue that they run on. */
export function createActivities(deps: ActivityDeps) {
  const ingest = createIngestActivities(deps);
  const deliveries = createDeliveryActivities({ ...deps, takeIn: singleReads(deps).readNew });
  return {
    cases: createCaseActivities(deps),
    ingest: { ...ingest, ...createCareActivities(deps), ...createFamilyActivities(deps) },
    bosta: { ...ingest, ...deliveries, ...createBostaCheck(deps) },
  };
}

export type Activities = ReturnType<typeof createActivities>;
