/**
 * What the time-skipping test server says where it refuses a workflow task for cancelling
 * a timer that fired while the task was under way. That workflow never gets another task,
 * and the server's clock stands still. A fault of the test server alone
 * (https://github.com/temporalio/sdk-java/issues/3088): a real one takes the cancellation.
 */
const refusal = 'invalid history builder state for action';

let fault = Promise.withResolvers<never>();
let isFaulty = false;

/** Takes note of what the SDK's core says of the server. */
export function hearOfServer(line: string): void {
  if (!line.includes(refusal)) return;
  isFaulty = true;
  fault.reject(new Error('The test server failed, not what is tested: sdk-java#3088'));
}

/** Whether the server has failed since it was started. */
export const hasServerFailed = () => isFaulty;

/** To be called where a new server takes the place of one that failed. */
export function forgetServerFault(): void {
  isFaulty = false;
  fault = Promise.withResolvers<never>();
}

/** For tests that such a fault must not fail: nothing is known of what was tested then. Any other failure stands. */
export const onSoundServer = {
  retry: { count: 2, condition: /sdk-java#3088/ },
};

/** A test's body, ended by the server's fault at once. */
export function whileSound<A extends unknown[]>(body: (...args: A) => Promise<void>) {
  return (...args: A): Promise<void> => Promise.race([body(...args), fault.promise]);
}
