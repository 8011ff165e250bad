import { accountOf } from '../../db/users.ts';
import type { Execution } from '../../domain/messages.ts';
import { isOneOf, rolesWith } from '../../domain/permissions.ts';
import type { Deps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import type { ExecuteBody } from '../schemas/case-acts.ts';
import type { Doing } from './acting.ts';

/** The id of whoever is to repair: an account by its e-mail, which must be one that may execute. */
export async function technicianId({ sql }: Deps, email: string): Promise<number> {
  const account = await accountOf(sql, email);
  if (account && isOneOf(account.role, rolesWith('execute'))) return account.user_id;
  throw new ApiError(
    'TECHNICIAN_NOT_FOUND',
    `${email} is no account that may repair: it takes the role ${rolesWith('execute').join(' or ')}.`,
  );
}

/** Giving a case to a technician. */
export function assignment(technician: number, body: unknown): Doing<'assign'> {
  return { act: 'assign', body, payload: () => ({ technician }) };
}

/** Carrying the service out: codes and amounts travel, a reference and notes stay. */
export function executionOf(body: ExecuteBody): Doing<'execute'> {
  const { notes, refund } = body;
  return {
    act: 'execute',
    body,
    note: { notes, reference: refund?.reference },
    payload: (note_id) => ({ ...serviceIn(body), note_id }),
  };
}

function serviceIn(body: ExecuteBody): Execution {
  const { outcome, parts, labor_cost, product_sku, serial_number, refund } = body;
  if (outcome !== undefined) return { outcome, parts, labor_cost };
  if (product_sku !== undefined) return { product_sku, serial_number };
  if (refund !== undefined) return { refund: { amount: refund.amount, method: refund.method } };
  throw new Error('The body of an execution names no service');
}
