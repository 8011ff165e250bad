import { z } from 'zod';
import { machine } from '../domain/family.ts';
import { relationshipOf } from '../domain/hierarchy.ts';
import { phonesOf } from '../domain/link-evidence.ts';
import { fullName, nameLikeness } from '../domain/name-likeness.ts';
import type { Policy } from '../domain/policy.ts';
import { type RelationshipType, type Role, relationshipTypes } from '../domain/vocabulary.ts';
import { jsonOf, type Sql, type TransactionSql } from './client.ts';
import { relinkStored } from './families.ts';
import { type Member, membersBy } from './family-members.ts';
import { LinkRefused, refusing } from './family-refusals.ts';
import { onceForKey } from './idempotency.ts';
import { lockIngest } from './orders.ts';
import { maybeOne, one } from './query.ts';

/** Who acts, when, and by which policy the families are looked at again. */
export type By = {
  user: { user_id: number; email: string; role: Role };
  policy: Policy;
  now: Date;
  /** Under which the act counts once, for life. */
  key?: string | undefined;
};
type Pair = { main_order_id: string; sub_order_id: string };
type LinkWish = Pair & { relationship_type?: RelationshipType | undefined };

const current = z.object({
  hierarchy_id: z.number(),
  main_order_id: z.string(),
  linked_by: z.string(),
  is_active: z.boolean(),
  relationship_type: z.enum(relationshipTypes),
});
type Current = z.infer<typeof current>;

/** Links two orders because a person says so. The machine never undoes it. False where they were linked so by a person already; throws LinkRefused. */
export function linkByHand(sql: Sql, wish: LinkWish, by: By): Promise<{ is_new: boolean }> {
  return refusing(() =>
    sql.begin(async (tx) => {
      await lockIngest(tx);
      let is_new = false;
      await once(tx, 'families/link', wish, by, async () => {
        const { main, sub } = await pairOf(tx, wish);
        const standing = await linkOf(tx, sub.id);
        if (standing?.is_active && standing.linked_by !== machine) {
          const { main_order_id, relationship_type, hierarchy_id } = standing;
          if (main_order_id !== main.id) throw new LinkRefused('ALREADY_LINKED', { main_order_id });
          if ((wish.relationship_type ?? relationship_type) === relationship_type)
            return hierarchy_id;
        }
        if (standing) await end(tx, standing, by);
        is_new = true;
        return writeLink(tx, { main, sub }, wish, by);
      });
      return { is_new };
    }),
  );
}

async function writeLink(
  tx: TransactionSql,
  { main, sub }: { main: Member; sub: Member },
  wish: LinkWish,
  by: By,
): Promise<number> {
  const relationship_type = wish.relationship_type ?? relationshipOf(sub);
  const { hierarchy_id } = await one(
    z.object({ hierarchy_id: z.number() }),
    tx`insert into order_hierarchy_management ${tx({
      ...{ main_order_id: main.id, sub_order_id: sub.id, relationship_type, rule: 'by_hand' },
      ...{ main_tracking_number: main.tracking_number, sub_tracking_number: sub.tracking_number },
      ...{ main_customer_phone: main.receiver_phone, confidence_score: 1, is_active: true },
      ...{ linked_by: by.user.email, linked_at: by.now, evidence: tx.json({ by_hand: true }) },
    })} returning hierarchy_id`,
  );
  const pair = { main_order_id: main.id, sub_order_id: sub.id };
  await tell(tx, 'linked', { ...pair, hierarchy_id }, by);
  await relinkStored(tx, [main.id, sub.id], by.policy, by.now);
  return hierarchy_id;
}

const unlinking = z.object({
  sub_order_id: z.string(),
  main_order_id: z.string(),
  hierarchy_id: z.number(),
  was_active: z.boolean(),
});
type Unlinking = z.infer<typeof unlinking>;

/** Parts two orders because a person says so, or refuses a candidate; remembered, so that the machine does not join them again. Answers the number by which it can be undone; throws LinkRefused. */
export function unlinkByHand(
  sql: Sql,
  wish: { sub_order_id: string; main_order_id?: string | undefined },
  by: By,
): Promise<Pair & { unlink_id: number }> {
  return sql.begin(async (tx) => {
    await lockIngest(tx);
    const unlink_id = await once(tx, 'families/unlink', wish, by, async () => {
      const link = await linkOf(tx, wish.sub_order_id);
      if (!link || (wish.main_order_id ?? link.main_order_id) !== link.main_order_id)
        throw new LinkRefused('LINK_NOT_FOUND');
      const { hierarchy_id, main_order_id, is_active: was_active } = link;
      await end(tx, link, by);
      const pair = { sub_order_id: wish.sub_order_id, main_order_id };
      const seq = await tell(tx, 'unlinked', { ...pair, hierarchy_id, was_active }, by);
      await relinkStored(tx, [pair.sub_order_id, main_order_id], by.policy, by.now);
      return seq;
    });
    const { sub_order_id, main_order_id } = await unlinkingOf(tx, unlink_id);
    return { unlink_id, sub_order_id, main_order_id };
  });
}

/** Takes an unlinking back: the link stands as it stood, whoever had made it. Throws LinkRefused where it cannot. */
export function undoUnlink(sql: Sql, unlinkId: number, by: By): Promise<Pair> {
  return refusing(() =>
    sql.begin(async (tx) => {
      await lockIngest(tx);
      const { sub_order_id, main_order_id, ...how } = await unlinkingOf(tx, unlinkId);
      const pair = { sub_order_id, main_order_id };
      await once(tx, 'families/unlink/undo', { unlink_id: unlinkId }, by, async () => {
        await linkAgain(tx, pair, how, by);
        await relinkStored(tx, [sub_order_id, main_order_id], by.policy, by.now);
        return tell(
          tx,
          'unlink_undone',
          { ...pair, hierarchy_id: how.hierarchy_id, unlink_id: unlinkId },
          by,
        );
      });
      return pair;
    }),
  );
}

async function linkAgain(
  tx: TransactionSql,
  { sub_order_id }: Pair,
  { hierarchy_id, was_active }: Omit<Unlinking, keyof Pair>,
  by: By,
): Promise<void> {
  const since = await linkOf(tx, sub_order_id);
  if (since?.is_active && since.linked_by !== machine)
    throw new LinkRefused('ALREADY_LINKED', { main_order_id: since.main_order_id });
  if (since) await end(tx, since, { ...by, user: { ...by.user, email: machine } });
  const { count } = await tx`update order_hierarchy_management
    set is_active = ${was_active}, is_pending_review = ${!was_active},
      ended_by = null, ended_at = null
    where hierarchy_id = ${hierarchy_id} and ended_by is not null and ended_by <> ${machine}`;
  if (count === 0) throw new LinkRefused('NOTHING_TO_UNDO');
}

async function unlinkingOf(tx: TransactionSql, seq: number): Promise<Unlinking> {
  const done = await maybeOne(
    z.object({ data: unlinking }),
    tx`select data from events where seq = ${seq} and event = 'unlinked'`,
  );
  if (!done) throw new LinkRefused('UNLINK_NOT_FOUND');
  return done.data;
}

/** Does something once for its key, where one was sent; answers the number of what it made, then or now. */
async function once(
  tx: TransactionSql,
  route: string,
  body: unknown,
  { key, user }: By,
  make: () => Promise<number>,
): Promise<number> {
  if (key === undefined) return make();
  const done = await onceForKey(tx, { route, key, body, by: user.user_id }, make);
  if (done.is === 'reused' || done.id === null) throw new LinkRefused('IDEMPOTENCY_KEY_REUSED');
  return done.id;
}

async function pairOf(tx: TransactionSql, { main_order_id, sub_order_id }: Pair) {
  const found = await membersBy(tx, 'ids', [main_order_id, sub_order_id]);
  const order = (id: string): Member => {
    const member = found.find((one) => one.id === id);
    if (!member) throw new LinkRefused('ORDER_NOT_FOUND', { order_id: id });
    return member;
  };
  const [main, sub] = [order(main_order_id), order(sub_order_id)];
  const isShared = phonesOf(sub).some((phone) => phonesOf(main).includes(phone));
  const likeness = nameLikeness(fullName(main), fullName(sub));
  // One digit apart may be a slip or a stranger; the name tells.
  if (!isShared && likeness !== 'same' && likeness !== 'first')
    throw new LinkRefused('CUSTOMER_MISMATCH');
  return { main, sub };
}

/** The link of a sub-order that stands, or the candidate that waits. */
function linkOf(tx: TransactionSql, subOrderId: string): Promise<Current | undefined> {
  return maybeOne(
    current,
    tx`select hierarchy_id, main_order_id, linked_by, is_active, relationship_type
      from order_hierarchy_management
      where sub_order_id = ${subOrderId} and (is_active or is_pending_review)
      order by is_active desc`,
  );
}

async function end(tx: TransactionSql, { hierarchy_id }: Current, { user, now }: By) {
  await tx`update order_hierarchy_management
    set is_active = false, is_pending_review = false, ended_by = ${user.email}, ended_at = ${now}
    where hierarchy_id = ${hierarchy_id}`;
}

/** Writes down what a person did; answers its number in the sequence of all events. */
async function tell(
  tx: TransactionSql,
  event: string,
  data: Pair & Record<string, string | number | boolean | undefined>,
  { user, now }: By,
): Promise<number> {
  const { seq } = await one(
    z.object({ seq: z.number() }),
    tx`insert into events (at, order_id, event, by_user, by_party, data)
      values (${now}, ${data.sub_order_id}, ${event}, ${user.user_id}, ${user.role},
        ${tx.json(jsonOf(data))}) returning seq`,
  );
  return seq;
}
