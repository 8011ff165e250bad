import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createDice, type Dice } from '../bosta/dice.ts';
import type { DrillCourier } from './courier.ts';
import { openingOf } from './openings.ts';
import type { Plan } from './plan.ts';
import { untruthIn } from './promises.ts';
import type { Reply, Request, Staff } from './staff.ts';
import { CaseSeen, cancellation, isOver, nextAct, wrongAct } from './story.ts';
import type { Strays } from './strays.ts';
import type { Tally } from './tally.ts';

/** One case of the drill, from before it is opened until it is over. */
export type DrillCase = {
  index: number;
  dice: Dice;
  actionId: number | undefined;
  seen: CaseSeen | undefined;
  isOver: boolean;
  acts: number;
  troubles: number;
  dueAt: number;
};

type Deps = { plan: Plan; staff: Staff; courier: DrillCourier; strays: Strays; tally: Tally };
type Act = Omit<Request, 'key'>;

const clientsAtOnce = 8;
const insistMs = 40_000;
const mostTroubles = 2;
const Opened = z.looseObject({ action_id: z.number() });

/** Clients that open the drill's cases and carry each on, until all are over or they are told to stop. */
export class Clients {
  readonly cases: readonly DrillCase[];
  readonly #deps: Deps;
  readonly #work: Promise<unknown>;
  #isLate = false;
  #isStopped = false;

  /** Begins at once; the cases are opened one after the other over `openingMs`. */
  constructor(deps: Deps, openingMs: number) {
    const { plan } = deps;
    const startedAt = Date.now();
    this.#deps = deps;
    this.cases = Array.from({ length: plan.cases }, (_, index) => ({
      ...{ index, dice: createDice(plan.seed, 7, index), actionId: undefined, seen: undefined },
      ...{ isOver: false, acts: 0, troubles: 0 },
      dueAt: startedAt + (openingMs * index) / plan.cases,
    }));
    this.#work = Promise.all(Array.from({ length: clientsAtOnce }, () => this.#client()));
  }

  /** Those that are not over. */
  get open(): DrillCase[] {
    return this.cases.filter((one) => !one.isOver);
  }

  /** From now on nobody errs, cancels or fails, and everybody is quick. */
  finish(): void {
    this.#isLate = true;
  }

  /** Ends when each client has ended what it does. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#work;
  }

  async #client(): Promise<void> {
    while (!this.#isStopped && this.open.length > 0) {
      const next = this.open.find((one) => one.dueAt <= Date.now());
      if (next) await this.#take(next);
      else await sleep(50);
    }
  }

  /** Nobody else takes the case meanwhile. What fails here (the stand-in starts anew, say) is tried again with the next look. */
  async #take(one: DrillCase): Promise<void> {
    one.dueAt = Number.POSITIVE_INFINITY;
    await this.#carryOn(one).catch((error: unknown) =>
      this.#deps.tally.count('looks in vain', String(error)),
    );
    one.dueAt = Date.now() + (this.#isLate ? 300 : one.dice.between(300, 1_200));
  }

  async #carryOn(one: DrillCase): Promise<void> {
    if (one.actionId === undefined) return this.#open(one);
    const path = `/service-actions/${one.actionId}`;
    const reply = await this.#deps.staff.send({ role: 'agent', method: 'GET', path });
    if (reply.status !== 200) return;
    const before = one.seen;
    one.seen = CaseSeen.parse(reply.data);
    const untruth = untruthIn(one.seen, before);
    if (untruth) this.#deps.tally.violated(`HV-${one.actionId} ${untruth}`);
    one.isOver = isOver(one.seen);
    if (one.isOver) return;
    if (!this.#isLate) await this.#misbehave(one, one.seen);
    const act = nextAct(one.seen, one.dice, this.#isLate);
    if (act) await this.#say(one, act);
  }

  async #open(one: DrillCase): Promise<void> {
    const { plan, tally } = this.#deps;
    const body = openingOf(one.index, createDice(plan.seed, 5, one.index));
    const opening: Act = { role: 'agent', method: 'POST', path: '/service-actions', body };
    const replies = await this.#say(one, opening, 'open');
    const ids = replies.flatMap(({ data }) => Opened.safeParse(data).data?.action_id ?? []);
    if (new Set(ids).size > 1) tally.violated(`one key opened the cases ${ids.join(' and ')}`);
    one.actionId = ids[0];
  }

  /** Says something to a case, now and then twice at once, under one key: it must count once. */
  async #say(one: DrillCase, act: Act, name = `${one.acts++}`): Promise<Reply[]> {
    const { plan, staff } = this.#deps;
    const isAsync = !this.#isLate && /hub-|review/.test(act.path) && one.dice.chance(0.15);
    const request = { ...act, isAsync, key: `drill-${plan.seed}-${one.index}-${name}` };
    const times = one.dice.chance(0.2) ? 2 : 1;
    const until = Date.now() + insistMs;
    const replies = await Promise.all(
      Array.from({ length: times }, () => staff.insist(request, until)),
    );
    if (times > 1) this.#compareRepeats(act.path, replies);
    return replies;
  }

  #compareRepeats(path: string, replies: readonly Reply[]): void {
    const { tally } = this.#deps;
    tally.count('messages', 'sent twice');
    const isTaken = replies.some(({ status }) => status >= 200 && status < 300);
    const isRefused = replies.some(({ status }) => status >= 400 && status < 500);
    if (!isTaken || !isRefused) return;
    const answers = replies.map(({ status, code }) => `${status} ${code}`.trim()).join(' and ');
    tally.violated(`a message sent twice was answered ${answers}: ${path}`);
  }

  async #misbehave(one: DrillCase, seen: CaseSeen): Promise<void> {
    const { dice } = one;
    if (dice.chance(0.08)) {
      const [reply] = await this.#say(one, wrongAct(seen, dice));
      if (reply && reply.status >= 400 && reply.status < 500)
        this.#deps.tally.count('refusals', `${reply.status} ${reply.code}`);
    }
    if (dice.chance(0.015)) await this.#say(one, cancellation(seen));
    await this.#troubleCourier(one, seen);
  }

  async #troubleCourier(one: DrillCase, seen: CaseSeen): Promise<void> {
    const what = seen.waiting_for?.what;
    const isPickup = what === 'pickup';
    const tracking = isPickup ? seen.return_tracking_number : seen.delivery_tracking_number;
    const isUnderWay = isPickup || what === 'delivery' || what === 'delivery_home';
    if (!tracking || !isUnderWay) return;
    if (one.dice.chance(0.05)) await this.#deps.strays.forge(tracking, isPickup ? 48 : 45);
    if (one.troubles >= mostTroubles || !one.dice.chance(0.05)) return;
    one.troubles += 1;
    await this.#deps.courier.trouble(tracking, isPickup, one.dice);
  }
}
