import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCheck, runRecover } from '../../cli/commands.ts';
import { loadConfig } from '../../config.ts';
import { serviceCaseId } from '../../workflows/contract.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { signIn } from '../support/staff.ts';
import { openCase } from './lab.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform({ stepMs: 0, deliveries: 5 });
});
afterAll(() => platform.stop());

/** What a command of `hvar` says, and its exit code. */
async function say(command: typeof runCheck): Promise<{ code: number; said: string }> {
  const { sql, temporal, bosta, databaseUrl } = platform;
  const lines: string[] = [];
  const config = loadConfig({
    ...{ DATABASE_URL: databaseUrl, BOSTA_API_KEY: 'the key of the tests' },
    BOSTA_WEBHOOK_SECRET: 'the secret of the tests',
  });
  const parts = { sql, temporal, bosta: bosta.client, config };
  const code = await command(parts, { line: (text) => lines.push(text) });
  return { code, said: lines.join('\n') };
}

test('without Bosta a check still tells what differs here, and that it did not see the rest', async () => {
  const { sql, bosta } = platform;
  await bosta.fault({ operation: 'search', kind: 'error_500', times: 100 });
  const agreeing = await say(runCheck);
  expect(agreeing.code).toBe(2);
  expect(agreeing.said).toMatch(/Bosta was not compared: Bosta's answer to search is unusable/);
  expect(agreeing.said).not.toMatch(/Everything agrees/);
  await sql`update stock_balances set quantity = quantity + 1 where sku = 'BL-500-MOTOR' and grade = 'sound'`;
  const differing = await say(runCheck);
  expect(differing.code).toBe(2);
  expect(differing.said).toMatch(/BL-500-MOTOR .*balance/);
  expect(differing.said).toMatch(/Bosta was not compared/);
  await bosta.clearFaults();
}, 60_000);

test('a case that is open in Postgres and has ended in Temporal is named, and nothing of it is done again', async () => {
  const { sql, temporal, url } = platform;
  const agent = await signIn(url, 'agent');
  const { action_id: id } = await openCase(agent);
  await agent.whenIn(id, 'return_ordered');
  expect((await say(runRecover)).code).toBe(0);
  const [older] = await sql`select * from service_actions where action_id = ${id}`;
  await agent.send('DELETE', `/service-actions/${id}`, { reason: 'Thought better of it' });
  await temporal.workflow.getHandle(serviceCaseId(id)).result();
  const { action_status = '', state = {} } = older ?? {};
  await sql`update service_actions set action_status = ${action_status}, state = ${sql.json(state)},
    completed_at = null where action_id = ${id}`;
  const { code, said } = await say(runRecover);
  expect(code).toBe(1);
  expect(said).toMatch(/0 as they should be/);
  expect(said).toContain(`HV-${id}: open in Postgres, ended in Temporal`);
}, 60_000);
