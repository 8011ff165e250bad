import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { startStandIn } from '../../dev/bosta/stand-in.ts';
import { freePorts } from '../../dev/ports.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.ts';
import { until } from '../support/until.ts';

const root = resolve(import.meta.dirname, '../..');
const Service = z.object({
  image: z.string(),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
});
const Compose = z.object({ services: z.record(z.string(), Service) });

let services: z.infer<typeof Compose>['services'];
let database: TestDatabase;
let temporal: TestTemporal;
let standIn: Awaited<ReturnType<typeof startStandIn>>;
let dataDir: string;
const started: ChildProcess[] = [];
const apiKey = 'the-key-of-the-tests';
/** What whoever runs it has to give. */
const given: Record<string, string> = {
  BOSTA_API_KEY: apiKey,
  BOSTA_WEBHOOK_SECRET: 'a-secret-of-the-tests',
};

beforeAll(async () => {
  const file = await readFile(join(root, 'docker-compose.yml'), 'utf8');
  services = Compose.parse(parse(file)).services;
  dataDir = await mkdtemp(join(tmpdir(), 'hvar-compose-'));
  [database, temporal, standIn] = await Promise.all([
    createTestDatabase(),
    connectTestTemporal(),
    startStandIn({ dataDir, apiKey, stepMs: 0, deliveries: 5 }),
  ]);
});

afterAll(async () => {
  await Promise.all(started.map(endService));
  await standIn.close();
  await temporal.close();
  await database.drop();
  await rm(dataDir, { recursive: true });
});

test('it has Postgres, Temporal on it with its Web UI, the API and the worker', () => {
  expect(services).toMatchObject({
    postgres: { image: 'postgres:18' },
    temporal: { environment: { DB: 'postgres12', POSTGRES_SEEDS: 'postgres' } },
    'temporal-ui': { environment: { TEMPORAL_ADDRESS: 'temporal:7233' } },
    worker: { environment: { TEMPORAL_ADDRESS: 'temporal:7233' } },
    api: { environment: { DATABASE_URL: expect.stringContaining('@postgres:5432/hvar') } },
  });
});

test('the commands of API and worker, with the environment that it gives them, make a platform that is ready, and end when they are told to', async () => {
  const [port = 0] = await freePorts(1);
  const addresses = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    BOSTA_API_URL: standIn.url,
    HOST: '127.0.0.1',
    PORT: String(port),
  };
  const api = startService('api', addresses);
  const worker = startService('worker', addresses);
  await until(
    'the API to be ready, or a service to end',
    async () => [api, worker].some(hasEnded) || answersOk(`http://127.0.0.1:${port}/api/status`),
    60,
  );
  expect([api, worker].filter(hasEnded)).toEqual([]);
  const ended = [api, worker].map((child) => once(child, 'exit'));
  for (const child of [api, worker]) child.kill('SIGTERM');
  expect(await Promise.all(ended)).toEqual([
    [0, null],
    [0, null],
  ]);
}, 90_000);

/** Starts a service as its container would: the same command and variables, `addresses` in place of the network's. */
function startService(name: string, addresses: Record<string, string>): ChildProcess {
  const { command, environment } = Service.parse(services[name]);
  const variables = Object.entries(environment).map(([key, value]) => [key, filled(value)]);
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...Object.fromEntries(variables),
      ...addresses,
    },
    detached: true, // a group of its own: npm does not end its child when it is killed
    stdio: ['ignore', 'ignore', 'inherit'], // why it would not start
  });
  started.push(child);
  return child;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** For a test that failed half-way: npm and the service are both gone when this resolves. */
async function endService(child: ChildProcess): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  await ended;
}

/** `${NAME:-default}` and `${NAME:?what is missing}`, as Docker Compose fills them. */
function filled(text: string): string {
  return text.replace(
    /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
    (_, name: string, standard = '') => given[name] ?? standard,
  );
}

async function answersOk(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}
