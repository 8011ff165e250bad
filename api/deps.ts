import type { Client } from '@temporalio/client';
import type { Sql } from '../db/client.ts';

/** What the API needs to answer: given to `buildApp`, and by it to each group of routes. */
export type Deps = {
  sql: Sql;
  temporal: Client;
  settings: {
    webhookSecret: string;
    temporalUiUrl: string;
    /** Whether "ready" waits for the first sync: on one machine it does. */
    needsFirstSync: boolean;
    /** How long an act may wait for a worker before the answer is 503, in milliseconds. */
    engineTimeoutMs: number;
    /** After this everybody is answered, whatever stands still: longer than a statement and the case engine are waited for, in milliseconds. */
    answerTimeoutMs: number;
  };
};
