import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

type Arrows = { folder: string; may: RegExp[] };

const domain = /^domain\//;
const contract = /^workflows\/contract\.ts$/;

/** Who may import what (docs/architecture.md). Paths from the root, packages by name; `type:` before an import of types alone. */
const arrows: Arrows[] = [
  { folder: 'domain', may: [domain] },
  { folder: 'db', may: [/^db\//, domain, /^postgres$/, /^zod$/, /^node:/] },
  {
    folder: 'activities',
    may: [
      ...[/^activities\//, /^db\//, domain, contract],
      ...[/^zod$/, /^node:/, /^@temporalio\/(activity|common|client)$/],
    ],
  },
  {
    folder: 'workflows',
    may: [
      ...[/^workflows\//, domain, /^type:activities\//],
      ...[/^@temporalio\/workflow$/, /^(type:)?@temporalio\/common$/],
    ],
  },
  {
    folder: 'api',
    may: [
      ...[/^api\//, /^db\//, domain, contract, /^activities\/bosta\/callback\.ts$/],
      ...[/^config\.ts$/, /^type:workflows\//, /^node:/, /^zod$/, /^pino$/, /^@?fastify/],
      ...[/^@temporalio\/(client|common|envconfig)$/],
    ],
  },
  {
    folder: 'worker',
    may: [
      ...[/^worker\//, /^activities\//, /^db\//, domain, contract, /^config\.ts$/],
      ...[
        /^type:workflows\//,
        /^node:/,
        /^pino$/,
        /^@temporalio\/(worker|client|common|envconfig)$/,
      ],
    ],
  },
  {
    folder: 'cli',
    may: [
      ...[/^cli\//, /^activities\//, /^db\//, domain, contract, /^config\.ts$/],
      ...[/^node:/, /^@temporalio\/(client|envconfig)$/],
    ],
  },
];

const importing =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^;()]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/gm;

/** What a file imports, as `path`, or `type:path` where only types are. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(importing)].map(([, onlyTypes, from, lazily]) => {
    const target = from ?? lazily ?? '';
    const name = target.startsWith('.') ? relative(root, resolve(dirname(file), target)) : target;
    return onlyTypes ? `type:${name}` : name;
  });
}

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, folder, name));
}

test.each(arrows)('$folder imports only what it may', ({ folder, may }) => {
  const forbidden = filesOf(folder).flatMap((file) =>
    importsOf(file)
      .filter(
        (name) => !may.some((rule) => rule.test(name) || rule.test(name.replace(/^type:/, ''))),
      )
      .map((name) => `${relative(root, file)} imports ${name}`),
  );
  expect(filesOf(folder)).not.toEqual([]);
  expect(forbidden).toEqual([]);
});

test.each([
  ['the launcher and the stand-in are imported by tests and benchmarks alone', 'dev', []],
  ['the benchmarks are imported by tests alone', 'bench', ['dev']],
])('%s', (_, folder, more) => {
  const others = [...arrows.map((one) => one.folder), ...more];
  const importers = others
    .flatMap(filesOf)
    .filter((file) => importsOf(file).some((name) => name.startsWith(`${folder}/`)));
  expect(importers).toEqual([]);
});

test('only activities/bosta knows the wire of Bosta', () => {
  const others = ['domain', 'db', 'workflows', 'api', 'worker', 'cli'].flatMap(filesOf);
  const knowing = others.filter((file) =>
    /trackingNumber['"]|dropOffAddress|businessReference['"]/.test(readFileSync(file, 'utf8')),
  );
  expect(knowing.map((file) => relative(root, file))).toEqual([]);
});

test('the domain asks no clock and no chance', () => {
  const asking = filesOf('domain').filter((file) =>
    /Date\.now\(|new Date\(\)|Math\.random/.test(readFileSync(file, 'utf8')),
  );
  expect(asking.map((file) => relative(root, file))).toEqual([]);
});
