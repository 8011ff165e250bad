import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkWorkflows, standingOf } from '../../activities/check-workflows.ts';
import { catchUpCases, openForgotten, recoverCases } from '../../activities/recovery.ts';
import { caseById } from '../../db/case-queries.ts';
import { courierReport, serviceCaseId, taskQueues } from '../../workflows/contract.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { type Staff, signInAll } from '../support/staff.ts';
import { until } from '../support/until.ts';
import { findings, loseWorkflow, openCase, recordUnheard, storeLike } from './lab.ts';

let platform: Platform;
let agent: Staff;
let hub: Staff;
let technician: Staff;

beforeAll(async () => {
  platform = await startPlatform({ stepMs: 0, deliveries: 20 });
  [agent, hub, technician] = await signInAll(platform.url, 'agent', 'hub', 'technician');
});
afterAll(() => platform.stop());

const stateOf = async (id: number) => (await caseById(platform.sql, id))?.state;

/** A delivery as the stand-in shows it, while it does not want to show any. */
async function deliveryUnder(businessReference: string) {
  const query = { page: 1, limit: 1, sortBy: '-updatedAt', businessReference } as const;
  const found = await platform.bosta.client.search(query).catch(() => undefined);
  return found && z.object({ trackingNumber: z.string() }).safeParse(found.deliveries[0]).data;
}

/** A case whose product lies at the hub. */
async function caseAtTheHub(action_type?: string): Promise<number> {
  const { action_id: id } = await openCase(agent, action_type);
  const { return_tracking_number } = await agent.whenIn(id, 'return_ordered');
  await hub.act('/hub-scan', { tracking_number: return_tracking_number });
  return id;
}

test('a case that was stored while Temporal was away is opened by itself', async () => {
  const { action_id } = await openCase(agent);
  const forgotten = await storeLike(platform.sql, action_id);
  expect(await openForgotten(platform)).toBe(0);
  await platform.sql`update service_actions set created_at = now() - interval '1 minute'
    where action_id = ${forgotten}`;
  expect(await openForgotten(platform)).toBe(1);
  await agent.whenIn(forgotten, 'return_ordered');
  expect(await openForgotten(platform)).toBe(0);
});

test('a case that remembers another moment than was recorded agrees with its record after a recovery', async () => {
  const id = await caseAtTheHub();
  await platform.sql`update service_actions
    set state = jsonb_set(state, '{waiting,since}', '"2026-01-01T00:00:00.000Z"') where action_id = ${id}`;
  expect(await recoverCases(platform)).toMatchObject({ opened: 0, caught_up: 1, ended: [] });
  await until('both to agree', async () =>
    isDeepStrictEqual(await standingOf(platform.temporal, id), await stateOf(id)),
  );
  expect(await recoverCases(platform)).toMatchObject({ opened: 0, caught_up: 0 });
});

describe("after Temporal's database was lost", () => {
  test('an open case goes on where it stood, with the deliveries that it had', async () => {
    const id = await caseAtTheHub();
    const before = await stateOf(id);
    await loseWorkflow(platform.temporal, id);
    await until('it to be gone', async () => !(await standingOf(platform.temporal, id)));

    expect(await recoverCases(platform)).toMatchObject({ opened: 1 });
    expect(await until('it to run', () => standingOf(platform.temporal, id))).toEqual(before);
    await hub.act('/hub-inspection', findings(id, 'maintenance'));
    await technician.act(`/${id}/execute`, { outcome: 'repaired', labor_cost: 10 });
    await agent.whenIn(id, 'shipping_back');
    expect(await platform.bosta.creations(`HV-${id}-P1`)).toBe(1);
    expect(await platform.bosta.creations(`HV-${id}-W1`)).toBe(1);
    expect(await recoverCases(platform)).toMatchObject({ opened: 0, caught_up: 0 });
  });

  test('what the courier did meanwhile reaches the case', async () => {
    const { action_id: id } = await openCase(agent);
    const { return_tracking_number: tracking } = await agent.whenIn(id, 'return_ordered');
    await loseWorkflow(platform.temporal, id);
    await until('it to be gone', async () => !(await standingOf(platform.temporal, id)));
    await platform.bosta.move(tracking ?? '', 24);
    await until('the report, which we say was told to a workflow that is lost', async () => {
      const { count } = await platform.sql`update courier_reports set sent_at = now()
        where action_id = ${id} and report ->> 'state_code' = '24'`;
      return count === 1;
    });
    await recoverCases(platform);
    await agent.whenIn(id, 'return_in_transit');
  });
});

describe('a step that is recorded and was lost by its workflow', () => {
  test('is caught up with, and the case goes on from it', async () => {
    const id = await caseAtTheHub();
    await recordUnheard(platform.sql, id, 'hub_inspection', {
      ...{ product_condition: 'good', functionality_test_result: 'working', quality_score: 8 },
      recommended_action: 'maintenance',
    });
    expect(await checkWorkflows(platform)).toMatchObject([{ action_id: id }]);

    await platform.sql`update service_actions set updated_at = now() - interval '1 minute'
      where action_id = ${id}`;
    expect(await catchUpCases(platform)).toBe(1);
    await until('it to agree', async () => (await checkWorkflows(platform)).length === 0);
    await technician.act(`/${id}/execute`, { outcome: 'repaired', labor_cost: 10 });
  });

  test('is never written over by what the workflow believes', async () => {
    const id = await caseAtTheHub();
    await recordUnheard(platform.sql, id, 'cancel', {});
    const reply = await hub.send(
      'POST',
      '/service-actions/hub-inspection',
      findings(id, 'maintenance'),
    );
    expect(reply).toMatchObject({ status: 409, code: 'ACT_NOT_ALLOWED' });
    await agent.whenIn(id, 'cancelled');
    await until('the way home', async () => (await stateOf(id))?.delivery?.purpose === 'home');
  });

  test('ends the workflow where the case was closed by it', async () => {
    const id = await caseAtTheHub('return_refund');
    await hub.act('/hub-inspection', findings(id, 'refund'));
    await recordUnheard(platform.sql, id, 'execute', { refund: { amount: 500, method: 'wallet' } });
    expect(await recoverCases(platform)).toMatchObject({ caught_up: 1 });
    await platform.temporal.workflow.getHandle(serviceCaseId(id)).result();
    const [paid] = await platform.sql`select count(*)::int as times from events
      where action_id = ${id} and event = 'refund_paid'`;
    expect(paid).toEqual({ times: 1 });
  });
});

test('a workflow that somebody started by hand, under a name that no case has, stops no recovery', async () => {
  const { workflow } = platform.temporal;
  const byHand = { workflowId: 'a case by hand', taskQueue: 'nobody listens here', args: [] };
  const handle = await workflow.start('serviceCase', byHand);
  await until('it to be listed', async () => {
    const { count } = await workflow.count(`WorkflowId = '${byHand.workflowId}'`);
    return count === 1;
  });
  expect(await checkWorkflows(platform)).toEqual([]);
  expect(await recoverCases(platform)).toMatchObject({ opened: 0, caught_up: 0 });
  await handle.terminate();
});

test('a courier who reports before the case knows of the delivery is heard afterwards', async () => {
  const id = await caseAtTheHub();
  await hub.act('/hub-inspection', findings(id, 'maintenance'));
  await platform.bosta.fault({ operation: 'create', kind: 'malformed', times: 1 });
  await platform.bosta.fault({ operation: 'search', kind: 'error_500', times: 3 });
  await technician.act(`/${id}/execute`, { outcome: 'repaired', labor_cost: 10 });
  const made = await until('Bosta to have made it', () => deliveryUnder(`HV-${id}-W1`));
  const { trackingNumber } = made;
  const handle = platform.temporal.workflow.getHandle(serviceCaseId(id));
  const report = {
    tracking_number: trackingNumber,
    state_code: 45,
    state_at: new Date().toISOString(),
  };
  const message_id = `courier:${trackingNumber}:45:${report.state_at}`;
  await handle.signal(courierReport, { ...report, message_id });
  await agent.whenIn(id, 'completed');
});

test('what the record allows is not refused by a workflow that is behind it', async () => {
  const { action_id: id } = await openCase(agent);
  const { return_tracking_number } = await agent.whenIn(id, 'return_ordered');
  const scan = { tracking_number: return_tracking_number ?? '' };
  await recordUnheard(platform.sql, id, 'hub_scan', scan);
  const inspected = await hub.act('/hub-inspection', findings(id, 'maintenance'));
  expect(inspected.action_status).toBe('hub_confirmed');
});

test('a case whose workflow cannot go on is told of, and opened again from its record, with what it has missed', async () => {
  const { temporal, sql, bosta } = platform;
  const { action_id: id } = await openCase(agent);
  const { return_tracking_number: tracking } = await agent.whenIn(id, 'return_ordered');
  const workflowId = serviceCaseId(id);
  await temporal.workflow.getHandle(workflowId).terminate();
  // Nothing can go on from this: each of its tasks fails.
  await temporal.workflow.start('serviceCase', {
    ...{ workflowId, taskQueue: taskQueues.cases, args: [{}] },
  });
  await until('that to show', async () => (await standingOf(temporal, id)) === 'stuck', 60);
  const problem = expect.stringContaining('cannot go on');
  expect(await checkWorkflows(platform)).toContainEqual({
    ...{ area: 'workflow', action_id: id, problem },
  });
  await bosta.move(tracking ?? '', 24);
  await until('the report to be told', async () => {
    const told = await sql`select from courier_reports
      where action_id = ${id} and report ->> 'state_code' = '24' and sent_at is not null`;
    return told.length === 1;
  });
  await sql`update service_actions set updated_at = now() - interval '1 minute' where action_id = ${id}`;
  expect(await catchUpCases(platform)).toBe(1);
  await agent.whenIn(id, 'return_in_transit');
}, 90_000);
