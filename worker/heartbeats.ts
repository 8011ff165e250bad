import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** In milliseconds: several times within `heartbeatTimeout` (workflows/contract.ts), so that a busy moment costs nothing. */
const everyMs = 3_000;

/**
 * Lets each activity say that its worker is at work on it. What a worker was given and
 * will not do, since it was killed or was told to stop in that very moment, is another's
 * after `heartbeatTimeout` instead of after all the time that the activity may take.
 */
export const heartbeats: ActivityInterceptorsFactory = (context) => {
  // Of a local activity Temporal hears when it is done: until then it is part of its workflow's task.
  if (context.info.isLocal) return {};
  return {
    inbound: {
      async execute(input, next) {
        const timer = setInterval(() => context.heartbeat(), everyMs);
        try {
          return await next(input);
        } finally {
          clearInterval(timer);
        }
      },
    },
  };
};
