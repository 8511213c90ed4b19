import fc from 'fast-check';
import {
  buildSchema,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  type ValidationContext,
  validate,
} from 'graphql';
import { expect, it } from 'vitest';
import { rowCounter } from './node-rule.ts';

/** Checks a page size as the real fields do; a list without pages returns as many rows as the rule counts for it. */
const LARGEST = 100;
const USUAL = 20;
const PLAIN = 10;

const schema = buildSchema(`
  type Query { box: Box boxes: [Box!] pages(first: Int, last: Int): Pages }
  type Box { box: Box boxes: [Box!] pages(first: Int, last: Int): Pages name: String }
  type Pages { edges: [Edge!]! nodes: [Box!]! pageInfo: Info }
  type Edge { node: Box! }
  type Info { name: String }
`);

/** The expected number: the rows that execution returns, counted. */
class Rows {
  returned = 0;
}

const page: GraphQLFieldResolver<unknown, Rows, { first?: number | null; last?: number | null }> = (
  _source,
  { first, last },
  rows,
) => {
  for (const size of [first, last])
    if (size != null && (size < 1 || size > LARGEST)) throw new GraphQLError('The size has to be between 1 and 100.');
  const size = last ?? first ?? USUAL;
  rows.returned += size;
  return { edges: Array.from({ length: size }, () => ({ node: {} })), nodes: Array.from({ length: size }, () => ({})) };
};
const plain: GraphQLFieldResolver<unknown, Rows> = (_source, _args, rows) => {
  rows.returned += PLAIN;
  return Array.from({ length: PLAIN }, () => ({}));
};
for (const name of ['Query', 'Box']) {
  const type = schema.getType(name);
  const fields = isObjectType(type) ? type.getFields() : {};
  if (fields['pages']) fields['pages'].resolve = page;
  if (fields['boxes']) fields['boxes'].resolve = plain;
  if (fields['box']) fields['box'].resolve = () => ({});
}

const SIZES = ['-100', '-1', '0', '1', '2', '3', '101', '-2147483648', 'null', '$size', '$small'];
const sizes = fc
  .record({ first: fc.option(fc.constantFrom(...SIZES)), last: fc.option(fc.constantFrom(...SIZES)) })
  .map(({ first, last }) => {
    const given = [first === null ? '' : `first: ${first}`, last === null ? '' : `last: ${last}`].filter(Boolean);
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  });
const condition = fc.constantFrom(
  '',
  '',
  '',
  '@skip(if: true)',
  '@skip(if: $yes)',
  '@include(if: false)',
  '@include(if: $yes)',
);

const { selections } = fc.letrec<{ selections: string; selection: string }>((tie) => ({
  selections: fc
    .array(tie('selection'), { minLength: 1, maxLength: 3 })
    .map((all) => `{ __typename ${all.join(' ')} }`),
  selection: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'selection' },
    fc.constant('__typename'),
    fc.tuple(tie('selections'), condition).map(([inside, when]) => `box ${when} ${inside}`),
    fc.tuple(tie('selections'), condition).map(([inside, when]) => `boxes ${when} ${inside}`),
    fc.tuple(tie('selections'), condition).map(([inside, when]) => `... ${when} ${inside}`),
    fc
      .tuple(sizes, condition, tie('selections'), fc.constantFrom('nodes', 'edges', 'both'), fc.nat(99))
      .map(([size, when, inside, way, alias]) => {
        const nodes = way === 'edges' ? '' : `nodes ${inside}`;
        const edges = way === 'nodes' ? '' : `edges { node ${inside} }`;
        return `p${alias}: pages${size} ${when} { pageInfo { name } ${nodes} ${edges} }`;
      }),
  ),
}));

function counted(query: string): number {
  let rows = -1;
  const capture = (context: ValidationContext) => {
    const count = rowCounter(context);
    return {
      OperationDefinition(operation: OperationDefinitionNode) {
        rows = count(operation);
      },
    };
  };
  validate(schema, parse(query), [capture]);
  return rows;
}

/** Documents with more rows than this are not executed; it is enough that a rule would refuse them. */
const MOST = 20_000;
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

it('counts a safe number of rows that is never less than what execution returns', async () => {
  let executed = 0;
  const variables = fc.record({
    size: fc.constantFrom(-100, 0, 1, 5, 100, 101),
    small: fc.constantFrom(1, 2),
    yes: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(selections, variables, async (selected, variableValues) => {
      const query = `query ($size: Int = -7, $small: Int = 3, $yes: Boolean = true) ${selected}`;
      const document = parse(query);
      const invalid = validate(schema, document, specifiedRules);
      // Aliases that do not merge, and variables that are not used.
      if (invalid.some(({ message }) => !message.includes('never used'))) return;
      const rows = counted(query);
      expect(Number.isSafeInteger(rows) && rows >= 0).toBe(true);
      if (rows > MOST) return;
      const contextValue = new Rows();
      await execute({ schema, document, contextValue, variableValues });
      expect(rows).toBeGreaterThanOrEqual(contextValue.returned);
      if (contextValue.returned > 0) executed++;
    }),
    { numRuns: RUNS, seed: 12 },
  );
  expect(executed).toBeGreaterThan(RUNS / 10);
});
