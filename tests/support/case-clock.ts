import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { indexedValueType, registerSearchAttributes } from '../../worker/namespace.ts';
import { searchAttributes } from '../../workflows/contract.ts';
import { connectTestTemporal } from './temporal.ts';
import { createTimeSkippingEnvironment } from './temporal-test-server.ts';

/** A Temporal server for cases, and how time passes on it. */
export type CaseClock = {
  client: Client;
  connection: NativeConnection;
  now: () => Promise<Date>;
  sleep: (ms: number) => Promise<void>;
  stop: () => Promise<void>;
};

/** Time passes as fast as the workflows allow. */
export async function skippingClock(): Promise<CaseClock> {
  const env = await createTimeSkippingEnvironment();
  // On this server an attribute that is not registered hangs the workflow.
  await env.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(
      Object.values(searchAttributes).map(({ name, type }) => [name, indexedValueType[type]]),
    ),
  });
  return {
    ...{ client: env.client, connection: env.nativeConnection },
    now: async () => new Date(await env.currentTimeMs()),
    sleep: (ms) => env.sleep(ms),
    stop: () => env.teardown(),
  };
}

/** The run's dev server, which is the real one: time passes as it does. */
export async function realClock(): Promise<CaseClock> {
  const temporal = await connectTestTemporal();
  await registerSearchAttributes(temporal.client);
  return {
    ...{ client: temporal.client, connection: temporal.nativeConnection },
    now: async () => new Date(),
    sleep: (ms) => pause(ms),
    stop: () => temporal.close(),
  };
}
