import type { NewCase } from '../../db/new-cases.ts';
import type { Payloads } from '../../domain/messages.ts';
import type { Hands } from './case-hands.ts';
import { findings } from './cases.ts';

export const motors = (quantity: number) => [{ sku: 'BL-500-MOTOR', quantity }];
export const repaired = (): Payloads['execute'] => ({ outcome: 'repaired', parts: motors(1) });
export const doubtful = { ...findings, quality_score: 2 };

export type Path = {
  name: string;
  opening?: Partial<NewCase>;
  walk: (hands: Hands) => Promise<unknown>;
  status: string;
  events: string[];
};

export const toTheHub = ['opened', 'pickup_ordered', 'scanned'];
export const sentBack = ['delivery_ordered', 'delivered'];
