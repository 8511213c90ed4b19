import { expect, it } from 'vitest';
import { PooledReader } from './prepared.ts';

const connect = () => Promise.reject(new Error('No statement of this test has its own time limit.'));

it('a connection that was lost in the pool is replaced by another, once', async () => {
  let tries = 0;
  const dying = (times: number) => async (): Promise<{ rows: never[] }> => {
    if (++tries > times) return { rows: [] };
    throw Object.assign(new Error('terminating connection'), { code: '57P01' });
  };
  const statement = { text: 'select 1', name: undefined };
  expect(await new PooledReader({ query: dying(1), connect }).rows(statement, [])).toEqual([]);
  tries = 0;
  await expect(new PooledReader({ query: dying(2), connect }).rows(statement, [])).rejects.toThrow('terminating');
  expect(tries).toBe(2);
});
