import { DefaultLogger, Runtime } from '@temporalio/worker';

let installed = false;

/** Lets workers in tests print warnings and errors alone; the first thing that a test does with Temporal. */
export function quietRuntime(): void {
  if (installed) return;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  installed = true;
}
