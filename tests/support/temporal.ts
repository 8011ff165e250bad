import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import { quietRuntime } from './quiet-runtime.ts';

export type TestTemporal = {
  address: string;
  namespace: string;
  client: Client;
  /** For workers. */
  nativeConnection: NativeConnection;
  close: () => Promise<void>;
};

/**
 * The run's Temporal dev server with a namespace of its own, so that test files can run the real
 * workers on the real task queues side by side. One for each test file, closed in `afterAll`.
 */
export async function connectTestTemporal(): Promise<TestTemporal> {
  quietRuntime();
  const address = inject('temporalAddress');
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  const nativeConnection = await NativeConnection.connect({ address });
  const close = async () => {
    await nativeConnection.close();
    await connection.close();
  };
  return {
    address,
    namespace,
    client: new Client({ connection, namespace }),
    nativeConnection,
    close,
  };
}
