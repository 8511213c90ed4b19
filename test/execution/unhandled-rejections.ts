import { afterAll, beforeAll } from 'vitest';

/**
 * Collects the unhandled rejections of the tests of a file, which would fail them otherwise: graphql-js leaves promises without a
 * listener where another item of the list fails; a plan must not.
 */
export function collectUnhandledRejections(): unknown[] {
  const collected: unknown[] = [];
  const collect = (reason: unknown) => void collected.push(reason);
  const listeners = process.listeners('unhandledRejection');
  beforeAll(() => {
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', collect);
  });
  afterAll(() => {
    process.removeListener('unhandledRejection', collect);
    for (const listener of listeners) process.on('unhandledRejection', listener);
  });
  return collected;
}
