import { exceptionReasons, stateWord } from './codes.ts';
import { codeAt, isPayload, listAt, objectAt, type Payload, trackingOf } from './payload.ts';
import { settled } from './settlement.ts';
import { timelineOf } from './timeline.ts';

type Change = { code: number; at: Date; exceptionCode?: number | undefined };

/** The delivery after a change of state; whatever else it carries stays, however odd. */
export function changed(before: Payload, { code, at, exceptionCode }: Change): Payload {
  const payload = code === 46 && codeAt(before, 'type') === 10 ? asReturnToOrigin(before) : before;
  const type = codeAt(payload, 'type');
  const word = stateWord(code, type, Number(trackingOf(payload)?.slice(-2)) || 0);
  const after: Payload = {
    ...payload,
    state: {
      ...objectAt(payload, 'state'),
      code,
      value: word,
      ...timesOf(code, at),
      ...exceptionOf(payload, code, at, exceptionCode),
    },
    maskedState: word,
    ...attemptOf(payload, code, at, exceptionCode),
    ...courierOf(payload, code),
    ...slaOf(payload, code, at),
    ...(code === 45 ? { isConfirmedDelivery: true } : {}),
    log: [...listAt(payload, 'log'), { action: `STATE_${code}`, time: at.toISOString() }],
    updatedAt: at.toISOString(),
  };
  const timeline = timelineOf(after, code, at);
  return code === 45 || code === 46 ? { ...settled(after, at), timeline } : { ...after, timeline };
}

/** What Bosta makes of a refused send: another type, and a COD of 0 with the amount kept aside. */
function asReturnToOrigin(payload: Payload): Payload {
  const type = { code: 20, value: 'Return to Origin' };
  return { ...payload, type, cod: 0, originalCod: payload.originalCod ?? payload.cod };
}

function timesOf(code: number, at: Date): Payload {
  const time = at.toISOString();
  if (code === 21 || code === 23) return { pickedUpTime: time };
  if (code === 24) return { receivedAtWarehouse: { time, warehouse: { name: 'Cairo hub' } } };
  if (code === 45) return { deliveryTime: time };
  if (code === 46) return { returnedToBusiness: time };
  return {};
}

function defaultException(payload: Payload): number {
  return codeAt(payload, 'type') === 25 ? 20 : 7;
}

/** `state.exception` is a list, newest first. */
function exceptionOf(payload: Payload, code: number, at: Date, given?: number): Payload {
  if (code !== 47) return {};
  const exceptionCode = given ?? defaultException(payload);
  const entry = {
    reason: exceptionReasons[exceptionCode] ?? `Exception ${exceptionCode}`,
    code: exceptionCode,
    time: at.toISOString(),
    attemptType: exceptionCode >= 20 && exceptionCode <= 30 ? 'return' : 'delivery',
  };
  return { exception: [entry, ...listAt(objectAt(payload, 'state'), 'exception')] };
}

/** An attempt is one visit to the customer: 2 failed, 3 succeeded. */
function attemptOf(payload: Payload, code: number, at: Date, given?: number): Payload {
  const isSuccess = code === 45 || code === 23;
  if (!isSuccess && code !== 47) return {};
  const type = codeAt(payload, 'type') === 25 ? 'return' : 'delivery';
  const time = at.toISOString();
  const reason = exceptionReasons[given ?? defaultException(payload)];
  const attempt = isSuccess
    ? { type, state: 3, attemptDate: time, succeededAt: time }
    : { type, state: 2, attemptDate: time, exception: { reason } };
  const attempts = [...listAt(payload, 'attempts'), attempt];
  return {
    attempts,
    attemptsCount: attempts.length,
    numberOfAttempts: attempts.length,
    ...(isSuccess ? {} : { callsNumber: attempts.length * 2, lastCallTime: time }),
  };
}

/** Whether the end came later than promised. */
function slaOf(payload: Payload, code: number, at: Date): Payload {
  if (code !== 45 && code !== 46) return {};
  const { orderSla, e2eSla } = objectAt(payload, 'sla');
  const isLate = (sla: unknown, key: string) =>
    isPayload(sla) && typeof sla[key] === 'string' && at.toISOString() > sla[key];
  return {
    isDelayed: isLate(orderSla, 'orderSlaTimestamp'),
    sla: {
      orderSla: isPayload(orderSla)
        ? { ...orderSla, isExceededOrderSla: isLate(orderSla, 'orderSlaTimestamp') }
        : orderSla,
      e2eSla: isPayload(e2eSla)
        ? { ...e2eSla, isExceededE2ESla: isLate(e2eSla, 'e2eSlaTimestamp') }
        : e2eSla,
    },
  };
}

function courierOf(payload: Payload, code: number): Payload {
  if (code !== 41 && code !== 22) return {};
  const number = Number(trackingOf(payload)?.slice(-2)) || 0;
  const courier = {
    name: `Courier ${number}`,
    phone: `010000001${String(number).padStart(2, '0')}`,
  };
  return { star: courier, holder: courier };
}
