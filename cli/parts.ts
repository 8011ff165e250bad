import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { type BostaClient, createBostaClient } from '../activities/bosta/client.ts';
import { type Config, loadConfig } from '../config.ts';
import { connect, type Sql } from '../db/client.ts';
import { isDatabaseAway } from '../db/errors.ts';

/** What a command works with: the same as the worker. */
export type Parts = { sql: Sql; temporal: Client; bosta: BostaClient; config: Config };

const postgres = 'Postgres (DATABASE_URL)';

/** Connects as the environment says, runs `work`, and closes all again. Throws a sentence that names what cannot be reached, or is lost on the way. */
export async function withParts<T>(work: (parts: Parts) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const connection = await reaching(
    'Temporal (TEMPORAL_ADDRESS)',
    Connection.connect(connectionOptions),
  );
  const sql = connect(config.DATABASE_URL, { patience: 'command' });
  const bosta = createBostaClient({
    baseUrl: config.BOSTA_API_URL,
    apiKey: config.BOSTA_API_KEY,
    timeoutMs: config.BOSTA_TIMEOUT_MS,
  });
  try {
    await reaching(postgres, sql`select`);
    return await work({ sql, temporal: new Client({ connection, namespace }), bosta, config });
  } catch (error) {
    throw isDatabaseAway(error) ? unusable(postgres, error) : error;
  } finally {
    await Promise.all([connection.close(), sql.end({ timeout: 5 })]);
  }
}

/** Says which part it was: what the drivers say themselves names none. */
async function reaching<T>(part: string, connecting: PromiseLike<T>): Promise<T> {
  try {
    return await connecting;
  } catch (cause) {
    throw unusable(part, cause);
  }
}

function unusable(part: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`${part} cannot be used: ${reason}. See that it runs, and try again.`, {
    cause,
  });
}
