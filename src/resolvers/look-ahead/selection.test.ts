import { buildSchema, execute, type GraphQLResolveInfo, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { LookAhead } from './look-ahead.ts';
import { selectionOf } from './selection.ts';

const schema = buildSchema(`
  interface Node { id: ID }
  type Query { list: List  node: Node }
  type List { nodes: [Item]  count: Int }
  type Item implements Node { id: ID  name: String  owner: Owner }
  type Owner implements Node { id: ID  name: String }`);

/** The result of look-ahead at each call of the root field, in documents that are executed one after the other. */
function seen(field: 'list' | 'node', look: (info: GraphQLResolveInfo) => unknown) {
  const found: unknown[] = [];
  const definition = schema.getQueryType()?.getFields()[field];
  if (!definition) throw new Error('There is no such field.');
  definition.resolve = (_source, _args, _context, info) => {
    found.push(look(info));
    return null;
  };
  return (document: ReturnType<typeof parse>, variableValues: Record<string, unknown> = {}, operationName?: string) => {
    const result = execute({ schema, document, variableValues, ...(operationName ? { operationName } : {}) });
    if (result instanceof Promise) throw new Error('The execution has to be synchronous.');
    expect(result.errors).toBeUndefined();
    return found.at(-1);
  };
}

const itemFields = (info: GraphQLResolveInfo) => selectionOf(info).below('nodes')?.fields ?? null;

describe('A selection', () => {
  it.each([
    ['{ list { nodes { id name } } }', ['id', 'name']],
    ['{ list { nodes { a: name b: name } } }', ['name']],
    ['{ list { nodes { id } } list { other: nodes { name } } }', ['id', 'name']],
    [
      '{ list { ...A } } fragment A on List { nodes { ...B } } fragment B on Item { name ... on Node { id } }',
      ['name', 'id'],
    ],
    ['{ list { nodes { id ... { owner { id } } } } }', ['id', 'owner']],
    ['{ list { nodes { id name @skip(if: true) owner @include(if: false) { id } } } }', ['id']],
    ['{ list { count } }', null],
  ])('of %s', (text, fields) => {
    const ask = seen('list', itemFields);
    expect(ask(parse(text))).toEqual(fields);
  });

  it('applies conditions with variables', () => {
    const ask = seen('list', itemFields);
    const document = parse('query ($all: Boolean!) { list { nodes { id name @include(if: $all) } } }');
    expect(ask(document, { all: true })).toEqual(['id', 'name']);
    expect(ask(document, { all: false })).toEqual(['id']);
  });

  it('of an interface is that of the given type', () => {
    const ask = seen('node', (info) => [selectionOf(info, 'Item').fields, selectionOf(info, 'Owner').fields]);
    expect(ask(parse('{ node { id ... on Item { owner { id } } ... on Owner { name } } }'))).toEqual([
      ['id', 'owner'],
      ['id', 'name'],
    ]);
  });
});

describe('Looking ahead', () => {
  it('is done once for a document and each result of its conditions', () => {
    let derived = 0;
    const ahead = new LookAhead((info) => [++derived, selectionOf({ ...info }).below('nodes')?.fields]);
    const ask = seen('list', (info) => ahead.of(info));
    const document = parse(
      'query ($all: Boolean!) { list { nodes { id ...N } } } fragment N on Item { name @skip(if: $all) }',
    );
    const [some, all] = [ask(document, { all: true }), ask(document, { all: false })];
    expect([some, all]).toEqual([
      [1, ['id']],
      [2, ['id', 'name']],
    ]);
    expect(ask(document, { all: true })).toBe(some);
    expect(ask(document, { all: false })).toBe(all);
  });

  it('does not take one operation for another that begins with the same fragment', () => {
    const ahead = new LookAhead((info) => selectionOf(info).below('nodes')?.fields);
    const ask = seen('list', (info) => ahead.of(info));
    const document = parse(`query A { ...L } query B { ...L list { nodes { name } } }
      fragment L on Query { list { nodes { id } } }`);
    expect(ask(document, {}, 'A')).toEqual(['id']);
    expect(ask(document, {}, 'B')).toEqual(['id', 'name']);
    expect(ask(document, {}, 'A')).toEqual(['id']);
  });
});
