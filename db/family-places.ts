import type { StandingLink } from '../domain/family.ts';
import { type Position, positionsBy } from '../domain/family-positions.ts';
import type { TransactionSql } from './client.ts';
import type { Member } from './family-members.ts';

/** An order whose place in its family is another now, and that place. */
export type Moved = Position & { id: string; hierarchy_detected_at: Date | null };

/** The orders whose place in their family is another now. */
export function movedMembers(
  members: readonly Member[],
  links: readonly StandingLink[],
  now: Date,
): Moved[] {
  const positionOf = positionsBy(links);
  return members.flatMap((member) => {
    const position = positionOf(member);
    if (stands(position, member)) return [];
    const isFound = position.hierarchy_status !== member.hierarchy_status;
    const hierarchy_detected_at = isFound ? now : member.hierarchy_detected_at;
    return { id: member.id, ...position, hierarchy_detected_at };
  });
}

function stands(position: Position, member: Member): boolean {
  return (
    position.original_order_id === member.original_order_id &&
    position.order_level === member.order_level &&
    position.hierarchy_status === member.hierarchy_status
  );
}

/** Writes the places that moved. */
export async function writePlaces(tx: TransactionSql, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  await tx`update orders o set original_order_id = n.original_order_id, order_level = n.order_level,
      hierarchy_status = n.hierarchy_status, hierarchy_detected_at = n.hierarchy_detected_at
    from jsonb_to_recordset(${tx.json([...moved])}) n (id text, original_order_id text,
      order_level int, hierarchy_status text, hierarchy_detected_at timestamptz)
    where o.id = n.id`;
}
