import { expect, test } from 'vitest';
import { facts, mergeFacts } from '../support/facts.ts';

test('of a return the product is what comes back, also after a search that shows the box alone', () => {
  const product = { product_name: 'Spice mill 150W', product_count: 3 };
  const full = facts(1, { order_type_code: 25, return_description: 'Spice mill 150W', ...product });
  const box = { product_name: 'box', product_count: 1, specs_description: 'box' };
  expect(mergeFacts(full, facts(2, { order_type_code: 25, ...box })).order).toMatchObject(product);
});

test.each(['N/A', '-'])('what is filled with %j describes nothing anew', (specs_description) => {
  const described = { specs_description: '2 * خلاط', product_name: 'خلاط', product_count: 2 };
  const filled = { specs_description, notes: 'اتصل', product_name: 'اتصل', product_count: 1 };
  expect(mergeFacts(facts(1, described), facts(2, filled)).order).toMatchObject(described);
  const returned = { return_description: 'كبة', product_name: 'كبة', product_count: 1 };
  const type = { order_type_code: 25, return_description: specs_description };
  expect(
    mergeFacts(facts(1, returned), facts(2, { ...filled, ...type, product_name: 'علبة' })).order,
  ).toMatchObject(returned);
});

test('what comes back says nothing of what an exchange brings, also after a read without a description', () => {
  const product = { product_name: 'خلاط', product_count: 2 };
  const both = { order_type_code: 30, return_description: 'مفرمة قديمة' };
  const full = facts(1, { ...both, specs_description: '2 * خلاط', ...product });
  const notes = { notes: 'اتصل قبل الوصول', product_name: 'اتصل قبل الوصول' };
  expect(mergeFacts(full, facts(2, { ...both, ...notes })).order).toMatchObject(product);
});

test('where the notes alone tell the product, changed notes tell another; any others do not', () => {
  const told = facts(1, { notes: '2 * خلاط', product_name: 'خلاط', product_count: 2 });
  const described = facts(1, { specs_description: 'خلاط', product_name: 'خلاط' });
  const listed = facts(1, { notes: 'اتصل قبل الوصول', product_name: 'خلاط' });
  const changed = facts(2, { notes: '3 * مفرمة', product_name: 'مفرمة', product_count: 3 });
  for (const merged of [mergeFacts(told, changed), mergeFacts(changed, told)])
    expect(merged.order).toMatchObject({ product_name: 'مفرمة', product_count: 3 });
  for (const before of [described, listed])
    expect(mergeFacts(before, changed).order).toMatchObject({ product_name: 'خلاط' });
});
