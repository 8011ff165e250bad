import { doubtful, type Path, repaired, sentBack, toTheHub } from './case-path.ts';
import { findings } from './cases.ts';

/** Paths on which the product comes to the hub by another way, late, or not at all. */
export const toTheHubOtherwise: Path[] = [
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
];
