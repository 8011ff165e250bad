import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { caseSorting, findCases } from '../../db/case-lists.ts';
import { eventsOf } from '../../db/case-queries.ts';
import { actionStatuses, actionTypes, priorities } from '../../domain/vocabulary.ts';
import { answer, answerOf, answerPage, pageOf } from '../answers.ts';
import { openNewCase } from '../cases/opening.ts';
import { onTheWire, requireCase, viewOf, waitOf } from '../cases/view.ts';
import type { Deps } from '../deps.ts';
import { userOf } from '../plugins/auth.ts';
import { keyHeader, requireIdempotencyKey } from '../plugins/idempotency.ts';
import { caseLine, caseParams, caseView, storyEvent } from '../schemas/case.ts';
import { caseOpening } from '../schemas/case-opening.ts';
import { intText, orderId, phone, trackingNumber } from '../schemas/fields.ts';
import { sorting } from '../schemas/page.ts';

const tags = ['service actions'];

const caseFilter = z.strictObject({
  action_status: z.enum(actionStatuses).optional(),
  action_type: z.enum(actionTypes).optional(),
  priority: z.enum(priorities).optional(),
  customer_phone: phone.optional().meta({ description: 'Either phone of the customer' }),
  main_order_id: orderId.optional(),
  hub_id: intText.optional(),
  tracking: trackingNumber
    .optional()
    .meta({ description: "Of any delivery of the case, or the case's reference" }),
  ...sorting(caseSorting),
});

/** Opening a case. */
export const caseOpeningRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.post('', {
    schema: {
      ...{ tags, summary: 'Open a case', headers: keyHeader, body: caseOpening },
      description: 'Needs a header Idempotency-Key; a repeat answers 200 with the first case.',
      response: { 200: answerOf(caseView), 201: answerOf(caseView) },
    },
    config: { permission: 'open_case' },
    handler: async (request, reply) => {
      const key = requireIdempotencyKey(request);
      const { body } = request;
      const { actionId, isNew } = await openNewCase(deps, { key, body, user: userOf(request) });
      return reply.code(isNew ? 201 : 200).send(answer(await viewOf(deps, actionId)));
    },
  });
};

/** Reading cases. */
export const caseRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('', {
    schema: {
      ...{ tags, summary: 'List cases', querystring: caseFilter },
      description: 'All that is given must hold. Each with what it waits for.',
      response: { 200: pageOf(caseLine) },
    },
    config: { permission: 'read_cases' },
    handler: async ({ query }) => {
      const { page, limit, sort_by, sort_dir, ...filter } = query;
      const found = await findCases(deps.sql, filter, { page, limit, sort_by, sort_dir });
      const rows = found.rows.map((row) => ({ ...row, waiting_for: waitOf(row) }));
      return answerPage({ ...found, rows }, query);
    },
  });

  app.get('/:id', {
    schema: {
      ...{ tags, summary: 'One case', params: caseParams },
      description:
        'What it waits for, what can be done now and by whom, and all that belongs to it.',
      response: { 200: answerOf(caseView) },
    },
    config: { permission: 'read_cases' },
    handler: async ({ params }) => answer(await viewOf(deps, params.id)),
  });

  app.get('/:id/timeline', {
    schema: {
      ...{ tags, summary: "A case's story", params: caseParams },
      description: 'Every event, from the opening on; amounts are EGP.',
      response: { 200: answerOf(z.array(storyEvent)) },
    },
    config: { permission: 'read_cases' },
    handler: async ({ params }) => {
      await requireCase(deps, params.id);
      return answer((await eventsOf(deps.sql, params.id)).map(onTheWire));
    },
  });
};
