import type { Sql, TransactionSql } from '../db/client.ts';
import { hashPassword } from '../db/passwords.ts';
import { parts, products } from './catalogue.ts';

/** The password of every demo account. */
export const demoPassword = 'hvar-demo';

/** One account for each role. */
export const demoAccounts = [
  { email: 'admin@hvar.local', name: 'Nadia Admin', role: 'admin' },
  { email: 'manager@hvar.local', name: 'Karim Manager', role: 'manager' },
  { email: 'leader@hvar.local', name: 'Hany Leader', role: 'leader' },
  { email: 'agent@hvar.local', name: 'Salma Agent', role: 'agent' },
  { email: 'hub@hvar.local', name: 'Mostafa Hub', role: 'hub' },
  { email: 'technician@hvar.local', name: 'Tarek Technician', role: 'technician' },
] as const;

/**
 * Accounts, catalogue and first stock for one machine, in one transaction. What is there already
 * stays as people have changed it. Never for a database that was given: these passwords are public.
 */
export async function seedDemoData(sql: Sql): Promise<void> {
  const [seeded] = await sql`select 1 from users where email = ${demoAccounts[0].email}`;
  if (seeded !== undefined) return;
  await sql.begin(async (tx) => {
    await seedAccounts(tx);
    await seedCatalogue(tx);
    await seedStock(tx);
  });
}

async function seedAccounts(tx: TransactionSql): Promise<void> {
  const hashes = await Promise.all(demoAccounts.map(() => hashPassword(demoPassword)));
  const rows = demoAccounts.map((account, i) => ({ ...account, password_hash: hashes[i] ?? '' }));
  await tx`insert into users ${tx(rows)} on conflict do nothing`;
  await tx`insert into user_hubs (user_id, hub_id)
    select user_id, hub_id from users cross join hubs on conflict do nothing`;
}

async function seedCatalogue(tx: TransactionSql): Promise<void> {
  const rows = [
    ...products.map((product) => ({
      ...product,
      type: 'product',
      partType: null,
      productSku: null,
    })),
    ...parts.map((part) => ({ ...part, type: 'part' })),
  ].map((item) => ({
    sku: item.sku,
    type: item.type,
    name: item.name,
    name_ar: item.nameAr,
    part_type: item.partType,
    product_sku: item.productSku,
    unit_cost: item.unitCost,
  }));
  await tx`insert into catalogue_items ${tx(rows)} on conflict do nothing`;
}

/** As purchases, like any stock; the key lets none of them count twice. */
async function seedStock(tx: TransactionSql): Promise<void> {
  const rows = [...products, ...parts].flatMap(({ sku, initialStock }) =>
    Object.entries(initialStock)
      .filter(([, quantity]) => quantity > 0)
      .map(([grade, quantity]) => ({ sku, grade, quantity, effect_key: `demo:${sku}:${grade}` })),
  );
  const wanted = tx(rows, 'sku', 'grade', 'quantity', 'effect_key');
  await tx`create temporary table demo_stock
    (sku text, grade text, quantity int, effect_key text) on commit drop`;
  await tx`insert into demo_stock ${wanted}`;
  await tx`insert into stock_movements (sku, hub_id, grade, quantity, movement_type, effect_key)
    select sku, hub_id, grade, quantity, 'purchase', effect_key
    from demo_stock cross join hubs where hubs.code = 'main' on conflict do nothing`;
}
