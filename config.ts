import { z } from 'zod';

/** Keys of examples, which somebody forgot to replace. */
const placeholder =
  /^(your|my|changeme|change-me|replace|example|placeholder|todo|secret|<|\$\{|x{3,}|\*{3,})|api[-_ ]?key/i;

/** Everything a process reads from its environment, once, at its start. Temporal's own `TEMPORAL_*` variables are read by `@temporalio/envconfig`. */
const Config = z.object({
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be the address of a database: postgres://user:password@host:5432/name',
  }),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(5000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Where people and Bosta reach the API from outside. */
  PUBLIC_URL: z.url().default('http://localhost:5000'),
  /** Where the Temporal Web UI is, for links from a case. */
  TEMPORAL_UI_URL: z.url().default('http://localhost:8233'),
  /** With or without its `/api/v2`. */
  BOSTA_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address: https://app.bosta.co/api/v2' })
    .default('https://app.bosta.co/api/v2'),
  BOSTA_API_KEY: z
    .string("must be the business's key at Bosta")
    .min(8, 'is too short to be a key of Bosta')
    .refine((key) => !placeholder.test(key), 'is a placeholder from an example: set the real key'),
  BOSTA_TIMEOUT_MS: z.coerce.number().int().min(100).default(10_000),
  /** One rate for all workers. One call in 2 seconds is known to be safe at Bosta (bosta-api.md, "Seen in the wild"). */
  BOSTA_CALLS_PER_SECOND: z.coerce.number().positive().default(0.5),
  BOSTA_WEBHOOK_SECRET: z
    .string('must be the secret that callbacks carry: 16 characters or more')
    .min(16, 'must have 16 characters or more'),
  /** Names this build among the workers' versions; a new build gets a new one. */
  WORKER_BUILD_ID: z.string().default('dev'),
  /** Whether a worker that starts makes its build the current one; `false` where a deployment does it step by step. */
  WORKER_MAKES_CURRENT: z.stringbool().default(true),
  /** Whether the API calls itself ready only when the first sync is done: on one machine it does. */
  WAIT_FOR_FIRST_SYNC: z.stringbool().default(false),
});

export type Config = Readonly<z.infer<typeof Config>>;

/** What the API reads: it calls nobody at Bosta, so it needs no key. */
const ApiConfig = Config.pick({
  DATABASE_URL: true,
  HOST: true,
  PORT: true,
  LOG_LEVEL: true,
  TEMPORAL_UI_URL: true,
  BOSTA_WEBHOOK_SECRET: true,
  WAIT_FOR_FIRST_SYNC: true,
});
type ApiConfig = Readonly<z.infer<typeof ApiConfig>>;

type Variables = Record<string, string | undefined>;

/** Reads and checks the environment; throws one sentence per variable that is missing or wrong. An empty variable counts as unset. */
export function loadConfig(env: Variables = process.env): Config {
  return read(Config, env);
}

/** The same for the API alone. */
export function loadApiConfig(env: Variables = process.env): ApiConfig {
  return read(ApiConfig, env);
}

/** Those variables that are set: an empty one counts as unset. */
export function setVariables(env: Variables): Variables {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function read<T extends object>(schema: z.ZodType<T>, env: Variables): Readonly<T> {
  const parsed = schema.safeParse(setVariables(env));
  if (parsed.success) return Object.freeze(parsed.data);
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new Error(`${problems.join('; ')}.`);
}
