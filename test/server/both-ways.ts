import { afterAll, beforeAll, describe, expect } from 'vitest';
import { TestApp } from '../helpers/app.ts';
import { useInstallation } from '../helpers/fixtures.ts';
import type { Settings } from '../helpers/installation.ts';

const WAYS = [
  { way: 'fast path on', fastPath: true },
  { way: 'fast path off', fastPath: false },
];

export interface BothWaysOptions {
  /** Starts what the tests use, with the setting FAST_PATH. */
  open(fastPath: boolean): Promise<unknown>;
  close(): Promise<unknown>;
}

/** A `describe` whose tests run twice: on a server with the fast path, and on one without it. */
export function bothWays({ open, close }: BothWaysOptions) {
  const describeBoth = (name: string, tests: (fastPath: boolean) => void) =>
    describe.each(WAYS)(`${name} ($way)`, ({ fastPath }) => {
      beforeAll(() => open(fastPath));
      afterAll(close);
      tests(fastPath);
    });
  /** As `describe.each`; the first value of a case replaces %s in the name. */
  const each =
    <Case extends readonly [string, ...unknown[]]>(cases: readonly Case[]) =>
    (name: string, tests: (...values: Case) => void) => {
      for (const values of cases) describeBoth(name.replace('%s', values[0]), () => tests(...values));
    };
  return Object.assign(describeBoth, { each });
}

export interface AppBothWaysOptions {
  readonly settings?: Settings;
  /** Called after each start. The second start is on the same database: `isFirst` is false. */
  prepare?(app: TestApp, isFirst: boolean): Promise<void>;
}

/**
 * The same for tests of the whole API: two apps, one after the other, on one installation, whose accounts and tokens are valid in
 * both. The tests have to make the first app answer an operation on the fast path; that it did so is checked at its end.
 */
export function appBothWays({ settings, prepare }: AppBothWaysOptions = {}) {
  const installation = useInstallation(settings);
  let app: TestApp | undefined;
  let isFirst = true;
  let isOn = false;
  const current = (): TestApp => {
    if (!app) throw new Error('The app has not started yet: use it in tests.');
    return app;
  };
  const describeBoth = bothWays({
    open: async (fastPath) => {
      const settings = { FAST_PATH: String(fastPath) };
      // No worker makes what requests could wait for.
      app = await TestApp.start({ installation, worker: false, generationWaitMs: 1, settings });
      isOn = fastPath;
      await prepare?.(app, isFirst);
      isFirst = false;
    },
    close: async () => {
      try {
        expect((await fastPathUses(current())) > 0).toBe(isOn);
      } finally {
        await current().close();
      }
    },
  });
  return { describeBoth, app: current };
}

/** The operations that the fast path has answered. */
export async function fastPathUses({ url }: TestApp): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const counts = metrics.matchAll(/^graphql_operations_total\{way="fast_path",type="\w+"\} (\d+)$/gm);
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
