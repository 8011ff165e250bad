import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { rolesWith } from '../../domain/permissions.ts';
import { type CaseText, caseTexts } from '../../domain/vocabulary.ts';
import { answer, answerOf } from '../answers.ts';
import { actAndView, doAct } from '../cases/acting.ts';
import { nextErrand, usableAddress } from '../cases/address.ts';
import { requireHub } from '../cases/hub.ts';
import { technicianId } from '../cases/servicing.ts';
import { requireCase, viewOf } from '../cases/view.ts';
import type { Deps } from '../deps.ts';
import { demandRole, userOf } from '../plugins/auth.ts';
import { keyHeader } from '../plugins/idempotency.ts';
import { caseParams, caseView } from '../schemas/case.ts';
import { cancelBody, type EditBody, editBody } from '../schemas/case-acts.ts';

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
      const { technician: email, priority, hub_id, pickup_address, ...texts } = body;
      if (email !== undefined) demandRole(userOf(request), rolesWith('assign'));
      // Before anything is said to the case: a change is taken whole, or not at all.
      if (hub_id !== undefined) await requireHub(deps.sql, hub_id);
      const errand = nextErrand(row.state);
      const address = pickup_address && (await usableAddress(deps.sql, pickup_address, errand));
      const technician = email === undefined ? undefined : await technicianId(deps, email);
      const change = { priority, hub_id, technician, texts: textsIn(body) };
      await doAct(deps, request, row, {
        ...{ act: 'edit', body, note: { ...texts, address } },
        payload: (note_id) => ({ ...change, note_id }),
      });
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

/** Which words change: the case is told their names alone. */
function textsIn(body: EditBody): CaseText[] | undefined {
  const changed = caseTexts.filter((text) => body[text] !== undefined);
  return changed.length > 0 ? changed : undefined;
}
