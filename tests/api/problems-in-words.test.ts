import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, type Requester, startApi } from './support.ts';

let api: Api;
let admin: Requester;
beforeAll(async () => {
  api = await startApi();
  admin = await api.as('admin');
});
afterAll(() => api.stop());

test.each([
  ['labor_cost', { outcome: 'repaired', labor_cost: -1 }, 'must be from 0 to 100000000'],
  ['labor_cost', { outcome: 'repaired', labor_cost: 2e8 }, 'must be from 0 to 100000000'],
  [
    'refund.amount',
    { refund: { amount: 0, method: 'wallet', reference: 'W-1' } },
    'must be above 0, and at most 100000000',
  ],
  [
    'refund.amount',
    { refund: { amount: 2e8, method: 'wallet', reference: 'W-1' } },
    'must be above 0, and at most 100000000',
  ],
])('an amount out of bounds is refused with both: %s of %j', async (field, body, problem) => {
  const refused = await admin('POST', '/api/service-actions/1/execute', body);
  expect(refused).toMatchObject({ status: 400, details: { fields: [{ field, problem }] } });
});

const manyParts = Array.from({ length: 51 }, () => ({ sku: 'M', quantity: 1 }));
const drafted = { action_id: 1, draft: true };

test.each([
  [
    '1/execute',
    'parts.0.quantity',
    { outcome: 'failed', parts: [{ sku: 'M', quantity: 0 }] },
    'must be at least 1',
  ],
  ['1/execute', 'parts', { outcome: 'failed', parts: manyParts }, 'must have at most 50 entries'],
  ['hub-inspection', 'quality_score', { ...drafted, quality_score: 11 }, 'must be at most 10'],
  ['hub-inspection', 'quality_score', { ...drafted, quality_score: 0 }, 'must be at least 1'],
])(
  'what is too small, too large or too long is told in words: %s, %s',
  async (act, field, body, problem) => {
    const refused = await admin('POST', `/api/service-actions/${act}`, body);
    expect(refused).toMatchObject({ status: 400, details: { fields: [{ field, problem }] } });
  },
);

test.each(['rejected', 'requires_changes'])(
  'an action is approved with the decision approved alone: %s',
  async (decision) => {
    const body = { decision, approved_action: 'refund' };
    const refused = await admin('POST', '/api/service-actions/1/team-leader-review', body);
    const problem = 'belongs to the decision approved';
    const fields = [{ field: 'approved_action', problem }];
    expect(refused).toMatchObject({ status: 400, details: { fields } });
  },
);

test.each(['page', 'search', 'cod_category', 'city', 'phone', 'sort_dir'])(
  'a parameter that is given twice is told so: %s',
  async (field) => {
    const refused = await admin('GET', `/api/orders?${field}=1&${field}=2`);
    const problem = 'must be one value, not several';
    expect(refused).toMatchObject({ status: 400, details: { fields: [{ field, problem }] } });
  },
);

test.each([
  ['not UTF-8', '%ff', 'its "%" must be followed by two digits of a letter in UTF-8'],
  ['too long', 'x'.repeat(5_000), 'a part of it is longer than 300 characters'],
])('a path that cannot be read is not said again: %s', async (_, id, problem) => {
  const refused = await admin('GET', `/api/orders/${id}`);
  const error = `The path cannot be read: ${problem}.`;
  expect(refused).toMatchObject({ status: 400, code: 'INVALID_REQUEST', error });
});
