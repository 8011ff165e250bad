import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { answer, answerOf } from '../answers.ts';
import { doAct, isAsync, postAct } from '../cases/acting.ts';
import { inspectedCase, inspectionOf } from '../cases/inspecting.ts';
import { postScan, scan, scannedParcel } from '../cases/scanning.ts';
import { viewOf } from '../cases/view.ts';
import type { Deps } from '../deps.ts';
import { userOf } from '../plugins/auth.ts';
import { keyAndPreferHeaders } from '../plugins/idempotency.ts';
import { caseView } from '../schemas/case.ts';
import { accepted, inspectionBody, scanBody } from '../schemas/case-acts.ts';

const tags = ['hub'];
const headers = keyAndPreferHeaders;
const scanOutcome = z.object({ first: z.boolean(), at: z.iso.datetime() });

/** What the hub does with a parcel: scan it, inspect it. With `Prefer: respond-async` nobody waits for the case. */
export const hubRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.post('/hub-scan', {
    schema: {
      ...{ tags, summary: 'Scan a parcel', headers, body: scanBody },
      description:
        "By the pickup's number, the case's reference (HV-1042), or the original order's number. What no case expects is 404 PARCEL_UNEXPECTED, and noted.",
      response: { 200: answerOf(caseView.extend({ scan: scanOutcome })), 202: answerOf(accepted) },
    },
    config: { permission: 'hub_scan' },
    handler: async (request, reply) => {
      const parcel = await scannedParcel(deps, userOf(request), request.body);
      if (isAsync(request))
        return reply.code(202).send(answer(await postScan(deps, request, parcel)));
      const outcome = await scan(deps, request, parcel);
      return reply.send(answer({ ...(await viewOf(deps, parcel.row.action_id)), scan: outcome }));
    },
  });

  app.post('/hub-inspection', {
    schema: {
      ...{ tags, summary: 'Inspect a product', headers, body: inspectionBody },
      description:
        'With all required fields it ends the inspection, and the rule says whether a leader has to decide; with `draft` it does not, and what it leaves out stays as it was.',
      response: { 200: answerOf(caseView), 202: answerOf(accepted) },
    },
    config: { permission: 'hub_inspection' },
    handler: async (request, reply) => {
      const row = await inspectedCase(deps, request.body);
      const doing = inspectionOf(request.body);
      if (isAsync(request))
        return reply.code(202).send(answer(await postAct(deps, request, row, doing)));
      await doAct(deps, request, row, doing);
      return reply.send(answer(await viewOf(deps, row.action_id)));
    },
  });
};
