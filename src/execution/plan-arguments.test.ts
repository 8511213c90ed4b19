import { buildSchema, getArgumentValues, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { planArguments } from './plan-arguments.ts';

const schema = buildSchema(`
  input Range { from: Int! to: Int = 9 }
  enum Order { UP DOWN }
  type Query {
    find(first: Int = 20, after: ID, order: Order! = UP, words: [String!], range: Range): String
    get(id: ID!): String
  }
`);

function asked(field: string) {
  const [operation] = parse(`query Asked { ${field} }`).definitions;
  const [node] = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  const definition = node?.kind === Kind.FIELD && schema.getQueryType()?.getFields()[node.name.value];
  if (!definition) throw new Error(`No such field: ${field}`);
  return { definition, node };
}

function valuesOf(give: () => object): object | string {
  try {
    return give();
  } catch (thrown) {
    return String(thrown);
  }
}

const FIELDS = [
  'find',
  'find(first: 5, after: "a", order: DOWN)',
  'find(first: null, after: null)',
  'find(first: $a, after: $b, order: $c)',
  'find(words: ["x"], range: { from: 1 })',
  'find(words: $a, range: { from: $b })',
  'find(words: [$a])',
  'find(first: "five")',
  'find(order: SIDEWAYS)',
  'find(order: null)',
  'get',
  'get(id: 7)',
  'get(id: $a)',
  'get(id: null)',
];
const VARIABLES = [{}, { a: 1, b: 'b', c: 'DOWN' }, { a: null, b: null, c: null }, { a: ['x', 'y'] }];

describe('the arguments of a field', () => {
  it.each(FIELDS)('equal those of graphql-js, errors included: %s', (field) => {
    const { definition, node } = asked(field);
    const plan = planArguments(definition, node);
    for (const variables of VARIABLES) {
      const expected = valuesOf(() => getArgumentValues(definition, node, variables));
      expect(valuesOf(() => plan(variables))).toEqual(expected);
    }
  });

  it.each(['find(first: 5)', 'find(words: ["x"], range: { from: 1 })'])(
    'are new objects for each execution: %s',
    (field) => {
      const { definition, node } = asked(field);
      const plan = planArguments(definition, node);
      const [one, other] = [plan({}), plan({})];
      expect(one).toEqual(other);
      expect(one).not.toBe(other);
      for (const [name, value] of Object.entries(one))
        if (typeof value === 'object') expect(value).not.toBe(other[name]);
    },
  );
});
