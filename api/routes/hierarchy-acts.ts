import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Sql } from '../../db/client.ts';
import { type By, linkByHand, undoUnlink, unlinkByHand } from '../../db/family-acts.ts';
import { ordersOfPhone } from '../../db/family-queries.ts';
import { type LinkRefusal, LinkRefused } from '../../db/family-refusals.ts';
import { relinkNow } from '../../db/family-runs.ts';
import { orderIdOf } from '../../db/learned-ids.ts';
import { orderById } from '../../db/order-queries.ts';
import { currentPolicy } from '../../db/policies.ts';
import { rolesWith } from '../../domain/permissions.ts';
import { detectFamiliesId } from '../../workflows/contract.ts';
import type { detectFamilies } from '../../workflows/detect-families.ts';
import { answer, answerOf } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { ApiError, noSuchOrder } from '../errors.ts';
import { viewFamilies } from '../families.ts';
import { startedWorkflow, startIngest } from '../ingest.ts';
import { demandRole, userOf } from '../plugins/auth.ts';
import { idempotencyKey, keyHeader, keyReused } from '../plugins/idempotency.ts';
import { detectBody, familyView, linkBody, undoBody, unlinkBody } from '../schemas/hierarchy.ts';

const tags = ['families of orders'];
const config = { permission: 'link_orders' } as const;
const detected = z.object({
  evaluated: z.number(),
  changed: z.number(),
  families: z.array(familyView),
});
/** More orders of one phone are a matter for the look at everything. */
const ordersShown = 100;

/** Linking and unlinking. */
export const hierarchyActRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { sql } = deps;
  const by = async (request: FastifyRequest): Promise<By> => ({
    ...{ user: userOf(request), key: idempotencyKey(request) },
    ...{ policy: await currentPolicy(sql), now: new Date() },
  });

  app.post('/detect', {
    schema: {
      ...{ tags, summary: 'Look at the links of an order, a customer, or all anew' },
      description: 'All: by a workflow (202), for managers; `status` shows how far it is.',
      body: detectBody,
      response: { 200: answerOf(detected), 202: answerOf(startedWorkflow) },
    },
    config,
    handler: async (request, reply) => {
      const { body } = request;
      if (body.all) {
        demandRole(userOf(request), rolesWith('detect_all_families'));
        const run = await startIngest<typeof detectFamilies>(deps, {
          ...{ workflow: 'detectFamilies', workflowId: detectFamiliesId, args: [] },
        });
        return reply.code(202).send(answer(run));
      }
      const ids = await idsToLookAt(deps, body);
      const done = await relinkNow(sql, ids, await currentPolicy(sql), new Date());
      return reply.code(200).send(answer({ ...done, families: await viewFamilies(sql, ids) }));
    },
  });

  app.post('/link', {
    schema: {
      ...{ tags, summary: 'Link a sub-order to its main order, by hand', body: linkBody },
      headers: keyHeader,
      description: 'Also confirms a candidate. The machine never undoes it. A repeat answers 200.',
      response: { 200: answerOf(familyView), 201: answerOf(familyView) },
    },
    config,
    handler: async (request, reply) => {
      const wish = await standing(sql, request.body);
      const { is_new } = await told(linkByHand(sql, wish, await by(request)));
      const [family] = await viewFamilies(sql, [wish.sub_order_id]);
      if (!family) throw noSuchOrder();
      return reply.code(is_new ? 201 : 200).send(answer(family));
    },
  });

  app.post('/unlink', {
    schema: {
      ...{ tags, summary: 'Part two orders, or refuse a candidate, by hand', body: unlinkBody },
      headers: keyHeader,
      description: 'The machine does not join this pair again. `unlink_id` undoes it.',
      response: { 200: answerOf(unlinked) },
    },
    config,
    handler: async (request) => {
      const wish = await standing(sql, request.body);
      return answer(await told(unlinkByHand(sql, wish, await by(request))));
    },
  });

  app.post('/unlink/undo', {
    schema: {
      ...{ tags, summary: 'Take an unlinking back', body: undoBody },
      headers: keyHeader,
      description: 'The link stands again as it stood, whoever had made it.',
      response: { 200: answerOf(familyView) },
    },
    config,
    handler: async (request) => {
      const act = undoUnlink(sql, request.body.unlink_id, await by(request));
      const { sub_order_id } = await told(act);
      const [family] = await viewFamilies(sql, [sub_order_id]);
      if (!family) throw noSuchOrder();
      return answer(family);
    },
  });
};

const unlinked = z.object({
  unlink_id: z.number(),
  main_order_id: z.string(),
  sub_order_id: z.string(),
});

/** A wish with the ids that its orders stand under. */
async function standing<W extends z.infer<typeof unlinkBody>>(sql: Sql, wish: W): Promise<W> {
  const { main_order_id: main, sub_order_id: sub } = wish;
  return {
    ...wish,
    ...{ sub_order_id: await orderIdOf(sql, sub) },
    ...(main !== undefined && { main_order_id: await orderIdOf(sql, main) }),
  };
}

async function idsToLookAt({ sql }: Deps, body: z.infer<typeof detectBody>): Promise<string[]> {
  const { order_id, phone } = body;
  const found = order_id === undefined ? undefined : await orderById(sql, order_id);
  if (found) return [found.id];
  const ids = phone === undefined ? [] : await ordersOfPhone(sql, phone, ordersShown);
  if (ids.length > 0) return ids;
  throw noSuchOrder();
}

/** What people are told; an unknown order and a reused key are told of alike everywhere. */
const sentences: Record<
  Exclude<LinkRefusal, 'ORDER_NOT_FOUND' | 'IDEMPOTENCY_KEY_REUSED'>,
  string
> = {
  LINK_NOT_FOUND:
    'These orders are not linked, and no candidate waits for review: GET /api/orders/hierarchy/{order_id} shows what is.',
  UNLINK_NOT_FOUND: 'There is no such unlinking: give the unlink_id that it answered.',
  ALREADY_LINKED:
    'A person has linked this order to another main order. Unlink it first: an order has one main order.',
  CUSTOMER_MISMATCH: 'The two orders share no phone: links join the orders of one customer only.',
  LINK_TOO_FAR_APART: 'The two orders are more than 365 days apart: link to a nearer main order.',
  FAMILY_CYCLE: 'The order would be its own ancestor: link the other way round, or unlink first.',
  NOTHING_TO_UNDO: 'This unlinking was undone already, or the two were linked again since.',
};

async function told<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    throw error instanceof LinkRefused ? toApiError(error) : error;
  }
}

function toApiError({ code, details }: LinkRefused): ApiError {
  if (code === 'ORDER_NOT_FOUND') return noSuchOrder(details);
  if (code === 'IDEMPOTENCY_KEY_REUSED') return keyReused();
  return new ApiError(code, sentences[code], details);
}
