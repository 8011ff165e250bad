import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      link: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const text = await readFile(new URL('../package-lock.json', import.meta.url), 'utf8');
const { packages } = Lockfile.parse(JSON.parse(text));

test('the lockfile names no registry: any mirror can serve a clone', () => {
  expect(Object.keys(packages).filter((name) => packages[name]?.resolved !== undefined)).toEqual(
    [],
  );
});

test('the lockfile has the packages of every platform, or npm refuses a clean install on the others', () => {
  const locked = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
  const wanted = Object.values(packages).flatMap((entry) =>
    Object.keys(entry.optionalDependencies ?? {}),
  );
  expect(wanted.filter((name) => !locked.has(name))).toEqual([]);
});
