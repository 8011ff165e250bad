import { z } from 'zod';
import type { PartUse } from '../domain/messages.ts';
import { piastres, toEgp } from '../domain/money.ts';
import { notByInspector } from '../domain/review.ts';
import type { Step } from '../domain/step.ts';
import type { RefusalCode } from '../domain/verdict.ts';
import { itemTypes } from '../domain/vocabulary.ts';
import { noSuchProduct, productBySku } from './catalogue.ts';
import type { TransactionSql } from './client.ts';
import { amount } from './order-rows.ts';
import { maybeOne, one } from './query.ts';

/** The record stands against an effect, where no constraint can say so: nothing of its step is written. */
export class EffectRefused extends Error {
  readonly refused: RefusalCode;

  constructor(refused: RefusalCode, sentence: string) {
    super(sentence);
    this.refused = refused;
  }
}

/** A repair takes parts: of any product, since many fit several. Names the one that is none. */
export async function demandParts(tx: TransactionSql, parts: readonly PartUse[]): Promise<void> {
  const other = await maybeOne(
    z.object({ sku: z.string(), type: z.enum(itemTypes).nullable() }),
    tx`select given.sku, c.type from unnest(${parts.map(({ sku }) => sku)}::text[]) given (sku)
        left join catalogue_items c using (sku)
      where c.type is distinct from 'part' order by given.sku limit 1`,
  );
  if (other === undefined) return;
  const sentence =
    other.type === null ? `The catalogue has no part ${other.sku}` : `${other.sku} is no part`;
  throw new EffectRefused(
    'UNKNOWN_SKU',
    `${sentence}: take one that GET /api/products?type=part lists.`,
  );
}

/** What replaces a product is a product. */
export async function demandProduct(tx: TransactionSql, sku: string): Promise<void> {
  if (await productBySku(tx, sku)) return;
  throw new EffectRefused('UNKNOWN_SKU', noSuchProduct(sku));
}

/** A case may not cost more than this: what its parts cost is known here alone. */
export async function demandCostWithin(
  tx: TransactionSql,
  actionId: number,
  most: number,
): Promise<void> {
  const { actual_cost: cost } = await one(
    z.object({ actual_cost: amount }),
    tx`select actual_cost from service_actions where action_id = ${actionId}`,
  );
  if (cost <= most) return;
  throw new EffectRefused(
    'MESSAGE_UNUSABLE',
    `The customer pays for this repair, and Bosta collects at most ${egp(most)} EGP: with all parts, labour and fees the case would cost ${egp(cost)} EGP. Lower labor_cost, or take other parts.`,
  );
}

/** A hard case is seen by two: who inspected any version of it does not decide on another's. */
export async function demandOtherReviewer(
  tx: TransactionSql,
  { action_id, by }: Step,
): Promise<void> {
  const own = await maybeOne(
    z.object({ version: z.number() }),
    tx`select version from inspections where action_id = ${action_id} and inspected_by = ${by} limit 1`,
  );
  if (own !== undefined) throw new EffectRefused('REVIEW_BY_INSPECTOR', notByInspector);
}

function egp(sum: number): string {
  return toEgp(piastres(sum)).toFixed(2);
}
