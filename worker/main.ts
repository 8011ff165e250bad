import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { makeTelemetryFilterString, NativeConnection, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { createBostaClient } from '../activities/bosta/client.ts';
import { createActivities } from '../activities/index.ts';
import { loadConfig } from '../config.ts';
import { connect } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { endWhereUncaught } from '../db/uncaught.ts';
import { bundleWorkflows, createWorkers } from './create-workers.ts';
import { logInto } from './log.ts';
import { makeCurrent, registerSearchAttributes } from './namespace.ts';
import { startFirstSync, upsertSchedules } from './schedules.ts';

/** The worker's process: connects, sees to the namespace, and works until it is told to stop. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = pino({ level: config.LOG_LEVEL, base: { part: 'worker' } });
  endWhereUncaught(({ sentence, ...where }) => log.fatal(where, sentence), 1);
  Runtime.install({
    logger: logInto(log),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN' }) },
    },
  });
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const [bundle, native, connection] = await Promise.all([
    bundleWorkflows(),
    NativeConnection.connect(connectionOptions),
    Connection.connect(connectionOptions),
  ]);
  const client = new Client({ connection, namespace });
  const sql = connect(config.DATABASE_URL, { byKeys: true });
  await Promise.all([migrate(config.DATABASE_URL), registerSearchAttributes(client)]);

  const version = { deploymentName: 'hvar-cycle', buildId: config.WORKER_BUILD_ID };
  const bosta = createBostaClient({
    baseUrl: config.BOSTA_API_URL,
    apiKey: config.BOSTA_API_KEY,
    timeoutMs: config.BOSTA_TIMEOUT_MS,
    callbackUrl: `${config.PUBLIC_URL}/api/webhooks/bosta`,
    callbackSecret: config.BOSTA_WEBHOOK_SECRET,
  });
  const workers = await createWorkers(
    {
      connection: native,
      namespace,
      activities: createActivities({ sql, bosta, temporal: client }),
      bostaCallsPerSecond: config.BOSTA_CALLS_PER_SECOND,
      deployment: version,
    },
    bundle,
  );
  const work = Promise.all(workers.map((worker) => worker.run()));
  if (config.WORKER_MAKES_CURRENT) await makeCurrent(client, version);
  await upsertSchedules(client);
  await startFirstSync(client, sql);
  log.info({ version }, 'the worker works');
  await work;
  await Promise.all([native.close(), connection.close(), sql.end()]);
}

await main();
