import { sleep, upsertMemo } from '@temporalio/workflow';

/** A case as no code of ours goes: its history cannot be replayed with ours. */
export async function serviceCase(): Promise<void> {
  upsertMemo({ written_by: 'other code' });
  await sleep('30 days');
}
