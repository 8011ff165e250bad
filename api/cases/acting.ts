import { createHash, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { CaseRow } from '../../db/case-queries.ts';
import type { AnySql } from '../../db/client.ts';
import { onceForKey } from '../../db/idempotency.ts';
import { type Note, storeNote } from '../../db/notes.ts';
import { markPassedOn, postsFor, storePosted } from '../../db/posted-messages.ts';
import { isPossible, rolesFor } from '../../domain/acts.ts';
import { isClosed } from '../../domain/case.ts';
import type { Act, Contents } from '../../domain/messages.ts';
import type { Answer, Said } from '../../workflows/contract.ts';
import { answer } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { demandRole, userOf } from '../plugins/auth.ts';
import { idempotencyKey, keyReused } from '../plugins/idempotency.ts';
import { signalCase, updateCase } from './engine.ts';
import { requireCase, viewOf } from './view.ts';

/** What somebody does to a case. Texts stay here as a note; the payload is told its id. */
export type Doing<A extends Act> = {
  act: A;
  /** As it was sent: the same key with another body is refused. */
  body: unknown;
  note?: Note;
  payload: (noteId: number | undefined) => Contents[A];
};

/** Does something to a case, and answers with the case as it is then. */
export async function actAndView<A extends Act>(
  deps: Deps,
  request: FastifyRequest,
  actionId: number,
  doing: Doing<A>,
) {
  await doAct(deps, request, await requireCase(deps, actionId), doing);
  return answer(await viewOf(deps, actionId));
}

/** Does something to a case and waits for its answer. */
export async function doAct<A extends Act>(
  deps: Deps,
  request: FastifyRequest,
  row: CaseRow,
  doing: Doing<A>,
): Promise<Answer> {
  const said = await messageFor(deps, request, row, doing);
  if (row.has_posts && !isClosed(row.state)) await passOn(deps, row.action_id);
  return updateCase(deps, row.action_id, doing.act, said);
}

/** The same for devices that do not wait: stored, and passed on as soon as it can be; gives the message's id. */
export async function postAct<A extends Act>(
  deps: Deps,
  request: FastifyRequest,
  row: CaseRow,
  doing: Doing<A>,
): Promise<{ action_id: number; message_id: string | undefined }> {
  const said = await messageFor(deps, request, row, doing);
  const { action_id } = row;
  await storePosted(deps.sql, { action_id, act: doing.act, said });
  await passOn(deps, action_id).catch((error: unknown) => {
    if (!(error instanceof ApiError && error.code === 'CASE_ENGINE_UNAVAILABLE')) throw error;
    request.log.warn({ err: error }, 'a message is stored, but could not be passed on yet');
  });
  return { action_id, message_id: said.message_id };
}

/** All that waits for the case: what was said before, while Temporal was away, comes first. */
async function passOn(deps: Deps, actionId: number): Promise<void> {
  for (const { message_id, act, said } of await postsFor(deps.sql, actionId)) {
    await signalCase(deps, actionId, act, said);
    await markPassedOn(deps.sql, [message_id]);
  }
}

/** Whether the sender does not wait for the case (`Prefer: respond-async`). */
export function isAsync(request: FastifyRequest): boolean {
  return /\brespond-async\b/i.test(String(request.headers.prefer ?? ''));
}

/** Makes a request into a message for the case: who says it, under which id, with its texts stored first. */
async function messageFor<A extends Act>(
  { sql }: Deps,
  request: FastifyRequest,
  row: CaseRow,
  { act, body, note = {}, payload }: Doing<A>,
): Promise<Said<A>> {
  const user = userOf(request);
  if (isPossible(row.state, act)) demandRole(user, rolesFor(row.state, act));
  const by = user.user_id;
  const key = idempotencyKey(request);
  const store = (tx: AnySql) => storeTexts(tx, { action_id: row.action_id, content: note, by });
  if (key === undefined) {
    return { ...payload((await store(sql)) ?? undefined), message_id: randomUUID(), by };
  }
  const route = namedInBody.includes(act) ? act : `${act}:${row.action_id}`;
  const stored = await sql.begin((tx) => onceForKey(tx, { route, key, body, by }, () => store(tx)));
  if (stored.is === 'reused') throw keyReused();
  return { ...payload(stored.id ?? undefined), message_id: messageId(act, key), by };
}

/** These name their case in the body, and not in the path: a key of theirs stands for one body, whichever case it names. */
const namedInBody: readonly Act[] = ['hub_scan', 'hub_inspection'];

async function storeTexts(
  sql: AnySql,
  note: { action_id: number; content: Note; by: number },
): Promise<number | null> {
  const isEmpty = Object.values(note.content).every((text) => text === undefined);
  return isEmpty ? null : storeNote(sql, note);
}

/** The same key is the same message. Hashed, since a client may put anything into a key, and a workflow's history takes no personal data. */
function messageId(act: Act, key: string): string {
  return `${act}:${createHash('sha256').update(key).digest('base64url')}`;
}
