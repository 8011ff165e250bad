import type { CaseState } from '../../domain/case.ts';
import type { Act, Payloads } from '../../domain/messages.ts';
import { courier, findings, ordered, type Told, tell } from './cases.ts';

const collectedPickup = [ordered('pickup', '7001'), courier('7001', 24)];
const scanned: Told = ['hub_scan', { tracking_number: '7001' }];
const toTheHub = [...collectedPickup, scanned];
const inspected = [...toTheHub, ['hub_inspection', findings, 3] satisfies Told];
const repaired: Told = ['execute', { outcome: 'repaired' }];
const reviewed = (decision: 'rejected' | 'approved'): Told => [
  'team_leader_decision',
  { decision },
];
const doubtful: Told = ['hub_inspection', { ...findings, quality_score: 2 }, 3];

/** A way to each standing of a case, and the acts that are possible there (domain.md, "The acts of a case"). */
export const standings: { name: string; way: Told[]; allowed: Act[] }[] = [
  { name: 'requested', way: [], allowed: ['hub_scan', 'cancel', 'edit'] },
  {
    name: 'return_ordered',
    way: [ordered('pickup', '7001')],
    allowed: ['hub_scan', 'cancel', 'edit'],
  },
  {
    name: 'return_ordered, and the pickup has failed',
    way: [ordered('pickup', '7001'), courier('7001', 48)],
    allowed: ['hub_scan', 'return_decision', 'cancel', 'edit'],
  },
  { name: 'return_in_transit', way: collectedPickup, allowed: ['hub_scan', 'cancel', 'edit'] },
  { name: 'return_received', way: toTheHub, allowed: ['hub_inspection', 'cancel', 'edit'] },
  {
    name: 'inspecting',
    way: [...toTheHub, ['hub_inspection', { draft: true }, 3]],
    allowed: ['hub_inspection', 'cancel', 'edit'],
  },
  {
    name: 'awaiting_review',
    way: [...toTheHub, doubtful],
    allowed: ['team_leader_decision', 'cancel', 'edit'],
  },
  { name: 'hub_confirmed', way: inspected, allowed: ['assign', 'execute', 'cancel', 'edit'] },
  {
    name: 'in_progress',
    way: [...inspected, ['assign', { technician: 5 }]],
    allowed: ['assign', 'execute', 'cancel', 'edit'],
  },
  {
    name: 'in_progress, and repaired',
    way: [...inspected, repaired],
    allowed: ['hand_over', 'edit'],
  },
  {
    name: 'in_progress, and Bosta refuses the delivery',
    way: [
      ...[...inspected, repaired],
      ['delivery_refused', { purpose: 'way_back', attempt: 1, reason: 'No such district' }],
    ],
    allowed: ['delivery_decision', 'hand_over', 'edit'],
  },
  {
    name: 'shipping_back',
    way: [...inspected, repaired, ordered('way_back', '8001')],
    allowed: ['hand_over', 'edit'],
  },
  {
    name: 'shipping_back, and the courier has it',
    way: [...inspected, repaired, ordered('way_back', '8001'), courier('8001', 21)],
    allowed: ['edit'],
  },
  {
    name: 'shipping_back, and the delivery has failed',
    way: [...inspected, repaired, ordered('way_back', '8001'), courier('8001', 46)],
    allowed: ['delivery_decision', 'hand_over', 'edit'],
  },
  {
    name: 'rejected, and on its way home',
    way: [...toTheHub, doubtful, reviewed('rejected'), ordered('home', '8001')],
    allowed: ['hand_over', 'edit'],
  },
  {
    name: 'rejected, and the courier has it',
    way: [
      ...[...toTheHub, doubtful, reviewed('rejected')],
      ...[ordered('home', '8001'), courier('8001', 41)],
    ],
    allowed: ['edit'],
  },
  {
    name: 'cancelled, and Bosta did not call the pickup off',
    way: [
      ...[ordered('pickup', '7001'), ['cancel', {}] satisfies Told],
      ['pickup_terminated', { is_terminated: false }],
    ],
    allowed: ['hub_scan', 'return_decision', 'edit'],
  },
  {
    name: 'cancelled, and the courier has the product',
    way: [...collectedPickup, ['cancel', {}]],
    allowed: ['hub_scan', 'edit'],
  },
];

/** Standings in which nothing can be done any more. */
export const endings: { name: string; way: Told[] }[] = [
  {
    name: 'completed',
    way: [...inspected, repaired, ordered('way_back', '8001'), courier('8001', 45)],
  },
  {
    name: 'rejected',
    way: [
      ...[...toTheHub, doubtful, reviewed('rejected')],
      ...[ordered('home', '8001'), courier('8001', 45)],
    ],
  },
  {
    name: 'cancelled',
    way: [
      ordered('pickup', '7001'),
      courier('7001', 48),
      ['return_decision', { decision: 'cancel' }],
    ],
  },
  {
    name: 'failed',
    way: [
      ordered('pickup', '7001'),
      courier('7001', 100),
      ['return_decision', { decision: 'cancel' }],
    ],
  },
];

/** The case after a way, waiting since `at`, with people who exist: for a workflow that takes it over. */
export function standing(fresh: CaseState, way: readonly Told[], at = new Date()): CaseState {
  const state = tell(fresh, ['opened', {}], ...way);
  const since = at.toISOString();
  return {
    ...state,
    waiting: state.waiting && { ...state.waiting, since },
    scan: state.scan && { ...state.scan, by: null },
    technician: state.technician && 5,
  };
}

/** Something usable to say of each kind. */
export const sayings: { [A in Act]: Payloads[A] } = {
  hub_scan: { tracking_number: '7001' },
  hub_inspection: findings,
  team_leader_decision: { decision: 'approved' },
  assign: { technician: 5 },
  execute: { outcome: 'repaired' },
  return_decision: { decision: 'retry' },
  delivery_decision: { decision: 'resend' },
  hand_over: {},
  cancel: {},
  edit: { priority: 'urgent' },
};
