import { setTimeout as sleep } from 'node:timers/promises';
import { callbackHeader } from '../../activities/bosta/callback.ts';
import { typeOf } from './codes.ts';
import type { Faults } from './faults.ts';
import type { Stored } from './journal.ts';
import { codeAt, isPayload, listAt, objectAt, type Payload, trackingOf } from './payload.ts';

type CallbackOptions = {
  /** Where callbacks go for deliveries that brought no address of their own. */
  webhookUrl?: string;
  webhookSecret?: string;
  /** How long a late callback is held back, in milliseconds. */
  lateMs: number;
};

type Message = { url: string; headers: Record<string, string>; body: Payload };

/** Pauses before each further try, in milliseconds. */
const retryAfterMs = [500, 2_000, 8_000];
/** A callback held to be overtaken goes out by itself when no other comes. */
const longestHoldMs = 30_000;
const answerWithinMs = 5_000;

export type Callbacks = ReturnType<typeof createCallbacks>;

/** Sends callbacks in the background, with the faults that were asked for; nobody waits for one. */
export function createCallbacks(options: CallbackOptions, faults: Faults) {
  const stopping = new AbortController();
  const held = new Map<string, Message>();

  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal });

  async function holdBack(key: string, message: Message): Promise<void> {
    held.set(key, message);
    await pause(longestHoldMs);
    if (held.get(key) === message) await release(key);
  }

  async function release(key: string): Promise<void> {
    const message = held.get(key);
    held.delete(key);
    if (message) await post(message, pause);
  }

  async function sendWithFault(key: string, message: Message): Promise<void> {
    const fault = faults.ofCallback();
    if (fault === 'lost') return;
    if (fault === 'reversed') return holdBack(key, message);
    if (fault === 'late') await pause(options.lateMs);
    await post(message, pause);
    if (fault === 'doubled') await post(message, pause);
    await release(key);
  }

  return {
    /** Reports the state in which a delivery now is. */
    report(entry: Stored, at: Date): void {
      const message = messageOf(entry, at, options);
      if (!message) return;
      sendWithFault(entry.key, message).catch((error: unknown) => {
        if (!stopping.signal.aborted) console.error(`Callbacks of the stand-in failed: ${error}`);
      });
    },
    stop: () => stopping.abort(),
  };
}

type Pause = (ms: number) => Promise<void>;

async function post(message: Message, pause: Pause): Promise<void> {
  for (const wait of [...retryAfterMs, undefined]) {
    const failure = await tryPost(message);
    if (failure === undefined) return;
    if (wait === undefined) return giveUp(message, failure);
    await pause(wait);
  }
}

async function tryPost({ url, headers, body }: Message): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.name : 'no answer';
  }
}

function giveUp({ body }: Message, failure: string): void {
  console.error(`Callback of ${body.trackingNumber} in state ${body.state} given up: ${failure}`);
}

function messageOf(entry: Stored, at: Date, options: CallbackOptions): Message | undefined {
  const { payload, webhook } = entry;
  const url = webhook?.url ?? options.webhookUrl;
  if (!url || !isPayload(payload)) return undefined;
  const ours: Record<string, string> = options.webhookSecret
    ? { [callbackHeader]: options.webhookSecret }
    : {};
  return { url, headers: webhook?.headers ?? ours, body: bodyOf(payload, at) };
}

/** A callback as Bosta writes it: the bare state, no `cod` before delivery, and every other number a JSON number. */
function bodyOf(payload: Payload, at: Date): Payload {
  const tracking = trackingOf(payload) ?? '';
  const state = codeAt(payload, 'state');
  const [exception] = listAt(objectAt(payload, 'state'), 'exception').filter(isPayload);
  const isNumber = /^\d{6,15}$/.test(tracking) && Number(tracking) % 2 === 0;
  return {
    _id: payload._id,
    trackingNumber: isNumber ? Number(tracking) : tracking,
    state,
    type: typeOf(codeAt(payload, 'type'))?.name,
    timeStamp: at.getTime(),
    deliveryPromiseDate: at.toISOString().slice(0, 10).split('-').reverse().join('-'),
    numberOfAttempts: payload.numberOfAttempts ?? 0,
    ...(state === 45 ? { cod: payload.cod, isConfirmedDelivery: true } : {}),
    ...(payload.businessReference ? { businessReference: payload.businessReference } : {}),
    ...(state === 47 && exception
      ? { exceptionReason: exception.reason, exceptionCode: exception.code }
      : { exceptionReason: '' }),
  };
}
