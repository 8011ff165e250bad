import type { NewCase } from '../../db/new-cases.ts';
import type { Payloads } from '../../domain/messages.ts';
import type { Hands } from './case-hands.ts';
import { findings } from './cases.ts';

const motors = (quantity: number) => [{ sku: 'BL-500-MOTOR', quantity }];
const repaired = (): Payloads['execute'] => ({ outcome: 'repaired', parts: motors(1) });
const doubtful = { ...findings, quality_score: 2 };

type Path = {
  name: string;
  opening?: Partial<NewCase>;
  walk: (hands: Hands) => Promise<unknown>;
  status: string;
  events: string[];
};

export const toTheHub = ['opened', 'pickup_ordered', 'scanned'];
const sentBack = ['delivery_ordered', 'delivered'];

/** Every path of a case besides the three stories, with what its events tell in the end. */
export const paths: Path[] = [
  {
    name: 'failed-repair-then-replacement',
    opening: { product_sku: 'BL-500' },
    walk: async ({ toTheHub, say, deliver }) => {
      await toTheHub();
      await say('hub_inspection', findings);
      await say('execute', { outcome: 'failed', parts: motors(1) });
      await say('team_leader_decision', { decision: 'approved', approved_action: 'replace_full' });
      await say('execute', { product_sku: 'BL-500', serial_number: 'SN-1' });
      await deliver();
    },
    status: 'completed',
    events: [...toTheHub, 'inspected', 'repair_failed', 'reviewed', 'replaced', ...sentBack],
  },
  {
    name: 'rejected',
    walk: async ({ toTheHub, say, deliver }) => {
      await toTheHub();
      await say('hub_inspection', doubtful);
      await say('team_leader_decision', { decision: 'rejected' });
      await deliver();
    },
    status: 'rejected',
    events: [...toTheHub, 'inspected', 'reviewed', ...sentBack],
  },
  {
    name: 'requires-changes',
    walk: async ({ toTheHub, say, deliver }) => {
      await toTheHub();
      await say('hub_inspection', doubtful);
      await say('team_leader_decision', { decision: 'requires_changes' });
      await say('hub_inspection', { quality_score: 5, draft: true });
      await say('hub_inspection', findings);
      await say('assign', { technician: 6 });
      await say('execute', repaired());
      await deliver();
    },
    status: 'completed',
    events: [
      ...[...toTheHub, 'inspected', 'reviewed', 'inspection_drafted', 'inspected'],
      ...['assigned', 'repaired', ...sentBack],
    ],
  },
  {
    name: 'cancelled-before-pickup',
    walk: async ({ whenIn, say }) => {
      await whenIn('return_ordered');
      await say('cancel', {});
    },
    status: 'cancelled',
    events: ['opened', 'pickup_ordered', 'cancelled', 'pickup_terminated'],
  },
  {
    name: 'cancelled-and-not-called-off',
    walk: async ({ movePickup, say, when, whenItWaitsFor }) => {
      await movePickup(22);
      await say('cancel', {});
      await whenItWaitsFor('unwanted_pickup');
      await say('return_decision', { decision: 'cancel' });
      await when('Bosta to refuse again', ({ to_call_off }) => to_call_off === null);
      await movePickup(49);
    },
    status: 'cancelled',
    events: [
      ...['opened', 'pickup_ordered', 'cancelled', 'pickup_not_terminated'],
      ...['return_decided', 'pickup_not_terminated'],
    ],
  },
  {
    name: 'cancelled-in-transit',
    walk: async ({ collect, look, say, deliver }) => {
      await collect();
      await say('cancel', {});
      const { pickup } = await look();
      await say('hub_scan', { tracking_number: pickup?.tracking_number ?? '' });
      await deliver();
    },
    status: 'cancelled',
    events: ['opened', 'pickup_ordered', 'cancelled', 'scanned', ...sentBack],
  },
  {
    name: 'cancelled-at-hub',
    opening: { action_type: 'return_refund' },
    walk: async ({ toTheHub, say, deliver }) => {
      await toTheHub();
      await say('hub_inspection', { ...findings, recommended_action: 'refund' });
      await say('cancel', {});
      await deliver();
    },
    status: 'cancelled',
    events: [...toTheHub, 'inspected', 'cancelled', ...sentBack],
  },
  {
    name: 'walk-in',
    opening: { return_method: 'walk_in' },
    walk: async ({ actionId, say, deliver }) => {
      await say('hub_scan', { tracking_number: `HV-${actionId}` });
      await say('hub_inspection', findings);
      await say('execute', repaired());
      await deliver();
    },
    status: 'completed',
    events: ['opened', 'scanned', 'inspected', 'repaired', ...sentBack],
  },
  {
    name: 'fetched-at-the-hub',
    opening: { return_method: 'walk_in', address: null },
    walk: async ({ actionId, say, whenItWaitsFor }) => {
      await say('hub_scan', { tracking_number: `HV-${actionId}` });
      await say('hub_inspection', findings);
      await say('execute', repaired());
      await whenItWaitsFor('fetching');
      await say('hand_over', {});
    },
    status: 'completed',
    events: ['opened', 'scanned', 'inspected', 'repaired', 'delivery_refused', 'handed_over'],
  },
  {
    name: 'fetched-before-the-courier-came',
    walk: async ({ toTheHub, say, whenItWaitsFor }) => {
      await toTheHub();
      await say('hub_inspection', doubtful);
      await say('team_leader_decision', { decision: 'rejected' });
      await whenItWaitsFor('delivery_home');
      await say('hand_over', {});
    },
    status: 'rejected',
    events: [
      ...[...toTheHub, 'inspected', 'reviewed', 'delivery_ordered'],
      ...['handed_over', 'delivery_terminated'],
    ],
  },
  {
    name: 'brought-while-the-pickup-stood',
    walk: async ({ actionId, whenIn, say, deliver, when }) => {
      await whenIn('return_ordered');
      await say('hub_scan', { tracking_number: `HV-${actionId}` });
      await when('the pickup to be called off', ({ to_call_off }) => to_call_off === null);
      await say('hub_inspection', findings);
      await say('execute', repaired());
      await deliver();
    },
    status: 'completed',
    events: [...toTheHub, 'pickup_terminated', 'inspected', 'repaired', ...sentBack],
  },
  {
    name: 'return-decision-retry',
    walk: async ({ failPickup, say, when, toTheHub, deliver }) => {
      await failPickup(48);
      await say('return_decision', { decision: 'retry' });
      await when('another pickup', ({ pickup }) => pickup?.attempt === 2);
      await toTheHub();
      await say('hub_inspection', findings);
      await say('execute', repaired());
      await deliver();
    },
    status: 'completed',
    events: [
      ...['opened', 'pickup_ordered', 'return_decided', 'pickup_ordered', 'scanned'],
      ...['inspected', 'repaired', ...sentBack],
    ],
  },
  {
    name: 'missed-too-often-and-collected-after-all',
    walk: async ({ failPickup, say, when, toTheHub, deliver }) => {
      await failPickup(47, 22, 47, 22, 47, 22, 47);
      await say('return_decision', { decision: 'retry' });
      await when('Bosta to refuse', ({ to_call_off }) => to_call_off === null);
      await toTheHub();
      await say('hub_inspection', findings);
      await say('execute', repaired());
      await deliver();
    },
    status: 'completed',
    events: [
      ...['opened', 'pickup_ordered', 'return_decided', 'pickup_not_terminated', 'scanned'],
      ...['inspected', 'repaired', ...sentBack],
    ],
  },
  {
    name: 'missed-and-retried-twice',
    walk: async ({ failPickup, say, when, toTheHub, deliver }) => {
      await failPickup(47, 22, 47, 22, 47, 22, 47);
      for (const isLast of [false, true]) {
        await say('return_decision', { decision: 'retry' });
        await when('Bosta to refuse', ({ to_call_off }) => to_call_off === null);
        if (!isLast) await failPickup(22, 47);
      }
      await toTheHub();
      await say('hub_inspection', findings);
      await say('execute', repaired());
      await deliver();
    },
    status: 'completed',
    events: [
      ...['opened', 'pickup_ordered', 'return_decided', 'pickup_not_terminated'],
      ...['return_decided', 'pickup_not_terminated', 'scanned', 'inspected', 'repaired'],
      ...sentBack,
    ],
  },
  {
    name: 'return-decision-walk-in',
    walk: async ({ actionId, failPickup, say, deliver }) => {
      await failPickup(48);
      await say('return_decision', { decision: 'walk_in' });
      await say('hub_scan', { tracking_number: `HV-${actionId}` });
      await say('hub_inspection', findings);
      await say('execute', repaired());
      await deliver();
    },
    status: 'completed',
    events: [
      ...['opened', 'pickup_ordered', 'return_decided', 'scanned'],
      ...['inspected', 'repaired', ...sentBack],
    ],
  },
  {
    name: 'return-decision-cancel',
    walk: async ({ failPickup, say }) => {
      await failPickup(49);
      await say('return_decision', { decision: 'cancel' });
    },
    status: 'cancelled',
    events: ['opened', 'pickup_ordered', 'return_decided'],
  },
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
