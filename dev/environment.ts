import { join } from 'node:path';
import { type Config, loadConfig } from '../config.ts';
import { LaunchError } from './launch-error.ts';
import { postgresUrl } from './postgres.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

/** What worker and API are started with, and what they will read from it. */
export type Environment = { variables: NodeJS.ProcessEnv; config: Config };

/** The stand-in answers as fast as it is asked. */
const standInCallsPerSecond = '500';

/**
 * The environment of worker and API: what was given, and the addresses of what the launcher starts in
 * place of what was not. Throws a LaunchError where they could not start with it.
 */
export function partEnvironment(
  given: NodeJS.ProcessEnv,
  settings: Settings,
  secrets: Secrets,
): Environment {
  const variables = {
    ...given,
    // Halves the time that the parts take to load their modules.
    NODE_COMPILE_CACHE: given.NODE_COMPILE_CACHE || join(settings.HVAR_DATA_DIR, 'compiled'),
    HOST: settings.HOST,
    PORT: String(settings.PORT),
    PUBLIC_URL: given.PUBLIC_URL || `http://localhost:${settings.PORT}`,
    BOSTA_WEBHOOK_SECRET: given.BOSTA_WEBHOOK_SECRET || secrets.bosta_webhook_secret,
    ...databaseEnvironment(settings, secrets),
    ...temporalEnvironment(given, settings),
    ...bostaEnvironment(given, settings, secrets),
  };
  try {
    return { variables, config: loadConfig(variables) };
  } catch (cause) {
    throw new LaunchError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function databaseEnvironment(settings: Settings, secrets: Secrets): NodeJS.ProcessEnv {
  const own = postgresUrl(settings.POSTGRES_PORT, secrets.postgres_password, 'hvar');
  return { DATABASE_URL: settings.DATABASE_URL ?? own };
}

/** For a server of our own the `TEMPORAL_*` variables and the profile file of another one must not count. */
function temporalEnvironment(given: NodeJS.ProcessEnv, settings: Settings): NodeJS.ProcessEnv {
  if (settings.TEMPORAL_ADDRESS !== undefined) return {};
  const others = Object.keys(given).filter((name) => name.startsWith('TEMPORAL_'));
  return {
    ...Object.fromEntries(others.map((name) => [name, undefined])),
    // A file that is not there: the SDK takes that for no profile, and an empty one for an error.
    TEMPORAL_CONFIG_FILE: join(settings.HVAR_DATA_DIR, 'no-profile.toml'),
    TEMPORAL_ADDRESS: `127.0.0.1:${settings.TEMPORAL_PORT}`,
    TEMPORAL_NAMESPACE: 'default',
    TEMPORAL_UI_URL: `http://localhost:${settings.TEMPORAL_UI_PORT}`,
  };
}

function bostaEnvironment(
  given: NodeJS.ProcessEnv,
  settings: Settings,
  secrets: Secrets,
): NodeJS.ProcessEnv {
  if (settings.BOSTA_API_KEY !== undefined) return {};
  return {
    BOSTA_API_URL: `http://127.0.0.1:${settings.BOSTA_STAND_IN_PORT}/api/v2`,
    BOSTA_API_KEY: secrets.bosta_api_key,
    BOSTA_CALLS_PER_SECOND: standInCallsPerSecond,
    WAIT_FOR_FIRST_SYNC: given.WAIT_FOR_FIRST_SYNC || 'true',
  };
}

/** How many deliveries the stand-in has at first. */
export function standInDeliveries({ BOSTA_STAND_IN_DELIVERIES }: NodeJS.ProcessEnv): string {
  return BOSTA_STAND_IN_DELIVERIES || '2000';
}

/** What the stand-in needs beside the variables of the others. */
export function standInVariables(
  { variables, config }: Environment,
  port: number,
  folder: string,
): NodeJS.ProcessEnv {
  return {
    ...variables,
    BOSTA_STAND_IN_DELIVERIES: standInDeliveries(variables),
    BOSTA_STAND_IN_PORT: String(port),
    BOSTA_STAND_IN_DATA_DIR: folder,
    BOSTA_STAND_IN_WEBHOOK_URL: `${config.PUBLIC_URL}/api/webhooks/bosta`,
    BOSTA_STAND_IN_WEBHOOK_SECRET: config.BOSTA_WEBHOOK_SECRET,
  };
}
