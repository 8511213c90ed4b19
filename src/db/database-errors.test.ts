import { expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { connectionFailure, isFull, isUnreachable } from './database-errors.ts';

const failed = (code: string, syscall?: string) => Object.assign(new Error('It failed.'), { code, syscall });

it.each([
  ['a refused connection', failed('ECONNREFUSED', 'connect')],
  ['the missing socket of a server on this machine', failed('ENOENT', 'connect')],
  ['a wrong password', failed('28P01')],
  ['a shutdown, in an error of the ORM', new Error('driver', { cause: failed('57P01') })],
  ['several addresses', new AggregateError([failed('EHOSTUNREACH'), failed('ECONNREFUSED')])],
  ['a closed socket', new Error('Connection terminated unexpectedly')],
])('the database is unreachable after %s', (_name, thrown) => {
  expect(isUnreachable(thrown)).toBe(true);
});

it.each([
  ['a missing file', failed('ENOENT', 'open')],
  ['a violated constraint', failed('23505')],
  ['an error of Redis', new AppError('REDIS_CONNECTION_FAILED', 'gone', { cause: failed('ECONNREFUSED') })],
  ['what is no error', 'ECONNREFUSED'],
])('it is not after %s', (_name, thrown) => {
  expect(isUnreachable(thrown)).toBe(false);
});

it('a failed connection has the code for it and says what to do, anything else stays as it is', () => {
  const full = connectionFailure(new Error('driver', { cause: failed('53300') }));
  expect(full).toMatchObject({
    code: 'DATABASE_CONNECTION_FAILED',
    message: expect.stringMatching(/^PostgreSQL has no connection left: .*database\.md#no-connection-left/),
  });
  expect(isFull(full)).toBe(true);
  expect(connectionFailure(failed('ECONNREFUSED'))).toMatchObject({
    code: 'DATABASE_CONNECTION_FAILED',
    message: expect.stringMatching(/^PostgreSQL cannot be reached: /),
  });
  const other = failed('23505');
  expect(connectionFailure(other)).toBe(other);
});
