import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exists, writePrivateJson } from './files.ts';

const Secrets = z.object({
  postgres_password: z.string(),
  bosta_api_key: z.string(),
  bosta_webhook_secret: z.string(),
});

export type Secrets = z.infer<typeof Secrets>;

/** This data folder's own passwords and keys, made at random the first time and kept for its owner alone. */
export async function loadSecrets(folder: string): Promise<Secrets> {
  const path = join(folder, 'secrets.json');
  if (await exists(path)) return Secrets.parse(JSON.parse(await readFile(path, 'utf8')));
  const random = () => randomBytes(24).toString('hex');
  const secrets: Secrets = {
    postgres_password: random(),
    bosta_api_key: random(),
    bosta_webhook_secret: random(),
  };
  await writePrivateJson(path, secrets);
  return secrets;
}
