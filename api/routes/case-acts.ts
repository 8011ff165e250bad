import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import type { FastifyRequest } from 'fastify';
import type { Act } from '../../domain/messages.ts';
import { answer, answerOf } from '../answers.ts';
import { type Doing, doAct, isAsync, postAct } from '../cases/acting.ts';
import { assignment, executionOf, technicianId } from '../cases/servicing.ts';
import { requireCase, viewOf } from '../cases/view.ts';
import type { Deps } from '../deps.ts';
import { userOf } from '../plugins/auth.ts';
import { caseParams, caseView } from '../schemas/case.ts';
import {
  accepted,
  assignBody,
  deliveryDecisionBody,
  executeBody,
  returnDecisionBody,
  reviewBody,
} from '../schemas/case-acts.ts';

const tags = ['service actions'];
const response = { 200: answerOf(caseView) };
const params = caseParams;

/** The service itself, and its names for each kind of it. */
const executions = ['execute', 'maintenance', 'replace-part', 'replace-full', 'refund'];

/** What people do with a case that is at the hub, or that the courier could not serve. */
export const caseActRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const done = async <A extends Act>(request: FastifyRequest, id: number, doing: Doing<A>) => {
    await doAct(deps, request, await requireCase(deps, id), doing);
    return answer(await viewOf(deps, id));
  };

  app.post('/:id/team-leader-review', {
    schema: {
      ...{ tags, summary: 'Decide a hard case', params, body: reviewBody },
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
      if (!isAsync(request)) return reply.send(await done(request, params.id, doing));
      const row = await requireCase(deps, params.id);
      return reply.code(202).send(answer(await postAct(deps, request, row, doing)));
    },
  });

  app.post('/:id/assign', {
    schema: { tags, summary: 'Give it to a technician', params, body: assignBody, response },
    config: { permission: 'assign' },
    handler: async (request) => {
      const { params, body } = request;
      const email = body?.technician ?? userOf(request).email;
      return done(request, params.id, assignment(await technicianId(deps, email), body ?? {}));
    },
  });

  for (const path of executions) {
    app.post(`/:id/${path}`, {
      schema: { tags, summary: 'Carry the service out', params, body: executeBody, response },
      config: { permission: 'execute' },
      handler: async (request) => done(request, request.params.id, executionOf(request.body)),
    });
  }

  app.post('/:id/return-decision', {
    schema: {
      ...{ tags, summary: 'Decide on a return that failed' },
      ...{ params, body: returnDecisionBody, response },
    },
    config: { permission: 'return_decision' },
    handler: async (request) => {
      const { params, body } = request;
      const payload = () => ({ decision: body.decision });
      return done(request, params.id, { act: 'return_decision', body, payload });
    },
  });

  app.post('/:id/delivery-decision', {
    schema: {
      ...{ tags, summary: 'Decide on a delivery that failed' },
      ...{ params, body: deliveryDecisionBody, response },
    },
    config: { permission: 'delivery_decision' },
    handler: async (request) => {
      const { params, body } = request;
      const payload = () => ({ decision: body.decision });
      return done(request, params.id, { act: 'delivery_decision', body, payload });
    },
  });
};
