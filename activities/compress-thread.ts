import { parentPort } from 'node:worker_threads';
import { compressed } from './compressed.ts';
import { apart, joined, type Pieces } from './pieces.ts';

/** What the thread is asked, texts, and how it answers: their frames under the same id. */
export type Message = Pieces & { id: number };

parentPort?.on('message', ({ id, ...texts }: Message) => {
  const frames: Message = { id, ...joined(apart(texts).map(compressed)) };
  parentPort?.postMessage(frames, [frames.bytes.buffer]);
});
