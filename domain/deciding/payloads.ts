import { type Act, messageLimits, type requiredFindings } from '../messages.ts';
import { largestAmount } from '../money.ts';
import {
  caseTexts,
  deliveryDecisions,
  leaderDecisions,
  priorities,
  productConditions,
  recommendedActions,
  refundMethods,
  repairOutcomes,
  returnDecisions,
  testResults,
} from '../vocabulary.ts';

/** Messages from outside; what the case itself reports is right. */
export type Checked = Act | 'courier_report';

type Fields = Record<string, unknown>;
/** What is wrong with a value, as the end of "<field> …"; undefined where nothing is. */
type Check = (value: unknown) => string | undefined;

const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value) ? undefined : `must be one of ${words.join(', ')}`;

const integer =
  (min: number, max: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`;

const yesOrNo: Check = (value) =>
  typeof value === 'boolean' ? undefined : 'must be true or false';

/** No control characters: Postgres takes no NUL, and no scanner sends one on purpose. */
const text =
  (max: number): Check =>
  (value) =>
    typeof value === 'string' &&
    value.trim().length > 0 &&
    value.length <= max &&
    !/\p{Cc}/u.test(value)
      ? undefined
      : `must be a text of 1 to ${max} characters`;

const id = integer(1, Number.MAX_SAFE_INTEGER);
const amount = integer(0, largestAmount);

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value);

const listOf =
  (check: Check, max: number): Check =>
  (value) => {
    if (!Array.isArray(value) || value.length > max) return `must be a list of at most ${max}`;
    return value.map(check).find((problem) => problem !== undefined);
  };

const object =
  (checks: Record<string, Check>): Check =>
  (value) =>
    isFields(value) ? problemIn(value, checks) : 'must be an object';

const findings: Record<(typeof requiredFindings)[number], Check> = {
  product_condition: oneOf(productConditions),
  functionality_test_result: oneOf(testResults),
  quality_score: integer(1, messageLimits.quality_score),
  recommended_action: oneOf(recommendedActions),
};

const words = optional(listOf(text(messageLimits.words.length), messageLimits.words.entries));
const findingsAside: Record<string, Check> = {
  recommended_priority: optional(oneOf(priorities)),
  visible_damage: words,
  missing_parts: words,
  note_id: optional(id),
  draft: optional(yesOrNo),
};

const draftFindings = Object.fromEntries(
  Object.entries(findings).map(([field, check]) => [field, optional(check)]),
);

const partUse = object({
  sku: text(messageLimits.sku),
  quantity: integer(1, messageLimits.parts.quantity),
});
const services: Record<string, Record<string, Check>> = {
  outcome: {
    outcome: oneOf(repairOutcomes),
    parts: optional(listOf(partUse, messageLimits.parts.entries)),
    labor_cost: optional(amount),
  },
  product_sku: {
    product_sku: text(messageLimits.sku),
    serial_number: optional(text(messageLimits.serial_number)),
  },
  refund: { refund: object({ amount: integer(1, largestAmount), method: oneOf(refundMethods) }) },
};

/**
 * Signals come from anywhere, so what people say is checked here again, whatever
 * way it came. The API refuses the same earlier, field by field.
 */
const checks: Record<Exclude<Checked, 'hub_inspection' | 'execute'>, Record<string, Check>> = {
  hub_scan: { tracking_number: text(50), hub_id: optional(id) },
  team_leader_decision: {
    decision: oneOf(leaderDecisions),
    approved_action: optional(oneOf(recommendedActions)),
    note_id: optional(id),
  },
  assign: { technician: id },
  return_decision: { decision: oneOf(returnDecisions) },
  delivery_decision: { decision: oneOf(deliveryDecisions) },
  hand_over: { cash_received: optional(amount), note_id: optional(id) },
  cancel: { note_id: optional(id) },
  edit: {
    ...{ priority: optional(oneOf(priorities)), hub_id: optional(id), technician: optional(id) },
    texts: optional(listOf(oneOf(caseTexts), caseTexts.length)),
    note_id: optional(id),
  },
  courier_report: {
    tracking_number: text(50),
    state_code: integer(0, 100_000),
    state_at: (value) =>
      Number.isNaN(Date.parse(String(value))) ? 'must be a time in ISO 8601' : undefined,
    exceptions: optional(integer(0, 100_000)),
  },
};

/** What makes a message from outside unusable, as a sentence; undefined where nothing does. */
export function problemWith(message: { act: Checked; payload: unknown }): string | undefined {
  const { payload } = message;
  if (!isFields(payload)) return `${message.act} must be an object.`;
  const problem = problemIn(payload, checksFor(message.act, payload));
  return problem && `${message.act}: ${problem}.`;
}

function checksFor(act: Checked, payload: Fields): Record<string, Check> {
  if (act === 'hub_inspection') {
    return { ...(payload.draft === true ? draftFindings : findings), ...findingsAside };
  }
  if (act !== 'execute') return checks[act];
  // Which of them is carried out the case says: each that is named has to be right.
  const named = Object.entries(services).filter(([service]) => service in payload);
  if (named.length === 0) return { outcome: () => 'is missing (or product_sku, or refund)' };
  return Object.fromEntries(named.flatMap(([, fields]) => Object.entries(fields)));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problemIn(fields: Fields, all: Record<string, Check>): string | undefined {
  for (const [field, check] of Object.entries(all)) {
    const problem = check(fields[field]);
    if (problem) return `${field} ${problem}`;
  }
  return undefined;
}
