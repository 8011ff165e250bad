import { z } from 'zod';
import { customerFigures } from '../domain/customer.ts';
import type { StandingLink } from '../domain/family.ts';
import { fullName } from '../domain/name-likeness.ts';
import type { Policy } from '../domain/policy.ts';
import type { TransactionSql } from './client.ts';
import type { Families } from './families.ts';
import type { Member } from './family-members.ts';
import { many } from './query.ts';
import { incoming } from './staging.ts';

/** The figures of every customer of these families, anew from all of their orders. */
export async function customersOf(
  tx: TransactionSql,
  { members, links, phones }: Omit<Families, 'write'>,
  policy: Policy,
): Promise<Customer[]> {
  const returned = returnedMains(members, links);
  const ordersOf = Map.groupBy(members, (member) => member.receiver_phone);
  const customerOf = (phone: string) =>
    customer(phone, ordersOf.get(phone) ?? [], returned, policy);
  const customers = phones.filter((phone) => ordersOf.has(phone)).map(customerOf);
  const left = phones.filter((phone) => !ordersOf.has(phone));
  return [...customers, ...(await knownAmong(tx, left)).map(customerOf)];
}

/** Writes these customers. One whose figures are the same is not written. */
export async function writeCustomers(
  tx: TransactionSql,
  customers: readonly Customer[],
): Promise<void> {
  if (customers.length === 0) return;
  const columns = Object.keys(customers[0] ?? {});
  const figures = columns.filter((column) => column !== 'phone');
  const fresh = tx.unsafe(figures.map((column) => `excluded.${column}`).join(', '));
  const current = tx.unsafe(figures.map((column) => `c.${column}`).join(', '));
  const copy = { table: 'customers', columns, rows: customers.map((one) => Object.values(one)) };
  const { from } = await incoming(tx, copy);
  await tx`insert into customers as c (${tx(columns)}) select ${tx(columns)} from ${from}
    on conflict (phone) do update set (${tx(figures)}, updated_at) = (${fresh}, now())
      where (${current}) is distinct from (${fresh})`;
}

/** Which of these phones are customers': those whose last order has another phone now. */
async function knownAmong(tx: TransactionSql, phones: readonly string[]): Promise<string[]> {
  if (phones.length === 0) return [];
  const row = z.object({ phone: z.string() });
  const rows = await many(row, tx`select phone from customers where phone = any(${[...phones]})`);
  return rows.map(({ phone }) => phone);
}

/** The sales that a return or a refund is linked to; a pickup for a repair or an exchange is none (domain.md, "A returned sale"). */
function returnedMains(members: readonly Member[], links: readonly StandingLink[]): Set<string> {
  const isReturn = new Map(
    members.map((m) => [
      m.id,
      m.case_of?.purpose === undefined
        ? m.service_type === 'return'
        : m.case_of.is_refund && m.case_of.purpose === 'pickup',
    ]),
  );
  const active = links.filter((link) => link.is_active && isReturn.get(link.sub_order_id));
  return new Set(active.map((link) => link.main_order_id));
}

type Customer = ReturnType<typeof customer>;

function customer(phone: string, orders: Member[], returned: Set<string>, policy: Policy) {
  const newestFirst = orders.toSorted(
    (a, b) => Number(b.created_at) - Number(a.created_at) || (a.id < b.id ? 1 : -1),
  );
  const lastOf = <T>(read: (order: Member) => T | null) => {
    const told = newestFirst.find((order) => read(order) !== null);
    return told === undefined ? null : read(told);
  };
  const last = <K extends keyof Member>(key: K) => lastOf((order) => order[key]);
  return {
    phone,
    name: lastOf(fullName),
    second_phone: last('receiver_second_phone'),
    email: last('receiver_email'),
    city: last('dropoff_city_name'),
    city_ar: last('dropoff_city_name_ar'),
    zone: last('dropoff_zone_name'),
    ...customerFigures(orders, (order) => returned.has(order.id), policy),
  };
}
