import { z } from 'zod';
import type { Dice } from '../bosta/dice.ts';
import type { Request } from './staff.ts';

const word = z.string().nullish();
/** What staff see of a case, as far as they act on it. */
export const CaseSeen = z.looseObject({
  action_id: z.number(),
  action_type: z.string(),
  action_status: z.string(),
  product_sku: word,
  return_tracking_number: word,
  delivery_tracking_number: word,
  costs: z.looseObject({ due: z.number() }),
  waiting_for: z.looseObject({ who: z.string(), what: z.string() }).nullable(),
  allowed: z.array(z.looseObject({ roles: z.array(z.string()) })),
  events: z.array(z.unknown()),
  inspection: z.looseObject({ recommended_action: word }).nullable(),
  review: z.looseObject({ decision: z.string(), approved_action: word }).nullable(),
});
export type CaseSeen = z.infer<typeof CaseSeen>;

/** Whether nothing more will happen to the case. One that is just stored waits for nobody yet, and is none. */
export function isOver({ action_status, waiting_for }: CaseSeen): boolean {
  return (
    waiting_for === null && ['completed', 'failed', 'rejected', 'cancelled'].includes(action_status)
  );
}

type Act = Omit<Request, 'key'>;

/** What somebody does for the case to go on; undefined where only the courier can. `isLate`: the drill ends, and everybody is quick and kind. */
export function nextAct(seen: CaseSeen, dice: Dice, isLate: boolean): Act | undefined {
  const at = `/service-actions/${seen.action_id}`;
  switch (seen.waiting_for?.what) {
    case 'walk_in':
      return scan(`HV-${seen.action_id}`);
    case 'pickup':
    case 'arrival':
    case 'scan':
      return arriving(seen, dice, isLate);
    case 'inspection':
      return inspection(seen, dice, isLate);
    case 'review':
      return post('leader', `${at}/team-leader-review`, reviewOf(seen, dice, isLate));
    case 'service':
    case 'stock':
      return post(
        dice.chance(0.8) ? 'technician' : 'manager',
        `${at}/execute`,
        serviceOf(seen, dice, isLate),
      );
    case 'refund':
      return post('manager', `${at}/refund`, {
        refund: {
          amount: dice.between(100, 2_000),
          method: 'instapay',
          reference: `IP-${seen.action_id}`,
        },
      });
    case 'return_decision':
      return post('agent', `${at}/return-decision`, {
        decision: returnDecision(seen, dice, isLate),
      });
    case 'unwanted_pickup':
      return dice.chance(0.1)
        ? post('agent', `${at}/return-decision`, { decision: 'cancel' })
        : arriving(seen, dice, isLate);
    case 'fetching':
      return handOver(seen);
    case 'delivery_order':
    case 'delivery':
    case 'delivery_home':
      // Now and then the customer comes before the courier; most often he has it by then.
      return !isLate && dice.chance(0.03) ? handOver(seen) : undefined;
    case 'delivery_decision':
      return post('agent', `${at}/delivery-decision`, {
        decision: isLate
          ? dice.pick(['resend', 'close'])
          : dice.pick(['resend', 'resend', 'hold', 'close']),
      });
    default:
      return undefined;
  }
}

function post(role: Act['role'], path: string, body: object): Act {
  return { role, method: 'POST', path, body };
}

/** What a customer owes he pays. */
function handOver({ action_id, costs: { due } }: CaseSeen): Act {
  const body = due > 0 ? { cash_received: due } : {};
  return post('hub', `/service-actions/${action_id}/hand-over`, body);
}

function scan(tracking_number: string): Act {
  return post('hub', '/service-actions/hub-scan', { tracking_number });
}

/** The hub scans what the courier brings; now and then the customer has come before him. */
function arriving(seen: CaseSeen, dice: Dice, isLate: boolean): Act | undefined {
  const { action_status, return_tracking_number: number } = seen;
  const isComing = action_status === 'return_in_transit' || action_status === 'cancelled';
  if (number && isComing && (isLate || dice.chance(0.5))) return scan(number);
  return !isLate && dice.chance(0.02) ? scan(`HV-${seen.action_id}`) : undefined;
}

const serving: Record<string, string> = {
  maintenance: 'maintenance',
  replace_part: 'replace_part',
  replace_full: 'replace_full',
  exchange: 'replace_full',
  return_refund: 'refund',
};

function inspection({ action_id, action_type }: CaseSeen, dice: Dice, isLate: boolean): Act {
  const served = serving[action_type] ?? 'maintenance';
  const recommended_action =
    isLate || dice.chance(0.75)
      ? served
      : dice.pick(['dispose', 'refund', 'replace_full', 'maintenance']);
  return post('hub', '/service-actions/hub-inspection', {
    action_id,
    product_condition: dice.pick(['good', 'fair', 'poor', 'damaged']),
    functionality_test_result: dice.pick(['working', 'partially_working', 'not_working']),
    quality_score: isLate ? 6 : dice.between(2, 9),
    ...{ visible_damage: [], missing_parts: [], recommended_action },
    ...(!isLate && dice.chance(0.1) ? { draft: true } : {}),
  });
}

function reviewOf({ action_type }: CaseSeen, dice: Dice, isLate: boolean): object {
  const approved = { decision: 'approved', approved_action: serving[action_type] ?? 'maintenance' };
  if (isLate) return approved;
  const roll = dice.roll();
  if (roll < 0.1) return { decision: 'rejected' };
  if (roll < 0.2) return { decision: 'requires_changes' };
  return roll < 0.35 ? { decision: 'approved', approved_action: 'replace_full' } : approved;
}

/** What was confirmed is carried out; a repair may fail, and uses parts. */
function serviceOf(seen: CaseSeen, dice: Dice, isLate: boolean): object {
  const { review, inspection: found, product_sku } = seen;
  const approved = review?.decision === 'approved' ? review.approved_action : undefined;
  const service = approved ?? found?.recommended_action;
  if (service === 'replace_full') return { product_sku: product_sku ?? 'BL-500' };
  const parts = dice.chance(0.6) ? [{ sku: `${product_sku ?? 'BL-500'}-MOTOR`, quantity: 1 }] : [];
  if (!isLate && dice.chance(0.12)) return { outcome: 'failed', parts };
  return { outcome: 'repaired', parts, labor_cost: dice.between(0, 150) };
}

function returnDecision(seen: CaseSeen, dice: Dice, isLate: boolean): string {
  if (seen.action_status === 'cancelled') return 'cancel';
  return isLate
    ? dice.pick(['walk_in', 'cancel'])
    : dice.pick(['retry', 'retry', 'walk_in', 'cancel']);
}

/** Something that is most often wrong in the case's status, and must then change nothing. */
export function wrongAct({ action_id }: CaseSeen, dice: Dice): Act {
  const at = `/service-actions/${action_id}`;
  return dice.pick<Act>([
    post('leader', `${at}/team-leader-review`, { decision: 'requires_changes' }),
    post('technician', `${at}/execute`, { outcome: 'repaired' }),
    post('manager', `${at}/refund`, { refund: { amount: 5, method: 'wallet', reference: 'IP-0' } }),
    post('agent', `${at}/return-decision`, { decision: 'walk_in' }),
    post('agent', `${at}/delivery-decision`, { decision: 'hold' }),
    post('hub', `${at}/hand-over`, {}),
    post('technician', `${at}/execute`, { outcome: 'lost' }),
    post('hub', '/service-actions/hub-scan', { tracking_number: `NOBODY-${action_id}` }),
    { role: 'hub', method: 'DELETE', path: at, body: { reason: 'The hub may not' } },
  ]);
}

/** The customer thinks better of it. */
export function cancellation({ action_id }: CaseSeen): Act {
  const body = { reason: 'The customer thought better of it' };
  return { role: 'agent', method: 'DELETE', path: `/service-actions/${action_id}`, body };
}
