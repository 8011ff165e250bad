import type { AnySql } from '../../db/client.ts';
import { openHub } from '../../db/hubs.ts';
import type { User } from '../../db/sessions.ts';
import { ApiError } from '../errors.ts';

/** The hub with this id or, where none is named, the first one; refuses with HUB_NOT_FOUND where it is not there or closed. */
export async function requireHub(sql: AnySql, hubId?: number): Promise<number> {
  const hub = await openHub(sql, hubId);
  if (hub !== undefined) return hub;
  const sentence =
    hubId === undefined
      ? 'No hub is open: whoever looks after the platform has to open one.'
      : `There is no open hub ${hubId}: name another one, or none for the first.`;
  throw new ApiError('HUB_NOT_FOUND', sentence);
}

/** The hub that goes without saying: the one where somebody works, where that is one alone. */
export function onlyHubOf({ hub_ids }: User): number | undefined {
  return hub_ids.length === 1 ? hub_ids[0] : undefined;
}
