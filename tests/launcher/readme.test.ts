import { execFile } from 'node:child_process';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Launcher,
  launcherSettings,
  readRunFile,
  running,
  startByNpm,
} from '../support/launcher.ts';
import { commandsUnder } from '../support/readme.ts';
import { signIn } from '../support/staff.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);

let folder: string;
let settings: Record<string, string>;
let launcher: Launcher;
let base: string;

beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'hvar-readme-'));
  await chmod(folder, 0o755); // as root, Postgres runs as another account that must reach its data
  settings = { ...(await launcherSettings(folder)), BOSTA_STAND_IN_STEP_MS: '150' };
  base = `http://localhost:${settings.PORT}`;
  launcher = startByNpm(settings);
  await launcher.ready();
});

afterAll(async () => {
  if ((await running([launcher.pid])).length > 0) process.kill(launcher.pid, 'SIGTERM');
  await launcher.ended;
  await rm(folder, { recursive: true, force: true });
});

test('the commands of the README play the three stories as written', async () => {
  const commands = await commandsUnder('The three stories');
  const { stdout } = await run('bash', ['-eu', '-c', commands], {
    env: { ...process.env, HVAR: base },
    timeout: 100_000,
  });
  expect(stdout.match(/^case \d+ is completed$/gm)).toHaveLength(3);
  expect(stdout).toContain('\npaid\n');
}, 120_000);

test('a case opened before everything is killed with -9 closes after the next start', async () => {
  const [agent, hub, technician] = await Promise.all([
    signIn(base, 'agent'),
    signIn(base, 'hub'),
    signIn(base, 'technician'),
  ]);
  const { action_id: id } = await agent.open({
    ...{ action_type: 'maintenance', return_method: 'walk_in', service_reason: 'Smells of smoke' },
    ...{ customer_phone: '01012345678', customer_name: 'Mona Hassan', product_name: 'Blender' },
    pickup_address: { city: 'Cairo', district: 'Nasr City', first_line: '12 Abbas El Akkad st.' },
  });
  await hub.act('/hub-scan', { tracking_number: `HV-${id}` });

  const { pid, parts } = await readRunFile(folder);
  for (const each of [pid, ...parts.map((part) => part.pid)]) process.kill(each, 'SIGKILL');
  await launcher.ended;
  await until(
    'everything to be gone',
    async () => (await running(parts.map((part) => part.pid))).length === 0,
  );
  launcher = startByNpm(settings);
  await launcher.ready();

  expect((await agent.look(id)).action_status).toBe('return_received');
  await hub.act('/hub-inspection', {
    ...{ action_id: id, product_condition: 'fair', functionality_test_result: 'not_working' },
    ...{
      quality_score: 6,
      visible_damage: [],
      missing_parts: [],
      recommended_action: 'maintenance',
    },
  });
  await technician.act(`/${id}/execute`, { outcome: 'repaired', parts: [] });
  await agent.whenIn(id, 'completed');
}, 120_000);

test('SIGTERM to npm stops everything within ten seconds', async () => {
  const { parts } = await readRunFile(folder);
  process.kill(launcher.pid, 'SIGTERM');
  const tooLate = new Promise((_, reject) => setTimeout(reject, 10_000, new Error('too late')));
  await Promise.race([launcher.ended, tooLate]);
  await until(
    'all parts to be gone',
    async () => (await running(parts.map((part) => part.pid))).length === 0,
    10,
  );
});
