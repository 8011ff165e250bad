import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exists, writePrivateJson } from './files.ts';
import { LaunchError } from './launch-error.ts';

const Secrets = z.object({
  postgres_password: z.string(),
  bosta_api_key: z.string(),
  bosta_webhook_secret: z.string(),
});

export type Secrets = z.infer<typeof Secrets>;

/** This data folder's own passwords and keys, made at random the first time and kept for its owner alone. Throws a LaunchError where they cannot be read. */
export async function loadSecrets(folder: string): Promise<Secrets> {
  const path = join(folder, 'secrets.json');
  if (await exists(path)) return readSecrets(path);
  const random = () => randomBytes(24).toString('hex');
  const secrets: Secrets = {
    postgres_password: random(),
    bosta_api_key: random(),
    bosta_webhook_secret: random(),
  };
  await writePrivateJson(path, secrets);
  return secrets;
}

async function readSecrets(path: string): Promise<Secrets> {
  try {
    return Secrets.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new LaunchError(
      `${path} cannot be read as the passwords that it held: put back what it was, or set HVAR_DATA_DIR to another folder and begin anew.`,
      { cause },
    );
  }
}
