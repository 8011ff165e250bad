import { z } from 'zod';
import { caseAddress } from '../../db/case-deliveries.ts';
import { otherCase } from '../../db/case-lists.ts';
import { caseEvent, caseRow } from '../../db/case-queries.ts';
import {
  caseDelivery,
  caseItem,
  inspection,
  refund,
  review,
  usedPart,
} from '../../db/whole-case.ts';
import { noticeCodes } from '../../domain/notices.ts';
import { waitingParties } from '../../domain/vocabulary.ts';
import { egp, idText } from './fields.ts';
import { customer, linkedOrder, order } from './order.ts';

/** `{id}` in the path of a case. */
export const caseParams = z.strictObject({ id: idText });

export const waitingFor = z
  .object({
    who: z.enum(waitingParties),
    what: z.string(),
    since: z.iso.datetime(),
    until: z.iso.datetime(),
    sentence: z.object({ en: z.string(), ar: z.string() }),
  })
  .meta({ id: 'WaitingFor' });

const known = caseRow.pick({
  action_id: true,
  action_type: true,
  action_subtype: true,
  action_status: true,
  priority: true,
  workflow_id: true,
  return_method: true,
  return_tracking_number: true,
  delivery_tracking_number: true,
  hub_id: true,
  hub_confirmation_status: true,
  main_order_id: true,
  product_sku: true,
  product_name: true,
  service_reason: true,
  technician: true,
  created_at: true,
  updated_at: true,
  completed_at: true,
}).shape;

/** One line of the list of cases. */
export const caseLine = z
  .object({
    ...known,
    customer_phone: z.string(),
    customer_name: z.string().nullable(),
    waiting_for: waitingFor.nullable(),
  })
  .meta({ id: 'ServiceActionLine' });

/** The story of a case: amounts in `data` are EGP. */
export const storyEvent = z.object(caseEvent.shape).meta({ id: 'Event' });

/** What whoever looks at the case should know, though it keeps nobody from going on. */
const notice = z.object({
  code: z.enum(noticeCodes),
  sentence: z.object({ en: z.string(), ar: z.string() }),
});

/** A case as people see it: what it waits for, what can be done, and all that belongs to it. */
export const caseView = z
  .object({
    ...known,
    notes: z.string().nullable(),
    temporal_url: z.url(),
    waiting_for: waitingFor.nullable(),
    allowed: z.array(z.object({ act: z.string(), roles: z.array(z.string()) })),
    inspection: inspection.nullable(),
    review: review.nullable(),
    items: z.array(caseItem),
    parts: z.array(z.object({ ...usedPart.shape, unit_cost: egp })),
    costs: z.object({
      ...{ parts: egp, labor: egp, fees: egp, total: egp },
      due: egp.meta({
        description: 'What the customer still pays when the product is given to him',
      }),
    }),
    refund: z.object({ ...refund.shape, amount: egp.nullable() }).nullable(),
    deliveries: z.array(z.object({ ...caseDelivery.shape, cod: egp })),
    order: order.nullable(),
    family: z.array(linkedOrder).meta({
      description: "The order's main order, and the newest of its sub-orders, at most 100",
    }),
    family_total: z.int(),
    customer: z.object({
      phone: z.string(),
      name: z.string().nullable(),
      address: caseAddress.nullable(),
      known: customer.nullable(),
      other_cases: z.array(otherCase),
    }),
    notices: z.array(notice),
    events: z.array(storyEvent),
  })
  .meta({ id: 'ServiceAction' });

export type CaseView = z.output<typeof caseView>;
