import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { loadApiConfig } from '../config.ts';
import { connect } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { endWhereUncaught } from '../db/uncaught.ts';
import { buildApp } from './app.ts';
import { createLog } from './log.ts';

/** The API's process: brings the database up to date, listens, and closes in order when it is told to stop. */
async function main(): Promise<void> {
  const config = loadApiConfig();
  const log = createLog(config.LOG_LEVEL);
  endWhereUncaught(({ sentence, ...where }) => log.fatal(where, sentence), 1);
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  await migrate(config.DATABASE_URL);
  const sql = connect(config.DATABASE_URL, { patience: 'answer' });
  // Lazy: the API starts without Temporal, and says what it cannot do meanwhile.
  const connection = Connection.lazy(connectionOptions);
  const deps = {
    sql,
    temporal: new Client({ connection, namespace }),
    settings: {
      webhookSecret: config.BOSTA_WEBHOOK_SECRET,
      temporalUiUrl: config.TEMPORAL_UI_URL,
      needsFirstSync: config.WAIT_FOR_FIRST_SYNC,
      engineTimeoutMs: 10_000,
      answerTimeoutMs: 15_000,
    },
  };
  const app = await buildApp(deps, log);
  app.addHook('onClose', async () => {
    await Promise.all([connection.close(), sql.end({ timeout: 1 })]);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void app.close());
  await app.listen({ host: config.HOST, port: config.PORT });
}

await main();
