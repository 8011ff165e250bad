import { statfs } from 'node:fs/promises';

/** What the person who started the launcher can put right. Its message is the one sentence they see. */
export class LaunchError extends Error {
  override name = 'LaunchError';
}

/** With less than this left programs fail in ways of their own, and their last words do not tell why. */
const exhaustedBytes = 4 * 1024 * 1024;

/** The same error as a sentence about free space where the disk of `folder` is full, else unchanged. */
export async function explainFullDisk(error: unknown, folder: string): Promise<unknown> {
  const said = /ENOSPC|EDQUOT|No space left on device|disk is full/i.test(String(error));
  if (!said && (await freeBytes(folder)) > exhaustedBytes) return error;
  return new LaunchError(fullDisk(folder), { cause: error });
}

/** What this account may still write on the disk of `folder`. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** The sentence for a disk without room for `folder`. */
export function fullDisk(folder: string): string {
  return `The disk that holds ${folder} is full: free some space, or set HVAR_DATA_DIR to a folder on another disk.`;
}
