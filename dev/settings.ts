import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { setVariables } from '../config.ts';
import { LaunchError } from './launch-error.ts';
import { freePorts } from './ports.ts';

/** The checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const portError = 'must be the number of a port, from 1 to 65535';
const port = (standard: number) =>
  z.coerce
    .number({ error: portError })
    .int(portError)
    .min(1, portError)
    .max(65_535, portError)
    .default(standard);

/** What the launcher itself reads; what its parts read beyond this is in `config.ts`. */
const Settings = z.object({
  HVAR_DATA_DIR: z
    .string()
    .default('.hvar')
    .transform((folder) => resolve(root, folder)),
  HOST: z.string().default('127.0.0.1'),
  PORT: port(5000),
  POSTGRES_PORT: port(5433),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  BOSTA_STAND_IN_PORT: port(5050),
  /** Given ones: that part is not started. */
  DATABASE_URL: z.string().optional(),
  TEMPORAL_ADDRESS: z.string().optional(),
  BOSTA_API_KEY: z.string().optional(),
});

export type Settings = Readonly<z.infer<typeof Settings>>;
type PortName = Extract<keyof Settings, `${string}PORT`>;

/** Reads the launcher's settings from `env`; throws a LaunchError that names each variable that is wrong. An empty variable counts as unset. */
export function loadSettings(env: NodeJS.ProcessEnv): Settings {
  const given = setVariables(env);
  const parsed = Settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `${name} ${message}; it is "${given[name]}"`;
  });
  throw new LaunchError(`${wrong.join('. ')}.`);
}

/** A free port for each part, as variables: for a platform beside others. */
export async function freePortVariables(): Promise<Record<PortName, string>> {
  const [api, postgres, temporal, temporalUi, standIn] = await freePorts(5);
  return {
    PORT: String(api),
    POSTGRES_PORT: String(postgres),
    TEMPORAL_PORT: String(temporal),
    TEMPORAL_UI_PORT: String(temporalUi),
    BOSTA_STAND_IN_PORT: String(standIn),
  };
}

/** The ports that the launcher's own parts listen on, by the variable that changes them. */
export function portsInUse(settings: Settings): [PortName, number][] {
  const names: PortName[] = ['PORT'];
  if (settings.DATABASE_URL === undefined) names.push('POSTGRES_PORT');
  if (settings.TEMPORAL_ADDRESS === undefined) names.push('TEMPORAL_PORT', 'TEMPORAL_UI_PORT');
  if (settings.BOSTA_API_KEY === undefined) names.push('BOSTA_STAND_IN_PORT');
  return names.map((name) => [name, settings[name]]);
}
