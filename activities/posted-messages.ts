import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Sql, TransactionSql } from '../db/client.ts';
import { markPassedOn, type PostedMessage, waitingPosts } from '../db/posted-messages.ts';
import { serviceCaseId, signals } from '../workflows/contract.ts';

const postsAtOnce = 100;

/**
 * Signals to each case what devices said to it while nobody could pass it on. One is
 * marked only after its signal: said twice is harmless (its id counts once), not said is not.
 */
export async function passOnPosts(sql: Sql, temporal: Client): Promise<void> {
  while ((await sql.begin((tx) => passOnSome(tx, temporal))) === postsAtOnce);
}

/** Gives how many need not be passed on any more. */
async function passOnSome(tx: TransactionSql, temporal: Client): Promise<number> {
  const done: string[] = [];
  for (const { is_open, ...post } of await waitingPosts(tx, postsAtOnce)) {
    const isHeard = await passOn(temporal, post);
    if (isHeard || !is_open) done.push(post.message_id);
  }
  await markPassedOn(tx, done);
  return done.length;
}

/** False where no workflow runs: an open case hears it when it goes on. */
async function passOn(temporal: Client, { action_id, act, said }: PostedMessage): Promise<boolean> {
  try {
    await temporal.workflow.getHandle(serviceCaseId(action_id)).signal(signals[act].name, said);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
