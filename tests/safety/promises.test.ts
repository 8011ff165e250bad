import { expect, test } from 'vitest';
import { faultOfRefusal, untruthIn } from '../../dev/drill/promises.ts';
import type { CaseSeen } from '../../dev/drill/story.ts';

const refusal = {
  ...{ success: false, timestamp: '2026-11-28T10:00:00.000Z' },
  ...{ error: 'The case engine does not answer.', code: 'CASE_ENGINE_UNAVAILABLE' },
};

test.each([
  { what: 'a 503 with its reason and its time', status: 503, retryAfter: '5', body: refusal },
  { what: 'a success', status: 200, retryAfter: null, body: { success: true } },
])('the drill finds nothing wrong with $what', (answer) => {
  expect(faultOfRefusal(answer)).toBeUndefined();
});

test.each([
  { what: 'no JSON', status: 503, retryAfter: '5', body: undefined },
  { what: 'no sentence', status: 409, retryAfter: null, body: { ...refusal, error: '' } },
  { what: 'no time to come back', status: 503, retryAfter: null, body: refusal },
])('and would find a refusal with $what', (answer) => {
  expect(faultOfRefusal(answer)).toMatch(/^answered \d+ without/);
});

const waiting = {
  ...{ who: 'hub', what: 'inspection' },
  ...{ since: '2026-11-28T10:00:00.000Z', until: '2026-11-30T10:00:00.000Z' },
  sentence: { en: 'Waiting for the inspection at the hub', ar: 'في انتظار فحص المنتج في المركز' },
};
const seen: CaseSeen = {
  ...{ action_id: 7, action_type: 'maintenance', action_status: 'return_received' },
  ...{ costs: { due: 0 }, inspection: null, review: null, waiting_for: waiting },
  allowed: [{ act: 'hub_inspection', roles: ['hub'] }],
  events: ['opened', 'hub_scan'],
};
const closed: CaseSeen = { ...seen, action_status: 'completed', waiting_for: null, allowed: [] };

test.each([
  { what: 'a case that waits for somebody', now: seen, before: undefined },
  { what: 'one that is over', now: closed, before: seen },
])('nothing is untrue in $what', ({ now, before }) => {
  expect(untruthIn(now, before)).toBeUndefined();
});

test.each([
  { what: 'waits in silence', now: { ...seen, waiting_for: null }, before: undefined },
  {
    what: 'is just stored, and waits in silence',
    now: { ...seen, waiting_for: null, events: [] },
    before: undefined,
  },
  {
    what: 'says it in one language',
    now: { ...seen, waiting_for: { ...waiting, sentence: { en: 'Waiting', ar: 'Waiting' } } },
    before: undefined,
  },
  {
    what: 'has waited since tomorrow',
    now: { ...seen, waiting_for: { ...waiting, since: '2999-01-01T00:00:00.000Z' } },
    before: undefined,
  },
  { what: 'waits for who may do nothing', now: { ...seen, allowed: [] }, before: undefined },
  { what: 'lost a step', now: { ...seen, events: ['opened'] }, before: seen },
])('and a case is found that $what', ({ now, before }) => {
  expect(untruthIn(now, before)).toBeTypeOf('string');
});
