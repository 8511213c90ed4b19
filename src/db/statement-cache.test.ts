import { expect, it } from 'vitest';
import { StatementCache } from './statement-cache.ts';

it('A statement is built once for its key, and those beyond the limit use no memory', () => {
  const statements = new StatementCache(2);
  let built = 0;
  const get = (key: string) => statements.get(key, () => `select ${key}, ${++built}`);
  const first = get('a');
  expect(get('a')).toBe(first);
  expect(get('b').name).not.toBe(first.name);
  for (let i = 0; i < 100; i++) expect(get(`c${i}`).name).toBeUndefined();
  expect(statements.size).toBe(2);
  expect([get('a'), built]).toEqual([first, 102]);
});

it('Equal texts have the same name wherever they are built, and different texts have different names', () => {
  const name = (text: string) => new StatementCache().get('key', () => text).name;
  expect(name('select 1')).toBe(name('select 1'));
  expect(name('select 1')).not.toBe(name('select 2'));
});
