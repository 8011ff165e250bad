import { z } from 'zod';
import type { AnySql } from './client.ts';
import { maybeOne } from './query.ts';

const hub = z.object({ hub_id: z.number() });

/** The hub with this id, or, where none is named, the first one; undefined where there is no such hub or it is closed. */
export async function openHub(sql: AnySql, hubId?: number): Promise<number | undefined> {
  const row = await maybeOne(
    hub,
    sql`select hub_id from hubs where is_active and hub_id = coalesce(${hubId ?? null}, hub_id)
      order by hub_id limit 1`,
  );
  return row?.hub_id;
}
