import { afterEach, expect, it, vi } from 'vitest';
import { AppError, type ErrorCode } from '../errors.ts';
import { reportErrors } from './report-errors.ts';

afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

it.each<[ErrorCode, number]>([
  ['PROVIDER_UNAVAILABLE', 2],
  ['INVALID_INPUT', 1],
])('A command that fails with %s prints its sentence and exits with %i', async (code, exitCode) => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await reportErrors(() => Promise.reject(new AppError(code, 'There is no provider.')));
  expect(process.exitCode).toBe(exitCode);
  expect(write.mock.calls).toEqual([['There is no provider.\n']]);
});
