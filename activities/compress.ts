import { Worker } from 'node:worker_threads';
import type { Message } from './compress-thread.ts';
import { compressed } from './compressed.ts';
import { apart, joined } from './pieces.ts';

/** For fewer the way to the thread and back is the longer one. */
const worthTheWay = 50;

type Waiting = { resolve: (frames: Buffer[]) => void; reject: (error: unknown) => void };
type Thread = { worker: Worker; waiting: Map<number, Waiting> };
let thread: Thread | undefined;
let asked = 0;

/** Compresses texts, many of them in a thread beside this one: it is much of an ingest's work, and nothing of it has to be done here. */
export function compressAll(texts: readonly Uint8Array[]): Promise<Buffer[]> | Buffer[] {
  if (texts.length < worthTheWay) return texts.map(compressed);
  thread ??= startThread();
  const { worker, waiting } = thread;
  const question: Message = { id: asked++, ...joined(texts) };
  return new Promise((resolve, reject) => {
    waiting.set(question.id, { resolve, reject });
    worker.ref();
    worker.postMessage(question, [question.bytes.buffer]);
  });
}

/** One thread for the process, made when it is first needed; it keeps no process alive, and one that fails is replaced. */
function startThread(): Thread {
  const worker = new Worker(new URL('./compress-thread.ts', import.meta.url));
  const waiting = new Map<number, Waiting>();
  worker.unref();
  worker.on('message', ({ id, ...frames }: Message) => {
    waiting.get(id)?.resolve(apart(frames));
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', (error) => {
    thread = undefined;
    for (const { reject } of waiting.values()) reject(error);
  });
  return { worker, waiting };
}
