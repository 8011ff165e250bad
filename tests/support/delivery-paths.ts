import { type Path, repaired, sentBack, toTheHub } from './case-path.ts';
import { findings } from './cases.ts';

/** Paths on which the delivery to the customer fails or is lost. */
export const backToTheCustomer: Path[] = [
  {
    name: 'delivery-decision-resend',
    walk: async ({ toTheHub, say, deliver, whenItWaitsFor }) => {
      await toTheHub();
      await say('hub_inspection', findings);
      await say('execute', repaired());
      await deliver(1, 46);
      await whenItWaitsFor('delivery_decision');
      await say('delivery_decision', { decision: 'hold' });
      await say('delivery_decision', { decision: 'resend' });
      await deliver(2);
    },
    status: 'completed',
    events: [
      ...[...toTheHub, 'inspected', 'repaired', 'delivery_ordered', 'delivery_failed'],
      ...['delivery_decided', 'delivery_decided', ...sentBack],
    ],
  },
  {
    name: 'delivery-decision-close',
    opening: { action_type: 'replace_full', product_sku: 'BL-500' },
    walk: async ({ toTheHub, say, deliver, whenItWaitsFor }) => {
      await toTheHub();
      await say('hub_inspection', { ...findings, recommended_action: 'replace_full' });
      await say('execute', { product_sku: 'BL-500' });
      await deliver(1, 46);
      await whenItWaitsFor('delivery_decision');
      await say('delivery_decision', { decision: 'close' });
    },
    status: 'failed',
    events: [
      ...[...toTheHub, 'inspected', 'replaced', 'delivery_ordered', 'delivery_failed'],
      'delivery_decided',
    ],
  },
  {
    name: 'lost-on-the-way-back-and-found',
    walk: async ({ toTheHub, say, deliver, whenItWaitsFor }) => {
      await toTheHub();
      await say('hub_inspection', findings);
      await say('execute', repaired());
      await deliver(1, 100);
      await whenItWaitsFor('delivery_decision');
      await deliver(1, 45);
    },
    status: 'completed',
    events: [
      ...[...toTheHub, 'inspected', 'repaired', 'delivery_ordered', 'delivery_failed'],
      'delivered',
    ],
  },
  {
    name: 'replacement-sent-again-and-the-lost-one-found',
    opening: { action_type: 'replace_full', product_sku: 'BL-500' },
    walk: async ({ toTheHub, say, deliver, move, when, whenItWaitsFor }) => {
      await toTheHub();
      await say('hub_inspection', { ...findings, recommended_action: 'replace_full' });
      await say('execute', { product_sku: 'BL-500' });
      await deliver(1, 100);
      const { delivery } = await whenItWaitsFor('delivery_decision');
      await say('delivery_decision', { decision: 'resend' });
      await when('another one', (view) => view.delivery?.attempt === 2);
      await move(delivery?.tracking_number ?? '', 46);
      await when('the lost one', ({ lost }) => lost?.[0]?.has_failed === false);
      await deliver(2);
    },
    status: 'completed',
    events: [
      ...[...toTheHub, 'inspected', 'replaced', 'delivery_ordered', 'delivery_failed'],
      ...['delivery_decided', 'delivery_ordered', 'lost_and_found', 'delivered'],
    ],
  },
  {
    name: 'lost',
    walk: async ({ collect, failPickup, say }) => {
      await collect();
      await failPickup(30, 100);
      await say('return_decision', { decision: 'cancel' });
    },
    status: 'failed',
    events: ['opened', 'pickup_ordered', 'return_decided'],
  },
];
