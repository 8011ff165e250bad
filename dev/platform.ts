import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchError } from './launch-error.ts';
import { type Part, type PartDefinition, startPart } from './part.ts';
import type { RunningPart } from './run-file.ts';

const readyTimeoutMs = 120_000;
const pollMs = 50;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** A part that ran this long before it died is started again as promptly as the first time. */
const calmMs = 60_000;

type Running = { definition: PartDefinition; part: Part };
type Listener = {
  /** One line for the person at the console. */
  line: (text: string) => void;
  /** The parts or their process ids are others now. */
  changed: (parts: RunningPart[]) => void | Promise<void>;
};

/** The parts that run, in the order of their start: each started, watched, restarted, and stopped in reverse. */
export class Platform {
  #running: Running[] = [];
  #watches: Promise<void>[] = [];
  #stopping = new AbortController();
  #listener: Listener;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Starts one part and resolves when it is ready; throws a LaunchError where it ends before, or takes more than two minutes. */
  async start(definition: PartDefinition): Promise<void> {
    const running = { definition, part: await this.#launch(definition) };
    this.#running.push(running);
    await this.#tell();
    await this.#untilReady(running);
    this.#watches.push(this.#watch(running));
  }

  /** Stops all parts, the last started first. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const { part } of this.#running.toReversed()) await part.stop();
    await Promise.all(this.#watches);
  }

  /** A part that comes to life while all are being stopped is stopped as well. */
  async #launch(definition: PartDefinition): Promise<Part> {
    const part = await startPart(definition);
    if (this.#stopping.signal.aborted) await part.stop();
    return part;
  }

  async #untilReady(running: Running): Promise<void> {
    const { definition, part } = running;
    const deadline = Date.now() + readyTimeoutMs;
    const ended = part.exited.then((code) => ({ code }));
    while (!(await isReady(definition))) {
      this.#stopping.signal.throwIfAborted();
      const outcome = await Promise.race([ended, sleep(pollMs)]);
      if (outcome !== undefined) throw await failedStart(definition, `ended (${outcome.code})`);
      if (Date.now() > deadline) throw await failedStart(definition, 'was not ready in time');
    }
  }

  async #watch(running: Running): Promise<void> {
    const { definition } = running;
    let pause = firstPauseMs;
    for (;;) {
      const startedAt = Date.now();
      const code = await running.part.exited;
      if (Date.now() - startedAt > calmMs) pause = firstPauseMs;
      if (!(await this.#pauseBeforeRestart(definition, code, pause))) return;
      pause = Math.min(pause * 2, longestPauseMs);
      await this.#restart(running);
    }
  }

  /** A restart that fails, on a full disk say, is said and tried again: the launcher itself goes on. */
  async #restart(running: Running): Promise<void> {
    try {
      running.part = await this.#launch(running.definition);
      await this.#tell();
    } catch (error) {
      this.#listener.line(`${running.definition.title} could not be started: ${String(error)}`);
    }
  }

  /** False where the platform is being stopped. */
  async #pauseBeforeRestart(definition: PartDefinition, code: number, pause: number) {
    const { signal } = this.#stopping;
    if (signal.aborted) return false;
    this.#listener.line(
      `${definition.title} ended (${code}) and starts again in ${pause / 1000} s; its log: ${definition.logFile}`,
    );
    await Promise.race([sleep(pause), once(signal, 'abort')]);
    return !signal.aborted;
  }

  async #tell(): Promise<void> {
    const parts = this.#running.map(({ definition, part }) => {
      const { name, port, command, args } = definition;
      return { name, pid: part.pid, port, command: [command, ...args].join(' ') };
    });
    await this.#listener.changed(parts);
  }
}

/** What only a person can put right is not waited for. */
async function isReady(definition: PartDefinition): Promise<boolean> {
  return definition.ready().catch((error: unknown) => {
    if (error instanceof LaunchError) throw error;
    return false;
  });
}

/** Adds what the part said last, or its last error: it is most often the reason. */
async function failedStart(definition: PartDefinition, how: string): Promise<LaunchError> {
  const log = await readFile(definition.logFile, 'utf8').catch(() => '');
  const lines = log.trimEnd().split('\n');
  const said = lines.findLast((line) => /error|fatal|panic/i.test(line)) ?? lines.at(-1) ?? '';
  const reason = said === '' ? '' : `: ${said.trim()}`;
  return new LaunchError(
    `${definition.title} ${how} before it was ready${reason} (log: ${definition.logFile}).`,
  );
}
