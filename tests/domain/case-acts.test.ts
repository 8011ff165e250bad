import { describe, expect, test } from 'vitest';
import { acts, allowedActs } from '../../domain/acts.ts';
import { isClosed } from '../../domain/case.ts';
import type { Act } from '../../domain/messages.ts';
import { isRefusal } from '../../domain/verdict.ts';
import { actionStatuses } from '../../domain/vocabulary.ts';
import { endings, sayings, standings } from '../support/case-states.ts';
import { courier, opened, outcome, type Told, tell } from '../support/cases.ts';

const everyAct = Object.keys(acts) as Act[];
const saying = (act: Act) => [act, sayings[act], 9] as Told;

describe('in each status what is not allowed is refused, with the status and what is', () => {
  test.each(standings)('$name', ({ way, allowed }) => {
    const state = tell(opened(), ...way);
    expect(
      allowedActs(state)
        .map(({ act }) => act)
        .sort(),
    ).toEqual([...allowed].sort());
    for (const act of everyAct) {
      const answer = outcome(state, saying(act));
      if (allowed.includes(act)) continue;
      // A parcel that is scanned once more is no mistake: the answer tells of the first scan.
      if (act === 'hub_scan' && state.scan !== null)
        expect(answer).toMatchObject({ is_repeat: true });
      else
        expect(answer).toMatchObject({
          ...{ refused: 'ACT_NOT_ALLOWED', status: state.status, allowed: allowedActs(state) },
          sentence: expect.stringContaining(`${act} is not possible now`),
        });
    }
  });

  test.each(endings)('$name, where nothing can be done any more', ({ name, way }) => {
    const state = tell(opened(), ...way);
    expect([state.status, isClosed(state), state.waiting]).toEqual([name, true, null]);
    for (const act of everyAct) {
      expect(outcome(state, saying(act))).toMatchObject({
        ...{ refused: 'ACT_NOT_ALLOWED', status: name, allowed: [] },
      });
    }
  });

  test('and every status is among these', () => {
    const names = [...standings, ...endings].map(({ name }) => name.split(',')[0]);
    expect(new Set(names)).toEqual(new Set(actionStatuses));
  });
});

test('whoever comes second hears what the first has done, and when', () => {
  const approved: Told = ['team_leader_decision', { decision: 'approved' }];
  const doubtful = standings.find(({ name }) => name === 'awaiting_review')?.way ?? [];
  const rejected: Told = ['team_leader_decision', { decision: 'rejected' }];
  const second = outcome(tell(opened(), ...doubtful, approved), rejected);
  expect(isRefusal(second) && second.sentence).toMatch(
    /^The case is hub_confirmed since 1 Jan, \d\d:\d\d \(reviewed\): /,
  );
});

describe('also where the status stayed', () => {
  const wayTo = (wanted: string) => standings.find(({ name }) => name === wanted)?.way ?? [];
  const failed = wayTo('shipping_back, and the delivery has failed');

  test.each<[string, Told[], Told[], string]>([
    [
      'a repair that two technicians report',
      wayTo('in_progress'),
      [
        ['execute', { outcome: 'repaired' }],
        ['execute', { outcome: 'repaired' }],
      ],
      'The case is in_progress since TIME (repaired): execute is',
    ],
    [
      'a cancellation of what is being repaired',
      wayTo('in_progress'),
      [
        ['execute', { outcome: 'repaired' }],
        ['cancel', {}],
      ],
      'The case is in_progress since TIME (repaired): cancel is',
    ],
    [
      'a delivery that one agent sends again and another one closes',
      failed,
      [
        ['delivery_decision', { decision: 'resend' }],
        ['delivery_decision', { decision: 'close' }],
      ],
      'The case is shipping_back since TIME (delivery_decided): delivery_decision is',
    ],
    [
      'a customer who fetches what the courier has by now',
      wayTo('shipping_back'),
      [courier('8001', 21), ['hand_over', {}]],
      'The case is shipping_back since TIME (courier_reported): hand_over is',
    ],
  ])('%s', (_, way, [first, second], said) => {
    const loser = outcome(tell(opened(), ...way, first as Told), second as Told);
    expect(isRefusal(loser) && loser.sentence.replace(/1 Jan, \d\d:\d\d/, 'TIME')).toContain(said);
  });

  test('but not by what takes nothing from anybody', () => {
    const edited = tell(opened(), ...wayTo('hub_confirmed'), ['edit', { priority: 'urgent' }]);
    const late = outcome(edited, ['hub_inspection', sayings.hub_inspection, 3]);
    expect(isRefusal(late) && late.sentence).toContain('(inspected)');
  });
});

test('of two technicians who take a case at once one has it, and the other is told', () => {
  const taken = tell(
    opened(),
    ...(standings.find(({ name }) => name === 'in_progress')?.way ?? []),
  );
  expect(outcome(taken, ['assign', { technician: 6 }, 6])).toMatchObject({
    refused: 'ACT_NOT_ALLOWED',
  });
  expect(tell(taken, ['assign', { technician: 6 }, 1]).technician).toBe(6);
});

test('docs/acts.md is this table', async () => {
  const rows = everyAct.map((act) => {
    const { statuses, roles, only = '' } = acts[act];
    const where = statuses.map((status) => `\`${status}\``).join(', ');
    return `| \`${act}\` | ${where} | ${roles.join(', ')} | ${only} |`;
  });
  const page = [
    '# The acts of a case',
    '',
    'What people can do with a case, in which status, and who. Checks, answers,',
    '`allowed`, the permissions of the routes and this page all come from one table,',
    '`domain/acts.ts`; a test asserts that they agree. An admin may do all. Whoever',
    'inspected a case never reviews it. What is not possible is refused with the',
    'status and what is allowed now; sent as a signal, the refusal stands in the',
    "case's events.",
    '',
    '| act | possible in | by | condition |',
    '|---|---|---|---|',
    ...rows,
    '',
    '## The service',
    'A replacement is a product of the catalogue, also another one than came back. A',
    'repair takes parts, of any product, since many fit several. Anything else is refused',
    'with `UNKNOWN_SKU`.',
    '',
    'A repair that the customer pays for may not cost more than Bosta collects for a',
    'delivery (30,000 EGP by the policy, with all parts, labour and fees): more is refused',
    'with `MESSAGE_UNUSABLE`, or its delivery could never be made.',
    '',
    '## The way back',
    'What is for the customer goes by courier where an address is known. Until the',
    'courier takes it, and again once he has brought it back, the customer can have it',
    'over the counter (`hand_over`): the case is then closed, and the delivery, should',
    'Bosta have one by then, is called off. Where Bosta does not let it be called off any',
    'more the event `delivery_not_terminated` says so: the courier comes in vain. A',
    'customer who brought the product in person and has no address that Bosta takes is',
    'waited for (`fetching`); once an address is given (`edit`), `resend` sends it.',
    '',
    'What the courier lost or damaged on the way (100, 101) cannot be handed over, and a',
    "customer's own product is not sent again either: its agent closes the case, and the",
    'product is `lost`. A replacement is sent again from stock. What Bosta has archived (104)',
    'nobody drives for any more: its agent decides. Where a delivery that was lost, called',
    'off or archived is delivered after all (45), the case is over by that.',
    '',
    'Where the courier has it and is silent until people are reminded (7 days), its agent may',
    'take it for lost: `close`, or for a replacement `resend`, as if he had reported that;',
    '`hold` waits anew. So it is with a return that does not come to the hub (14 days):',
    '`return_decision` `cancel` makes the case `failed`. A parcel that comes afterwards is',
    'noted as an unexpected one. A pickup that nobody collects (3 days) is decided on like',
    'one that failed.',
    '',
    'A replacement that is found after another one was sent in its place stands in the events',
    '(`lost_and_found`) and in the `notices` of its case, and changes nothing else. Scanned at the',
    'hub, what was taken for lost is answered with what it is, and noted as an unexpected parcel.',
    '',
    'A paid repair (`action_subtype: paid`) is paid when the product is given back: the',
    'courier collects it, or the hub at its counter. `costs.due` says how much, and',
    '`hand_over` needs it as `cash_received`: another amount is refused with `CASH_DUE`,',
    'and what was taken stands in the event and in `counter_payments`.',
    '',
    '## A pickup that failed',
    'One that still stands at Bosta (missed too often) is called off before another way is',
    'taken; the answer waits for that (`pickup_termination`), and `return_decided` names',
    'it as `to_call_off`. Bosta lets a pickup be called off only until a courier is on',
    'it. Where it does not, `pickup_not_terminated` says `is_followed`: after `retry` no',
    'second courier is sent, the case waits for the one that stands, and its agent is',
    'asked again when he misses the customer once more. One that is called off though he said',
    'meanwhile that he has the product is for its agent at once.',
    '',
    'A cancelled case waits for its pickup as `unwanted_pickup`: the courier brings the',
    'product, or Bosta ends the pickup (48, 49, 104), and the case closes. After three days',
    'its agent is told: ask Bosta to end it, and decide `cancel`, which calls it off once',
    'more and also closes the case where Bosta no longer knows the pickup. Nobody can close',
    'it over a pickup that stands: the courier may still come with the product, and no case',
    'would take it.',
    '',
  ];
  await expect(page.join('\n')).toMatchFileSnapshot('../../docs/acts.md');
});
