import { doubtful, motors, type Path, repaired, sentBack, toTheHub } from './case-path.ts';
import { findings } from './cases.ts';

/** Paths that are decided at the hub and at the bench, and those that are called off. */
export const atTheHub: Path[] = [
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
];
