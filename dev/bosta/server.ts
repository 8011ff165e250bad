import { parseArgs } from 'node:util';
import { z } from 'zod';
import { setVariables } from '../../config.ts';
import { startStandIn } from './stand-in.ts';

/** `node dev/bosta/server.ts [--deliveries <count>]`: the stand-in as a process of its own. */
const Environment = z.object({
  BOSTA_STAND_IN_PORT: z.coerce.number().int().min(0).max(65_535).default(5050),
  BOSTA_STAND_IN_DATA_DIR: z.string().default('.hvar/bosta'),
  BOSTA_STAND_IN_STEP_MS: z.coerce.number().int().min(0).default(5_000),
  BOSTA_STAND_IN_DELIVERIES: z.coerce.number().int().min(0).max(1_000_000).default(2_000),
  BOSTA_API_KEY: z.string('set it to the key that calls have to carry, whatever it is'),
  BOSTA_STAND_IN_WEBHOOK_URL: z.url().optional(),
  BOSTA_STAND_IN_WEBHOOK_SECRET: z.string().optional(),
});

const { values } = parseArgs({ options: { deliveries: { type: 'string' } } });
const settings = Environment.safeParse(
  setVariables({
    ...process.env,
    ...(values.deliveries ? { BOSTA_STAND_IN_DELIVERIES: values.deliveries } : {}),
  }),
);

if (settings.success) await run(settings.data);
else
  fail(
    settings.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  );

async function run(env: z.infer<typeof Environment>): Promise<void> {
  try {
    const standIn = await startStandIn({
      port: env.BOSTA_STAND_IN_PORT,
      dataDir: env.BOSTA_STAND_IN_DATA_DIR,
      stepMs: env.BOSTA_STAND_IN_STEP_MS,
      deliveries: env.BOSTA_STAND_IN_DELIVERIES,
      apiKey: env.BOSTA_API_KEY,
      ...(env.BOSTA_STAND_IN_WEBHOOK_URL ? { webhookUrl: env.BOSTA_STAND_IN_WEBHOOK_URL } : {}),
      ...(env.BOSTA_STAND_IN_WEBHOOK_SECRET
        ? { webhookSecret: env.BOSTA_STAND_IN_WEBHOOK_SECRET }
        : {}),
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void standIn.close().then(() => process.exit(0)));
    }
    console.log(`Bosta's stand-in listens on ${standIn.url}`);
  } catch (error) {
    fail(startFailure(error, env.BOSTA_STAND_IN_PORT));
  }
}

function startFailure(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EADDRINUSE'
    ? `port ${port} is in use; set BOSTA_STAND_IN_PORT to a free one`
    : String(error);
}

function fail(reason: string): void {
  console.error(`Bosta's stand-in cannot start: ${reason}`);
  process.exitCode = 1;
}
