import { afterAll, beforeAll, describe } from 'vitest';

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
  const describeBoth = (name: string, tests: () => void) =>
    describe.each(WAYS)(`${name} ($way)`, ({ fastPath }) => {
      beforeAll(() => open(fastPath));
      afterAll(close);
      tests();
    });
  /** As `describe.each`; the first value of a case replaces %s in the name. */
  const each =
    <Case extends readonly [string, ...unknown[]]>(cases: readonly Case[]) =>
    (name: string, tests: (...values: Case) => void) => {
      for (const values of cases) describeBoth(name.replace('%s', values[0]), () => tests(...values));
    };
  return Object.assign(describeBoth, { each });
}
