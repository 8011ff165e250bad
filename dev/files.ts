import { access, rename, writeFile } from 'node:fs/promises';

/** Whether there is anything at `path`. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Writes `value` as JSON, for its owner's eyes alone, in one move: nobody ever finds half a file. */
export async function writePrivateJson(path: string, value: unknown): Promise<void> {
  const unfinished = `${path}.new`;
  await writeFile(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, path);
}
