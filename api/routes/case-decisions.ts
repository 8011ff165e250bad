import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { answer, answerOf } from '../answers.ts';
import { actAndView, type Doing, isAsync, postAct } from '../cases/acting.ts';
import { requireCase } from '../cases/view.ts';
import type { Deps } from '../deps.ts';
import { keyAndPreferHeaders, keyHeader } from '../plugins/idempotency.ts';
import { caseParams, caseView } from '../schemas/case.ts';
import {
  accepted,
  deliveryDecisionBody,
  handOverBody,
  returnDecisionBody,
  reviewBody,
} from '../schemas/case-acts.ts';

const tags = ['service actions'];
const response = { 200: answerOf(caseView) };
const params = caseParams;
const headers = keyHeader;

/** What a team leader decides, what an agent decides where the courier could not serve the case, and what the hub does instead of him. */
export const decisionRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.post('/:id/team-leader-review', {
    schema: {
      ...{ tags, summary: 'Decide a hard case', params, body: reviewBody },
      description:
        '`approved`: as recommended, or with `approved_action`. `requires_changes`: it is inspected again. `rejected`: the product goes home. Never by whoever inspected it.',
      headers: keyAndPreferHeaders,
      response: { ...response, 202: answerOf(accepted) },
    },
    config: { permission: 'team_leader_decision' },
    handler: async (request, reply) => {
      const { params, body } = request;
      const { notes, ...decided } = body;
      const doing: Doing<'team_leader_decision'> = {
        ...{ act: 'team_leader_decision', body, note: { notes } },
        payload: (note_id) => ({ ...decided, note_id }),
      };
      if (!isAsync(request)) return reply.send(await actAndView(deps, request, params.id, doing));
      const row = await requireCase(deps, params.id);
      return reply.code(202).send(answer(await postAct(deps, request, row, doing)));
    },
  });

  app.post('/:id/return-decision', {
    schema: {
      ...{ tags, summary: 'Decide on a return that failed' },
      description:
        '`retry`: another pickup. `walk_in`: the customer brings the product. `cancel`: no case any more. A pickup that stands is called off first. A return that the courier has, and does not bring for too long, is lost with `cancel`.',
      ...{ headers, params, body: returnDecisionBody, response },
    },
    config: { permission: 'return_decision' },
    handler: async (request) => {
      const { params, body } = request;
      const payload = () => ({ decision: body.decision });
      return actAndView(deps, request, params.id, { act: 'return_decision', body, payload });
    },
  });

  app.post('/:id/delivery-decision', {
    schema: {
      ...{ tags, summary: 'Decide on a delivery that failed' },
      description:
        '`resend`: another delivery. `hold`: wait anew. `close`: the product stays, or is lost, and the case ends. Also where the courier has it and is silent for too long.',
      ...{ headers, params, body: deliveryDecisionBody, response },
    },
    config: { permission: 'delivery_decision' },
    handler: async (request) => {
      const { params, body } = request;
      const payload = () => ({ decision: body.decision });
      return actAndView(deps, request, params.id, { act: 'delivery_decision', body, payload });
    },
  });

  app.post('/:id/hand-over', {
    schema: {
      ...{ tags, summary: 'Give it to the customer who came for it' },
      description:
        'While it is at the hub. Where the customer pays for the repair, `cash_received` must be what `costs.due` says (409 CASH_DUE).',
      ...{ headers, params, body: handOverBody, response },
    },
    config: { permission: 'hand_over' },
    handler: async (request) => {
      const { params, body } = request;
      return actAndView(deps, request, params.id, {
        ...{ act: 'hand_over', body: body ?? {}, note: { notes: body?.notes } },
        payload: (note_id) => ({ cash_received: body?.cash_received, note_id }),
      });
    },
  });
};
