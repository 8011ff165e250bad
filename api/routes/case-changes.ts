import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { updateTexts } from '../../db/case-texts.ts';
import { answer, answerOf } from '../answers.ts';
import { actAndView, doAct } from '../cases/acting.ts';
import { usableAddress } from '../cases/address.ts';
import { requireHub } from '../cases/hub.ts';
import { assignment, technicianId } from '../cases/servicing.ts';
import { requireCase, viewOf } from '../cases/view.ts';
import type { Deps } from '../deps.ts';
import { keyHeader } from '../plugins/idempotency.ts';
import { caseParams, caseView } from '../schemas/case.ts';
import { cancelBody, editBody } from '../schemas/case-acts.ts';

const tags = ['service actions'];
const response = { 200: answerOf(caseView) };
const params = caseParams;
const headers = keyHeader;

/** What may still change in a case, and ending it. The status moves by acts alone. */
export const caseChangeRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.put('/:id', {
    schema: {
      ...{ tags, summary: 'Change what may still change' },
      ...{ headers, params, body: editBody, response },
      description: 'What is not named stays. The status moves by acts alone.',
    },
    config: { permission: 'edit' },
    handler: async (request) => {
      const { params, body } = request;
      const row = await requireCase(deps, params.id);
      const { technician, priority, hub_id, pickup_address, ...texts } = body;
      // Before anything is said to the case: a change is taken whole, or not at all.
      if (hub_id !== undefined) await requireHub(deps.sql, hub_id);
      const address = pickup_address && (await usableAddress(deps.sql, pickup_address));
      if (technician !== undefined) {
        const doing = assignment(await technicianId(deps, technician), body);
        await doAct(deps, request, row, doing);
      }
      await doAct(deps, request, row, { act: 'edit', body, payload: () => ({ priority, hub_id }) });
      await updateTexts(deps.sql, params.id, { ...texts, address });
      return answer(await viewOf(deps, params.id));
    },
  });

  app.delete('/:id', {
    schema: {
      ...{ tags, summary: 'Cancel a case', headers, params, body: cancelBody, response },
      description:
        'Before the service is carried out. A pickup is called off; a product that is at the hub, or comes there, goes home.',
    },
    config: { permission: 'cancel' },
    handler: async (request) => {
      const { params, body } = request;
      return actAndView(deps, request, params.id, {
        ...{ act: 'cancel', body, note: { notes: body.reason } },
        payload: (note_id) => ({ note_id }),
      });
    },
  });
};
