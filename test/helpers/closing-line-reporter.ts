import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/**
 * Ends the run with one line that people and scripts can read: `N passed, N failed`. An error outside of any test (a
 * file that does not load, an unhandled rejection) counts as failed, since it makes the run fail. vitest requires it as the
 * default export.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failed = tests.filter((test) => test.result().state === 'failed').length;
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandled.length;
    // At the exit of the process: the other reporters are still writing their summary now.
    process.once('exit', () => process.stdout.write(`${passed} passed, ${failed + broken} failed\n`));
  }
}
