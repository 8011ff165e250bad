import { z } from 'zod';
import { customerRow } from '../../db/customer-queries.ts';
import { timelineStep } from '../../db/order-queries.ts';
import { linkShape, orderShape } from '../../db/order-rows.ts';
import { egp } from './fields.ts';

/** An order on the wire: its row, amounts in EGP. */
export const order = z.object(orderShape(egp)).meta({ id: 'Order' });

/** An order with its link to the other one. */
export const linkedOrder = z
  .object({ ...orderShape(egp), ...linkShape })
  .meta({ id: 'LinkedOrder' });

/** An order in full, with Bosta's timeline. */
export const fullOrder = z
  .object({ ...orderShape(egp), timeline: z.array(timelineStep) })
  .meta({ id: 'FullOrder' });

/** A customer on the wire, with the figures of all orders. */
export const customer = z
  .object({ ...customerRow.shape, delivered_value: egp })
  .meta({ id: 'Customer' });
