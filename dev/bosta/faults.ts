import { z } from 'zod';

const operations = ['create', 'search', 'read', 'terminate', 'cities'] as const;
const answerKinds = [
  'error_500',
  'rate_limit',
  'timeout_before',
  'timeout_after',
  'malformed',
  'slow',
] as const;
const callbackKinds = ['lost', 'doubled', 'late', 'reversed'] as const;

const times = z.number().int().min(1).max(10_000).default(1);

const AnswerFault = z.strictObject({
  operation: z.enum(operations),
  kind: z.enum(answerKinds),
  times,
});
const CallbackFault = z.strictObject({
  operation: z.literal('callback'),
  kind: z.enum(callbackKinds),
  times,
});

/** A fault to show: of an answer to an operation, or of a callback. */
export const Fault = z.discriminatedUnion('operation', [AnswerFault, CallbackFault]);
export type Fault = z.infer<typeof Fault>;

/** Every fault that can be asked for, by its operation and kind. */
export const everyFault: readonly [operation: Fault['operation'], kind: Fault['kind']][] = [
  ...operations.flatMap((operation) =>
    answerKinds.map((kind): [Operation, AnswerFaultKind] => [operation, kind]),
  ),
  ...callbackKinds.map((kind): ['callback', typeof kind] => ['callback', kind]),
];

export type AnswerFaultKind = (typeof answerKinds)[number];
/** What a fault can be asked of. */
export type Operation = z.infer<typeof AnswerFault>['operation'];

export type Faults = ReturnType<typeof createFaults>;

/** The faults still to show, in the order in which they were asked for. */
export function createFaults() {
  const answers: z.infer<typeof AnswerFault>[] = [];
  const callbacks: z.infer<typeof CallbackFault>[] = [];
  return {
    add(fault: Fault): void {
      if (fault.operation === 'callback') callbacks.push({ ...fault });
      else answers.push({ ...fault });
    },
    clear(): void {
      answers.length = 0;
      callbacks.length = 0;
    },
    /** The fault of the next answer to an operation, which uses it up. */
    ofAnswer: (operation: Operation) =>
      take(answers, (fault) => fault.operation === operation)?.kind,
    /** The fault of the next callback, which uses it up. */
    ofCallback: () => take(callbacks, () => true)?.kind,
  };
}

function take<F extends { times: number }>(queue: F[], wanted: (fault: F) => boolean) {
  const index = queue.findIndex(wanted);
  const fault = queue[index];
  if (!fault) return undefined;
  fault.times--;
  if (fault.times === 0) queue.splice(index, 1);
  return fault;
}
