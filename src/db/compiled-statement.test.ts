import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { compileStatement } from './compiled-statement.ts';

const greeting = compileStatement(
  'greet',
  (fact) => sql`select ${fact('name')}::text, ${'always'}::text, ${fact('name')}::text`,
);

it('a statement is built once, and gets its values at each use', () => {
  expect(greeting.statement).toEqual({ name: 'greet', text: '/* greet */ select $1::text, $2::text, $3::text' });
  expect(greeting.valuesOf({ name: 'Ann' })).toEqual(['Ann', 'always', 'Ann']);
  expect(greeting.valuesOf({ name: null })).toEqual([null, 'always', null]);
});

it('a missing value is not treated as null', () => {
  expect(() => greeting.valuesOf({ nane: 'Ann' })).toThrow('greet has no value for name.');
});
