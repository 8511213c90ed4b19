import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { compileStatement } from './compiled-statement.ts';

const greeting = compileStatement(
  'greet',
  (fact) => sql`select ${fact('name')}::text, ${'always'}::text, ${fact('name')}::text`,
);

it('a statement is put together once, and given its facts at each use', () => {
  expect(greeting.statement).toEqual({ name: 'greet', text: 'select $1::text, $2::text, $3::text' });
  expect(greeting.valuesOf({ name: 'Ann' })).toEqual(['Ann', 'always', 'Ann']);
  expect(greeting.valuesOf({ name: null })).toEqual([null, 'always', null]);
});

it('a fact that is missing is not taken for null', () => {
  expect(() => greeting.valuesOf({ nane: 'Ann' })).toThrow('greet was not told its name.');
});
