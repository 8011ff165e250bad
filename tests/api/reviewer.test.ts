import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, startTeam, type Team } from './team.ts';

let team: Team;
beforeAll(async () => {
  team = await startTeam();
});
afterAll(() => team.stop());

test('whoever inspected a case does not review it, though somebody else inspected it since', async () => {
  const id = await team.opened();
  await team.scan(`HV-${id}`);
  const admin = await team.api.as('admin');
  const doubtful = {
    ...{ action_id: id, product_condition: 'poor', functionality_test_result: 'not_working' },
    ...{ quality_score: 2, recommended_action: 'maintenance' },
  };
  await admin('POST', `${cases}/hub-inspection`, doubtful);
  const review = `${cases}/${id}/team-leader-review`;
  await team.people.leader('POST', review, { decision: 'requires_changes' });
  await team.inspect(id, { quality_score: 3 });
  expect(await admin('POST', review, { decision: 'approved' })).toMatchObject({
    ...{ status: 403, code: 'REVIEW_BY_INSPECTOR' },
  });
  expect((await team.people.leader('POST', review, { decision: 'approved' })).status).toBe(200);
});
