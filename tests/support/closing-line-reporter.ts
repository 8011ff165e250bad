import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Ends the run with the line `N passed, N failed`: tests, and errors outside of tests as failed ones. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const outside = modules.reduce((sum, module) => sum + errorsOutsideTests(module), 0);
    const failed = count('failed') + outside + unhandledErrors.length;
    // When the process ends: after whatever other reporters and the teardown still print.
    process.once('exit', (code) => {
      // What ends a run before any test, a failed global setup say, is told by the exit code alone.
      const failures = code !== 0 && failed === 0 ? 1 : failed;
      process.stdout.write(`${count('passed')} passed, ${failures} failed\n`);
    });
  }
}

/** A file that could not be loaded, and hooks of files and suites that failed. */
function errorsOutsideTests(module: TestModule): number {
  const suites = [...module.children.allSuites()];
  return module.errors().length + suites.reduce((sum, suite) => sum + suite.errors().length, 0);
}
