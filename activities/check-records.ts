import type { Client } from '@temporalio/client';
import { checkCases, checkEvents } from '../db/check-cases.ts';
import { checkCash, checkDeliveries, checkRefunds } from '../db/check-effects.ts';
import { checkHub } from '../db/check-hub.ts';
import { checkMessages } from '../db/check-messages.ts';
import { checkStock } from '../db/check-stock.ts';
import type { AnySql } from '../db/client.ts';
import type { Difference } from '../domain/difference.ts';
import { checkWorkflows } from './check-workflows.ts';

/** Compares all that is recorded here: cases, events, messages, what the hub found, stock, refunds, cash, deliveries, and the workflows. */
export async function checkRecords(deps: { sql: AnySql; temporal: Client }): Promise<Difference[]> {
  const { sql } = deps;
  const found = await Promise.all([
    checkCases(sql),
    checkEvents(sql),
    checkMessages(sql),
    checkHub(sql),
    checkStock(sql),
    checkRefunds(sql),
    checkCash(sql),
    checkDeliveries(sql),
    checkWorkflows(deps),
  ]);
  return found.flat();
}
