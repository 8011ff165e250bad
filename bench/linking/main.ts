import { parseArgs } from 'node:util';
import { seedDemoData } from '../../dev/demo-data.ts';
import { startPostgres } from '../postgres.ts';
import { type Judgement, judge } from './judge.ts';
import { population } from './population.ts';
import { others } from './shares.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    households: { type: 'string', default: '2000' },
    shares: { type: 'string', default: 'all' },
    explain: { type: 'boolean', default: false },
  },
});

/** `npm run bench:linking -- --seed 7 --households 2000 --shares families --explain`: how right the links of a labelled population are, and what makes them wrong. */
async function main(): Promise<void> {
  const names = values.shares === 'all' ? Object.keys(others) : [values.shares];
  const postgres = await startPostgres();
  try {
    for (const name of names) {
      const shares = others[name];
      if (!shares)
        throw new Error(`There are no shares "${name}": all, ${Object.keys(others).join(', ')}`);
      const sql = await postgres.create(`linking_${name}`);
      await seedDemoData(sql);
      const people = population(Number(values.seed), Number(values.households), shares);
      const judgement = await judge(sql, people);
      await sql.end();
      print(name, judgement);
      if (values.explain) console.table(judgement.outcomes);
    }
  } finally {
    await postgres.stop();
  }
}

function print(name: string, judgement: Judgement): void {
  const { orders, linkable, automatic, right, waiting, precision, recall } = judgement;
  console.log(`\n${name}, seed ${values.seed}: ${orders} orders, ${linkable} belong to another`);
  console.log(`  automatic links ${automatic}, right ${right}; waiting for a person ${waiting}`);
  console.log(
    `  precision ${percent(precision)} (99 % or more), recall ${percent(recall)} (95 % or more)`,
  );
  console.log('  confidence   links   said   right');
  for (const { from, links, said, right: share } of judgement.calibration)
    console.log(
      `  from ${from.toFixed(2)}${String(links).padStart(9)}${percent(said).padStart(9)}${percent(share).padStart(8)}`,
    );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

await main();
