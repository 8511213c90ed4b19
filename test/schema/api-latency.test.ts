import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { ask } from './ask-fakes.ts';

describe('apiLatency', () => {
  it.each([1, 60])('covers %d minutes', async (minutes) => {
    const { calls } = await ask(`{ apiLatency(sinceMinutes: ${minutes}) { operation p95Ms } }`);
    expect(calls).toEqual([{ name: 'operationLatencies.since', args: [minutes] }]);
  });

  it('covers a quarter of an hour by default', async () => {
    expect((await ask('{ apiLatency { operation } }')).calls[0]?.args).toEqual([15]);
  });

  it.each([0, 61, -1])('refuses %d minutes', async (minutes) => {
    const { errors, names } = await ask(`{ apiLatency(sinceMinutes: ${minutes}) { operation } }`);
    expect([errors.map((error) => AppError.from(error.originalError).code), names]).toEqual([['INVALID_INPUT'], []]);
  });
});
