import { z } from 'zod';
import { messageLimits } from '../../domain/messages.ts';
import { actionSubtypes, actionTypes, priorities, returnMethods } from '../../domain/vocabulary.ts';
import { code, intId, notes, orderId, phone, reason, text, trackingNumber } from './fields.ts';

/** An address as people type it. What Bosta needs of it is checked against Bosta's own places. */
export const pickupAddress = z.strictObject({
  city: text(100).optional(),
  zone: text(100).optional(),
  district: text(100).optional(),
  first_line: text(300).optional(),
  building_number: text(50).optional(),
  floor: text(50).optional(),
  apartment: text(50).optional(),
});
export type PickupAddress = z.infer<typeof pickupAddress>;

/** What a case is opened with. With an order, the customer and the address come from it. */
export const caseOpening = z
  .strictObject({
    action_type: z.enum(actionTypes),
    action_subtype: z.enum(actionSubtypes).optional(),
    main_order_id: orderId.optional(),
    main_tracking_number: trackingNumber.optional(),
    customer_phone: phone.optional(),
    customer_name: text(200).optional(),
    product_sku: code(messageLimits.sku).optional(),
    product_name: text(300).optional(),
    serial_number: code(messageLimits.serial_number).optional(),
    service_reason: reason,
    notes: notes.optional(),
    return_method: z.enum(returnMethods).default('bosta_pickup'),
    pickup_address: pickupAddress.optional(),
    hub_id: intId.optional(),
    priority: z.enum(priorities).default('medium'),
  })
  .superRefine((body, context) => {
    if (body.main_order_id ?? body.main_tracking_number) return;
    const missing = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (!body.customer_phone) missing('customer_phone', 'is needed where no order is given');
    if (!body.product_sku && !body.product_name) {
      missing('product_sku', 'or product_name is needed where no order is given');
    }
  });
export type CaseOpening = z.infer<typeof caseOpening>;
