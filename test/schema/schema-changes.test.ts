import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { unannouncedChanges, undatedDeprecations } from './schema-changes.ts';

const today = new Date().toISOString().slice(0, 10);

describe('The schema', () => {
  it('breaks no client of the released one: a field leaves after the day that its @deprecated names', async () => {
    const [released, current] = await Promise.all(
      ['test/schema/released.graphql', 'schema.graphql'].map((file) => readFile(file, 'utf8')),
    );
    expect(unannouncedChanges(released ?? '', current ?? '', today)).toEqual([]);
    expect(undatedDeprecations(current ?? '')).toEqual([]);
  });
});

describe('A change of a schema', () => {
  const schema = (fields: string) => `type Query { kept: String number: Int ${fields} }`;
  const changes = (before: string, after: string) => unannouncedChanges(schema(before), schema(after), '2026-06-15');

  it.each([
    ['a removed field', 'gone: Int', '', 1],
    ['a field that is gone before its day', 'gone: Int @deprecated(reason: "Gone from 2026-06-16.")', '', 1],
    ['a field that is gone on its day', 'gone: Int @deprecated(reason: "Gone from 2026-06-15.")', '', 0],
    ['a deprecation without a day', 'gone: Int @deprecated(reason: "Use kept.")', '', 1],
    ['another type', 'some: Int', 'some: String', 1],
    ['a value that may be missing now', 'some: Int!', 'some: Int', 1],
    ['a new required argument', 'some: Int', 'some(a: Int!): Int', 1],
    ['a new optional argument and a new field', 'some: Int', 'some(a: Int): Int other: Int', 0],
  ])('%s breaks clients or not', (_change, before, after, count) => {
    expect(changes(before, after)).toHaveLength(count);
  });

  it('names deprecated fields without a day', () => {
    expect(undatedDeprecations(schema('old: Int @deprecated(reason: "Use kept.")'))).toEqual(['Query.old']);
    expect(undatedDeprecations(schema('old: Int @deprecated(reason: "Gone from 2026-06-15.")'))).toEqual([]);
  });
});
