import { z } from 'zod';
import { orderSorting } from '../../db/order-queries.ts';
import {
  actionStatuses,
  businessCategories,
  codCategories,
  customerSegments,
  deliveryCategories,
  hierarchyStatuses,
  serviceTypes,
} from '../../domain/vocabulary.ts';
import { code, day, egpText, flag, intText, phone, text, trackingNumber } from './fields.ts';
import { sorting } from './page.ts';

const codeOrWord = code(100).meta({
  description:
    "Bosta's code, or a name of it in English or Arabic: `45`, `Delivered`, `تم التسليم`",
});
const place = text(100).meta({ description: 'Of the drop-off, in English or Arabic' });
const dayInCairo = day.meta({ description: 'A day in Cairo, by when the order was made' });

/** The parameters of the list of orders (design.md, "Seed endpoints"). */
export const orderFilter = z
  .strictObject({
    state: codeOrWord.optional(),
    order_type: codeOrWord.optional(),
    cod_min: egpText.optional().meta({ description: 'EGP' }),
    cod_max: egpText.optional().meta({ description: 'EGP' }),
    cod_category: z.enum(codCategories).optional(),
    business_category: z.enum(businessCategories).optional(),
    delivery_category: z.enum(deliveryCategories).optional(),
    service_type: z.enum(serviceTypes).optional(),
    hierarchy_status: z.enum(hierarchyStatuses).optional(),
    has_returns: flag.optional().meta({
      description:
        'Sales that came back undelivered, or that a return or refund is linked to; a pickup for a repair or an exchange is none',
    }),
    has_service_actions: flag.optional().meta({ description: 'Orders that a case is about' }),
    service_status: z
      .enum(['pending', ...actionStatuses])
      .optional()
      .meta({
        description:
          '`pending`: an open case whose hub confirmation is still to come; else a case in this status',
      }),
    has_product_desc: flag.optional().meta({ description: 'Whether Bosta has a description' }),
    customer_segment: z.enum(customerSegments).optional(),
    city: place.optional(),
    zone: place.optional(),
    district: place.optional(),
    phone: phone.optional(),
    tracking: trackingNumber.optional(),
    search: code(100).optional().meta({
      description:
        'A whole phone; or words, each of which stands in the tracking number, the reference, the name, a phone or the product, or is one of the name of its type or state, in English or Arabic',
    }),
    sla_exceeded: flag.optional().meta({ description: 'Either of the two' }),
    date_from: dayInCairo.optional(),
    date_to: dayInCairo.optional(),
    attempts_min: intText.optional(),
    ...sorting(orderSorting),
  })
  .refine(
    ({ cod_min, cod_max }) =>
      !(cod_min !== undefined && cod_max !== undefined && cod_min > cod_max),
    {
      ...{ path: ['cod_min'], error: 'must not be above cod_max' },
    },
  )
  .refine(({ date_from, date_to }) => !(date_from && date_to && date_from > date_to), {
    ...{ path: ['date_from'], error: 'must not be after date_to' },
  });
