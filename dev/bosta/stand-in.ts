import { buildApp } from './app.ts';
import { createCallbacks } from './callbacks.ts';
import { createChanges } from './changes.ts';
import { createFaults } from './faults.ts';
import { anchorOf, openJournal } from './journal.ts';
import { createLive } from './live.ts';
import { createStore } from './store.ts';
import { createWorld } from './world.ts';

export type StandInOptions = {
  dataDir: string;
  apiKey: string;
  /** 0 takes a free one. */
  port?: number;
  /** How long a delivery stays in a state, in milliseconds; 0: nothing moves by itself. */
  stepMs?: number;
  /** How many deliveries the base set has, up to a million. */
  deliveries?: number;
  webhookUrl?: string;
  webhookSecret?: string;
  seed?: number;
  /** How long the faults `slow` and `late` take, in milliseconds. */
  slowMs?: number;
  lateMs?: number;
};

type StandIn = {
  port: number;
  /** The root, under which `/api/v2` and `/stand-in` are. */
  url: string;
  close: () => Promise<void>;
};

/** Starts the stand-in on 127.0.0.1; throws where the port is taken or the folder cannot be written. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const { dataDir, apiKey, port = 0, stepMs = 0, slowMs = 2_000, lateMs = 3_000 } = options;
  const world = createWorld({
    seed: options.seed ?? 1,
    count: options.deliveries ?? 2_000,
    now: anchorOf(dataDir, new Date()),
  });
  const faults = createFaults();
  const changes = createChanges(openJournal(dataDir));
  const store = createStore(world, changes);
  const callbacks = createCallbacks({ ...options, lateMs }, faults);
  const live = createLive({ store, changes, callbacks, stepMs });
  const app = buildApp({ store, changes, live, faults, apiKey, slowMs });
  const url = await app.listen({ host: '127.0.0.1', port });
  live.start();
  return {
    port: Number(new URL(url).port),
    url,
    close: async () => {
      live.stop();
      callbacks.stop();
      await app.close();
    },
  };
}
