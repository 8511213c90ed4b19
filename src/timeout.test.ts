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
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('Too late.')), 40));
    await expect(withTimeout(LIMIT, late)).rejects.toThrow('It is silent.');
    await new Promise((resolve) => setTimeout(resolve, 40));
  });
});
