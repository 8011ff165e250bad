import { expect, test } from 'vitest';
import { judge } from '../../bench/linking/judge.ts';
import { population } from '../../bench/linking/population.ts';
import { others, usual } from '../../bench/linking/shares.ts';
import { seedDemoData } from '../../dev/demo-data.ts';
import { createTestDatabase } from '../support/database.ts';

// The goals; what other seeds and shares give is measured by the bench (docs/families.md).
test.each(['usual', 'families'])(
  'of a small labelled population (%s) 99 in 100 automatic links are right, and 95 in 100 of all links are found',
  async (name) => {
    const { sql, drop } = await createTestDatabase();
    await seedDemoData(sql);
    const found = await judge(sql, population(4, 900, others[name] ?? usual));
    await drop();
    expect(found.precision).toBeGreaterThanOrEqual(0.99);
    expect(found.recall).toBeGreaterThanOrEqual(0.95);
    expect(found.waiting).toBeGreaterThan(0);
    const judged = found.outcomes.find(({ met }) => met === 'nothing');
    expect(judged?.['as it should be']).toBe(judged?.orders);
  },
);

test('the same seed makes the same population', () => {
  expect(population(7, 20, usual)).toEqual(population(7, 20, usual));
  expect(population(8, 20, usual)).not.toEqual(population(7, 20, usual));
});
