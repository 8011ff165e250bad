import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createBostaClient } from '../../activities/bosta/client.ts';
import { currentPolicy } from '../../db/policies.ts';
import { startStandIn } from '../../dev/bosta/stand-in.ts';
import { openConsole } from '../../dev/console.ts';
import { seedDemoData } from '../../dev/demo-data.ts';
import { Platform } from '../../dev/platform.ts';
import { freePorts } from '../../dev/ports.ts';
import { temporalPart } from '../../dev/temporal.ts';
import { findTemporal } from '../../dev/temporal-binary.ts';
import { registerSearchAttributes } from '../../worker/namespace.ts';
import { startPostgres } from '../postgres.ts';

export type World = Awaited<ReturnType<typeof startWorld>>;

/** Everything that cases need but workers, as `npm start` has it: on disk, durable, gone afterwards. */
export async function startWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'hvar-bench-cases-'));
  await chmod(folder, 0o755);
  const platform = new Platform({ line: (text) => console.error(text), changed: () => {} });
  const [port = 0] = await freePorts(1);
  const logFile = join(folder, 'temporal.log');
  await platform.start(
    await temporalPart({
      binary: await findTemporal(openConsole(process.stderr)),
      ...{ port, uiPort: null, folder, cwd: folder, logFile },
    }),
  );
  const postgres = await startPostgres();
  const sql = await postgres.create('hvar');
  await seedDemoData(sql);
  const apiKey = 'the-key-of-the-benchmark';
  const standIn = await startStandIn({ dataDir: join(folder, 'bosta'), apiKey, deliveries: 0 });
  const address = `127.0.0.1:${port}`;
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection });
  await registerSearchAttributes(client);
  return {
    ...{ sql, client, native },
    bosta: createBostaClient({ baseUrl: standIn.url, apiKey, timeoutMs: 10_000 }),
    policy: await currentPolicy(sql),
    stop: async () => {
      await native.close();
      await connection.close();
      await standIn.close();
      await sql.end();
      await postgres.stop();
      await platform.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
