import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is there; throws with what was awaited after `seconds`. */
export async function until<T>(
  awaited: string,
  ask: () => Promise<T | undefined | false>,
  seconds = 20,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} s for ${awaited}`);
    await pause(40);
  }
}
