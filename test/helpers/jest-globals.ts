import { expect, vi, afterEach as vitestAfterEach, beforeEach as vitestBeforeEach, it as vitestIt } from 'vitest';
import { APOLLO_DEVIATIONS } from './apollo-deviations.ts';

/** Jest's names, which Apollo's suite expects, for Vitest's functions. */
export { afterAll, beforeAll, describe, expect } from 'vitest';
export const jest = { fn: vi.fn, spyOn: vi.spyOn };

type Done = (thrown?: unknown) => void;
type Work = (done: Done) => unknown;

/** Jest calls hooks with a callback parameter, Vitest with a context. */
function settled(work: Work): () => unknown {
  if (work.length === 0) return () => work(() => undefined);
  return () =>
    new Promise<void>((resolve, reject) => {
      work((thrown) => (thrown === undefined || thrown === null ? resolve() : reject(thrown)));
    });
}

export function beforeEach(work: Work): void {
  vitestBeforeEach(async () => {
    await settled(work)();
  });
}

export function afterEach(work: Work): void {
  vitestAfterEach(async () => {
    await settled(work)();
  });
}

/** A test in which our server deviates on purpose has to fail, so that the list of them stays correct. */
function define(name: string, work: Work, timeout?: number): void {
  const reason = APOLLO_DEVIATIONS[name];
  const test = async () => {
    await settled(work)();
    // Some of its tests use node:assert, which Vitest does not count as an assertion.
    if (expect.getState().assertionCalls === 0) expect(name).toBeDefined();
  };
  if (reason === undefined) vitestIt(name, test, timeout);
  else vitestIt.fails(`${name} (not here: ${reason})`, test, timeout);
}

export const it = Object.assign(define, {
  each: vitestIt.each.bind(vitestIt),
  skip: vitestIt.skip,
  todo: vitestIt.todo,
});
export const test = it;
