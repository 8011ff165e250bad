import type { FastifyRequest } from 'fastify';
import type { Act } from '../../domain/messages.ts';
import { answer } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { type Doing, doAct } from './acting.ts';
import { requireCase, viewOf } from './view.ts';

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
