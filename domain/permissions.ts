import { acts } from './acts.ts';
import type { Act } from './messages.ts';
import { type Role, roles } from './vocabulary.ts';

/** What people may do besides the acts of a case. */
const rights = {
  use_account: roles,
  read_cases: roles,
  read_orders: roles,
  read_customers: roles,
  read_catalogue: roles,
  read_places: roles,
  open_case: ['agent', 'leader', 'manager'],
  read_sync: ['agent', 'leader', 'manager'],
  start_sync: ['manager'],
  link_orders: ['agent', 'leader', 'manager'],
  detect_all_families: ['manager'],
} as const satisfies Record<string, readonly Role[]>;

type Right = keyof typeof rights;
export type Permission = Right | Act;

/** Who has a permission: the one table from which routes take their roles. Those of a case's acts come from the table of acts. */
export function rolesWith(permission: Permission): readonly Role[] {
  return isRight(permission) ? rights[permission] : acts[permission].roles;
}

function isRight(permission: Permission): permission is Right {
  return Object.hasOwn(rights, permission);
}

/** Whether somebody of this role is among these roles; an admin may do all. */
export function isOneOf(role: Role, allowed: readonly Role[]): boolean {
  return role === 'admin' || allowed.includes(role);
}
