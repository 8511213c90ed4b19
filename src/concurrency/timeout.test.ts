import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withTimeout } from './timeout.ts';

const LIMIT = { milliseconds: 20, code: 'REDIS_CONNECTION_FAILED', message: 'It is silent.' } as const;

describe('withTimeout', () => {
  it('settles as the promise does where it is in time', async () => {
    await expect(withTimeout(LIMIT, Promise.resolve('here'))).resolves.toBe('here');
    await expect(withTimeout(LIMIT, Promise.reject(new Error('No.')))).rejects.toThrow('No.');
  });

  it('fails with a retriable error where it is late', async () => {
    const never = new Promise(() => undefined);
    await expect(withTimeout(LIMIT, never)).rejects.toMatchObject({
      code: 'REDIS_CONNECTION_FAILED',
      message: 'It is silent.',
      retriable: true,
    });
  });

  it('ignores a later failure of the promise', async () => {
    const late = Promise.withResolvers<never>();
    await expect(withTimeout(LIMIT, late.promise)).rejects.toThrow('It is silent.');
    late.reject(new Error('Too late.'));
    // Node reports rejections without a handler before the next turn of its loop.
    await setImmediate();
  });
});
