import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchUp, courierReport, signals, updates } from '../../workflows/contract.ts';
import { realClock } from '../support/case-clock.ts';
import { type CaseLab, startCaseLab } from '../support/case-lab.ts';

let lab: CaseLab;
beforeAll(async () => {
  lab = await startCaseLab({ clock: realClock });
});
afterAll(() => lab.stop());

const deep = JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`);
/** What the Temporal CLI, the Web UI or a broken device may send. */
const odd: unknown[] = [
  ...[null, true, 0, -1, 1e308, '', 'text', '\u0000', [], [null], {}, deep],
  { message_id: '', by: 0 },
  { message_id: 'x'.repeat(100_000), by: 1e20 },
  { message_id: { id: 1 }, by: [1] },
  { message_id: 'a\u0000b', by: -1 },
  { tracking_number: 5, hub_id: '1' },
  { tracking_number: { $ne: null } },
  { tracking_number: 'x'.repeat(1_000_000) },
  { tracking_number: '\ud800', state_code: 1.5, state_at: 'soon', exceptions: -1 },
  { tracking_number: 'NOBODY', state_code: 24, state_at: '+275760-09-13T00:00:00.001Z' },
  { decision: 'maybe', approved_action: 'free', note_id: 0.5 },
  { decision: ['approved'] },
  { quality_score: 11, product_condition: 'new', visible_damage: [1], draft: 'yes' },
  { draft: true, quality_score: '5' },
  { draft: true, visible_damage: ['\u0000'], missing_parts: Array(51).fill('x') },
  { technician: 'me' },
  { technician: 2 ** 40 },
  { outcome: 'repaired', parts: [{ sku: 'BL-500-MOTOR', quantity: -1 }] },
  { outcome: 'repaired', parts: [null], labor_cost: Number.MAX_SAFE_INTEGER },
  { refund: { amount: -5, method: 'wallet' } },
  { refund: { amount: 1e30, method: 'cheque' } },
  { priority: 'top', hub_id: 2 ** 40 },
  { priority: null },
  JSON.parse('{"__proto__": {"decision": "approved"}, "constructor": 1}'),
];

const oddFor = (name: string) =>
  name === updates.cancel.name ? odd.filter(isRefusedAsCancel) : odd;

/** A cancellation needs no more than an object. */
function isRefusedAsCancel(payload: unknown): boolean {
  return typeof payload !== 'object' || payload === null || Array.isArray(payload);
}

test.each([...Object.values(signals), courierReport, catchUp].map(({ name }) => name))(
  'whatever is sent as %s, the case goes on with what comes next',
  async (name) => {
    const aCase = await lab.open();
    await aCase.whenIn('return_ordered');
    await Promise.all([
      aCase.handle.signal(name),
      ...oddFor(name).map((payload) => aCase.handle.signal<[unknown]>(name, payload)),
      aCase.handle.signal<unknown[]>(name, null, 'more', 'than one'),
    ]);
    await aCase.scan();
    expect((await aCase.look()).status).toBe('return_received');
  },
);

/** Asked one after another, as the API asks: Temporal takes ten at once. */
test.each(Object.values(updates).map(({ name }) => name))(
  'whatever is asked as %s is answered or refused, and the case goes on',
  async (name) => {
    const aCase = await lab.open();
    await aCase.whenIn('return_ordered');
    for (const payload of oddFor(name)) {
      const [answer] = await Promise.allSettled([
        aCase.handle.executeUpdate<unknown, [unknown]>(name, { args: [payload] }),
      ]);
      if (answer.status === 'fulfilled') continue;
      expect(answer.reason.cause?.type).toMatch(
        /^(MESSAGE_UNUSABLE|ACT_NOT_ALLOWED|OTHER_PARCEL)$/,
      );
    }
    await aCase.scan();
    expect((await aCase.look()).status).toBe('return_received');
  },
);
