import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { refundRoles } from '../../domain/acts.ts';
import { answerOf } from '../answers.ts';
import { actAndView } from '../cases/acting.ts';
import { assignment, executionOf, technicianId } from '../cases/servicing.ts';
import type { Deps } from '../deps.ts';
import { demandRole, userOf } from '../plugins/auth.ts';
import { keyHeader } from '../plugins/idempotency.ts';
import { caseParams, caseView } from '../schemas/case.ts';
import { assignBody, executeBody } from '../schemas/case-acts.ts';

const tags = ['service actions'];
const response = { 200: answerOf(caseView) };
const params = caseParams;
const headers = keyHeader;

/** The service itself, and its names for each kind of it. */
const executions = {
  execute: 'Carry the service out',
  maintenance: 'Repair: the same as `execute`',
  'replace-part': 'Replace a part: the same as `execute`',
  'replace-full': 'Send a new product: the same as `execute`',
  refund: 'Pay a refund: the same as `execute`',
};

/** Who serves the case, and the service itself. */
export const serviceRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.post('/:id/assign', {
    schema: {
      ...{ tags, summary: 'Give it to a technician' },
      description: 'By e-mail; without one, to whoever asks.',
      ...{ headers, params, body: assignBody, response },
    },
    config: { permission: 'assign' },
    handler: async (request) => {
      const { params, body } = request;
      const email = body?.technician ?? userOf(request).email;
      return actAndView(
        deps,
        request,
        params.id,
        assignment(await technicianId(deps, email), body ?? {}),
      );
    },
  });

  for (const [path, summary] of Object.entries(executions)) {
    app.post(`/:id/${path}`, {
      schema: {
        ...{ tags, summary },
        description:
          'What was confirmed, and nothing else (409 WRONG_SERVICE). A repair: `outcome`, `parts`, `labor_cost`. A replacement: `product_sku`, `serial_number`. A refund, by a manager: `refund`.',
        ...{ headers, params, body: executeBody, response },
      },
      config: { permission: 'execute' },
      handler: async (request) => {
        // Whatever the case is confirmed for now: a refund may be approved while this is on its way.
        if (request.body.refund) demandRole(userOf(request), refundRoles);
        return actAndView(deps, request, request.params.id, executionOf(request.body));
      },
    });
  }
};
