import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { OperationCosts } from './operation-costs.ts';

const schema = buildSchema(`
  type Query { thing: Thing things(first: Int, last: Int): ThingConnection count: Int }
  type Mutation { make: Thing }
  type Subscription { changed: Thing }
  type ThingConnection { edges: [ThingEdge!]! nodes: [Thing!]! pageInfo: PageInfo! totalCount: Int! }
  type ThingEdge { cursor: String! node: Thing! }
  type PageInfo { hasNextPage: Boolean! }
  type Thing { id: ID! inner: Thing parts: [Thing!]! tags: [String!]! things(first: Int = 30, last: Int): ThingConnection }
`);
const table = {
  Query: { thing: 1, things: 2, count: 0 },
  Mutation: { make: 100 },
  Subscription: { changed: 10 },
};
const costs = new OperationCosts(schema, table);

function operationIn(source: string) {
  const document = parse(source);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('The document has no operation.');
  return { document, operation };
}

function costOf(source: string, variables: Readonly<Record<string, unknown>> | null = {}): number {
  return costs.of(operationIn(source), variables);
}

describe('The cost of an operation', () => {
  it.each([
    ['is one point at least', '{ count }', 1],
    ['of __typename alone is one point', '{ __typename }', 1],
    ['is what the table says of a root field', 'mutation { make { id tags } }', 100],
    ['adds up root fields', '{ a: thing { id } b: thing { id } c: count }', 2],
    ['adds a point for each object', '{ thing { id inner { id inner { id } } } }', 3],
    ['adds ten rows for a list without pages', '{ thing { parts { id } } }', 1 + 1 + 10],
    ['multiplies what is in a list', '{ thing { parts { id inner { id } } } }', 1 + 1 + 10 * 2],
    [
      'adds the rows of a page, and nothing for the parts of a connection',
      '{ things(first: 5) { nodes { id } } }',
      2 + 5,
    ],
    [
      'counts edges as nodes',
      '{ things(first: 5) { edges { cursor node { id } } pageInfo { hasNextPage } totalCount } }',
      2 + 5,
    ],
    ['takes twenty rows where no size is given', '{ things { nodes { id } } }', 2 + 20],
    ['takes the default of the argument', '{ thing { things { nodes { id } } } }', 1 + 1 + 30],
    [
      'multiplies pages in pages',
      '{ things(first: 5) { nodes { things(last: 4, first: null) { nodes { id } } } } }',
      2 + 5 * (1 + 1 + 4),
    ],
    [
      'counts a fragment for each place where it is spread',
      '{ a: thing { ...F } b: thing { ...F } } fragment F on Thing { inner { id } }',
      4,
    ],
    [
      'leaves out what is skipped for all variables',
      '{ thing { id } count things @skip(if: true) { nodes { id } } }',
      1,
    ],
    ['of a subscription is what the table says', 'subscription { changed { id } }', 10],
    ['of the schema is a hundred points', '{ __schema { types { name } } }', 100],
  ])('%s', (_rule, source, cost) => {
    expect(costOf(source)).toBe(cost);
  });

  it('counts the size in a variable as given, for the same operation with other variables too', () => {
    const operation = operationIn(
      'query ($n: Int, $m: Int) { things(first: $n) { nodes { things(last: $m) { nodes { id } } } } }',
    );
    expect(costs.of(operation, { n: 5, m: 4 })).toBe(2 + 5 * (1 + 1 + 30));
    expect(costs.of(operation, { n: 5, m: 40 })).toBe(2 + 5 * (1 + 1 + 40));
    expect(costs.of(operation, { n: 100, m: 40 })).toBe(2 + 100 * (1 + 1 + 40));
    expect(costs.of(operation, { n: 5, m: 4 })).toBe(2 + 5 * (1 + 1 + 30));
    expect(costs.of(operation, {})).toBe(2 + 20 * (1 + 1 + 30));
  });

  it('counts sizes that no field allows as the nearest that one does, and unknown ones as the largest', () => {
    const operation = operationIn('query ($n: Int) { things(first: $n) { nodes { id } } }');
    expect(costs.of(operation, { n: -5 })).toBe(2 + 1);
    expect(costs.of(operation, { n: 1_000_000 })).toBe(2 + 100);
    expect(costs.of(operation, null)).toBe(2 + 100);
  });

  it('stays right for more combinations of sizes than are kept', () => {
    const operation = operationIn('query ($n: Int) { things(first: $n) { nodes { id } } }');
    for (let round = 0; round < 2; round++)
      for (let n = 1; n <= 40; n++) expect(costs.of(operation, { n })).toBe(2 + n);
  });

  it('stays a safe number for pages inside each other', () => {
    const deep = (levels: number): string =>
      levels === 0 ? 'id' : `things(first: 100) { nodes { ${deep(levels - 1)} } }`;
    expect(costOf(`{ ${deep(150)} }`)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

it('A root field without a cost stops the start, and the message names it', () => {
  const { Query, Mutation } = table;
  expect(() => new OperationCosts(schema, { Query: { thing: 1, count: 0 }, Mutation })).toThrow(
    'No cost for Query.things, Subscription.changed: add one to src/auth/costs.ts.',
  );
  expect(() => new OperationCosts(schema, { Query, Mutation, Subscription: { changed: 0 } })).not.toThrow();
});
