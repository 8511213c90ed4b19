import { describe, expect, it } from 'vitest';
import { AppError } from '../../errors.ts';
import { retryDelay } from './retry-policy.ts';

const POLICY = { retries: 3, firstDelaySeconds: 60 };
const MENDS_ITSELF = new AppError('LOCAL_TIMEOUT', 'Too slow.', { retriable: true });
const middle = () => 0.5;

describe('A failed stage', () => {
  it('is tried again after one, two and four minutes, and not a fourth time', () => {
    expect([0, 1, 2, 3].map((failures) => retryDelay(MENDS_ITSELF, failures, POLICY, middle))).toEqual([
      60,
      120,
      240,
      null,
    ]);
  });

  it('is tried again up to a fifth earlier or later, so that many failures are not retried at once', () => {
    expect(retryDelay(MENDS_ITSELF, 0, POLICY, () => 0)).toBeCloseTo(48);
    expect(retryDelay(MENDS_ITSELF, 0, POLICY, () => 1)).toBeCloseTo(72);
  });

  it('is not tried again where the error is not retriable', () => {
    expect(retryDelay(new AppError('UNSUPPORTED_LANGUAGE', 'No.'), 0, POLICY, middle)).toBeNull();
  });

  it('is not tried again where retries are switched off', () => {
    expect(retryDelay(MENDS_ITSELF, 0, { ...POLICY, retries: 0 }, middle)).toBeNull();
  });
});
