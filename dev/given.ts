import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { LaunchError } from './launch-error.ts';
import { answers } from './postgres.ts';

/** Throws a LaunchError where the database that DATABASE_URL gives cannot be used. The address is not repeated: it holds a password. */
export async function requireDatabase(url: string): Promise<void> {
  await answers(url).catch((cause: unknown) => {
    throw new LaunchError(`DATABASE_URL gives no database that answers: ${reason(cause)}.`, {
      cause,
    });
  });
}

/** Throws a LaunchError where the Temporal server that the `TEMPORAL_*` variables give cannot be used. */
export async function requireTemporal(address: string): Promise<void> {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  try {
    const connection = await Connection.connect({ ...connectionOptions, connectTimeout: 5_000 });
    await connection.workflowService
      .describeNamespace({ namespace })
      .finally(() => connection.close());
  } catch (cause) {
    throw new LaunchError(
      `TEMPORAL_ADDRESS (${address}) gives no Temporal server with the namespace "${namespace}": ${reason(cause)}.`,
      { cause },
    );
  }
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) return reason(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
