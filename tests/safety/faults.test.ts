import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pauseMs } from '../../activities/failures.ts';
import type { bostaPlaces } from '../../workflows/bosta-places.ts';
import { taskQueues, updates } from '../../workflows/contract.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';
import { standing, standings } from '../support/case-states.ts';
import {
  forgetServerFault,
  hasServerFailed,
  onSoundServer,
  whileSound,
} from '../support/server-fault.ts';
import { until } from '../support/until.ts';

let lab: CaseLab;
const start = async () => {
  lab = await startCaseLab({ timeoutMs: 250, slowMs: 100 });
};
beforeAll(start);
// Answers that come seconds late meet the case's own timers here, so here the server can fail.
beforeEach(async () => {
  if (!hasServerFailed()) return;
  await lab.stop();
  forgetServerFault();
  await start();
});
afterAll(() => lab.stop());

const soundTest = (name: string, body: () => Promise<void>) =>
  test(name, onSoundServer, whileSound(body));

const operations = ['create', 'search', 'read', 'terminate', 'cities'] as const;
const kinds = [
  ...['error_500', 'rate_limit', 'timeout_before', 'timeout_after', 'malformed', 'slow'],
] as const;
const break_ = (operation: string, kind: string, times: number) =>
  lab.bosta.fault({ operation, kind, times });

async function stateAtBosta(reference: string) {
  const [row] = await lab.sql<{ tracking_number: string }[]>`
    select tracking_number from case_deliveries where reference = ${reference}`;
  return lab.bosta.stateOf(row?.tracking_number ?? '');
}

/** Bosta has made it, and nobody has heard so yet. */
const madeUnheard = (reference: string) =>
  until(`${reference} to be made`, async () => (await lab.bosta.creations(reference)) === 1);

describe('whatever Bosta answers, every case goes on by itself, with one delivery for each step', () => {
  const onEvery = async (kind: (typeof kinds)[number]) => {
    for (const operation of operations) await break_(operation, kind, 2);
    const going = await lab.open();
    const cancelled = await lab.open();
    const cities = await lab.client.workflow.start<typeof bostaPlaces>('bostaPlaces', {
      ...{ workflowId: `places during ${kind}`, taskQueue: taskQueues.ingest },
    });
    await lab.sleep('10 minutes');
    const { pickup } = await going.whenIn('return_ordered');
    await cancelled.whenIn('return_ordered');
    await cancelled.handle.executeUpdate(updates.cancel, { args: [{}] });
    await lab.bosta.move(pickup?.tracking_number ?? '', 24);
    await break_('read', kind, 2);
    await lab.sleep('4 days');
    await going.whenIn('return_in_transit');
    await cancelled.when('the pickup to be called off', ({ waiting_for }) => waiting_for === null);
    await cities.result();
    await lab.bosta.clearFaults();
    const all = await lab.bosta.all();
    expect(all.map(({ creations }) => creations)).toEqual(all.map(() => 1));
    expect(await lab.bosta.creations(`HV-${going.actionId}-P1`)).toBe(1);
    expect(await lab.bosta.creations(`HV-${cancelled.actionId}-P1`)).toBe(1);
  };
  test.each(kinds)('%s, on every operation', onSoundServer, whileSound(onEvery));
});

soundTest('an uncertain creation whose look-up fails too still makes one delivery', async () => {
  await break_('create', 'timeout_after', 1);
  for (const kind of kinds) await break_('search', kind, 1);
  const aCase = await lab.open();
  await lab.sleep('20 minutes');
  const { pickup } = await aCase.whenIn('return_ordered');
  expect(await lab.bosta.creations(pickup?.reference ?? '')).toBe(1);
  await lab.bosta.clearFaults();
});

soundTest(
  'a case that is cancelled while its pickup is being made leaves nothing open at Bosta',
  async () => {
    await break_('create', 'timeout_after', 1);
    await break_('search', 'error_500', 3);
    const aCase = await lab.open();
    await madeUnheard(`HV-${aCase.actionId}-P1`);
    await aCase.handle.executeUpdate(updates.cancel, { args: [{}] });
    expect((await aCase.look()).waiting_for).toMatchObject({ what: 'pickup_termination' });
    expect((await aCase.handle.result()).status).toBe('cancelled');
    expect(await lab.bosta.creations(`HV-${aCase.actionId}-P1`)).toBe(1);
    expect(await stateAtBosta(`HV-${aCase.actionId}-P1`)).toBe(48);
    await lab.bosta.clearFaults();
  },
);

soundTest(
  'what a customer fetches while its delivery is being made is called off, and the case closes',
  async () => {
    await break_('create', 'timeout_after', 1);
    await break_('search', 'error_500', 3);
    const repaired = standings.find(({ name }) => name === 'in_progress, and repaired')?.way ?? [];
    const aCase = await lab.open({}, (fresh) => standing(fresh, repaired));
    await madeUnheard(`HV-${aCase.actionId}-W1`);
    await aCase.handle.executeUpdate(updates.hand_over, { args: [{}] });
    expect((await aCase.look()).waiting_for).toMatchObject({ what: 'delivery_termination' });
    expect(await aCase.handle.result()).toMatchObject({ status: 'completed', product: 'customer' });
    expect(await stateAtBosta(`HV-${aCase.actionId}-W1`)).toBe(48);
    await lab.bosta.clearFaults();
  },
);

soundTest(
  'after an hour without Bosta every case goes on by itself, and somebody was told',
  async () => {
    for (const operation of operations) await break_(operation, 'error_500', 10_000);
    const repaired = standings.find(({ name }) => name === 'in_progress, and repaired')?.way ?? [];
    const opened = await Promise.all(Array.from({ length: 4 }, () => lab.open()));
    const sending = await Promise.all(
      Array.from({ length: 2 }, () => lab.open({}, (fresh) => standing(fresh, repaired))),
    );
    const cancelled = opened.slice(0, 2);
    for (const aCase of cancelled) await aCase.handle.executeUpdate(updates.cancel, { args: [{}] });
    await lab.sleep('61 minutes');
    for (const aCase of opened.slice(2)) {
      expect(await aCase.events()).toEqual(['opened', 'reminded']);
      expect((await aCase.look()).waiting_for).toMatchObject({ what: 'pickup_order' });
    }
    await lab.bosta.clearFaults();
    await lab.sleep('5 minutes');
    for (const aCase of opened.slice(2)) await aCase.whenIn('return_ordered');
    for (const aCase of sending) await aCase.whenIn('shipping_back');
    for (const aCase of cancelled) {
      await aCase.when('the end', ({ waiting_for }) => waiting_for === null);
    }
    const all = await lab.bosta.all();
    expect(all.map(({ creations }) => creations)).toEqual(all.map(() => 1));
  },
);

describe('the pause before the next try', () => {
  const many = (attempt: number, asked?: number) =>
    Array.from({ length: 200 }, () => pauseMs(attempt, asked));

  test('is what Bosta asks for, never less', () => {
    for (const ms of many(1, 285)) {
      expect(ms).toBeGreaterThanOrEqual(285_000);
      expect(ms).toBeLessThanOrEqual(285_000 * 1.25);
    }
  });

  test('doubles up to two minutes, and differs from case to case', () => {
    expect(Math.min(...many(3))).toBeGreaterThanOrEqual(4_000);
    expect(Math.max(...many(3))).toBeLessThanOrEqual(5_000);
    expect(Math.max(...many(60))).toBeLessThanOrEqual(150_000);
    expect(new Set(many(3)).size).toBeGreaterThan(50);
  });
});
