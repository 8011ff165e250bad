import { parentPort } from 'node:worker_threads';
import { compressed } from './compressed.ts';

/** What the thread is asked, and how it answers: the frames one behind the other, and where each ends. */
export type Question = { id: number; texts: string[] };
export type Answer = { id: number; frames: Uint8Array<ArrayBuffer>; ends: number[] };

parentPort?.on('message', ({ id, texts }: Question) => {
  const ends: number[] = [];
  let length = 0;
  const frames = texts.map((text) => {
    const frame = compressed(text);
    length += frame.length;
    ends.push(length);
    return frame;
  });
  const all = new Uint8Array(length);
  for (const [index, frame] of frames.entries()) all.set(frame, (ends[index] ?? 0) - frame.length);
  const answer: Answer = { id, frames: all, ends };
  parentPort?.postMessage(answer, [all.buffer]);
});
