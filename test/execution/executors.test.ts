import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import {
  buildSchema,
  type DocumentNode,
  type GraphQLInputType,
  GraphQLList,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type TypeNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { CoercedVariables, type Executor } from '../../src/execution/executor.ts';
import { GraphqlJsExecutor } from '../../src/execution/graphql-js-executor.ts';
import { PlanExecutor } from '../../src/execution/plan.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { makeAdversarial } from './adversarial-schema.ts';
import { collectUnhandledRejections } from './unhandled-rejections.ts';

/** Of graphql-js. */
collectUnhandledRejections();

/** Each operation is executed so many times, with resolvers that return different results each time. */
const SEEDS = 20;

const schema = makeAdversarial(buildAppSchema());
const executorsOf = (of: GraphQLSchema): [Executor, Executor] => {
  const options = { schema: of, hideSuggestions: false };
  return [new PlanExecutor(options), new GraphqlJsExecutor(options)];
};

interface Case {
  readonly name: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** The operations of every .graphql file of the tests and of the command line; fragments of one file serve all. */
const files = await Array.fromAsync(glob('{test,src}/**/*.graphql'));
const definitions = files.flatMap((file) => parse(readFileSync(file, 'utf8')).definitions);
const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
const cases: Case[] = definitions
  .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  .map((operation) => ({
    name: `${operation.operation} ${operation.name?.value}`,
    document: { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] },
    operation,
  }));

const SCALARS: Readonly<Record<string, unknown>> = {
  Int: 3,
  Float: 1.5,
  Boolean: true,
  ID: 'vid_1',
  DateTime: '2026-01-31T09:30:00.000Z',
  LanguageTag: 'en',
  URL: 'https://example.org/a',
  EmailAddress: 'me@example.org',
  BigInt: '5',
  Decimal: '1.5',
};

/** A value that fits the type. */
function fittingValue(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return fittingValue(type.ofType);
  if (isListType(type)) return [fittingValue(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return SCALARS[type.name] ?? 'bees';
  const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || !type.isOneOf);
  const fields = type.isOneOf ? Object.values(type.getFields()).slice(0, 1) : required;
  return Object.fromEntries(
    fields.filter(({ type: of }) => !isInputObjectType(of)).map((field) => [field.name, fittingValue(field.type)]),
  );
}

function variablesFor({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, type: node }) => {
      const type = typeIn(node);
      return type ? [[variable.name.value, fittingValue(type)]] : [];
    }),
  );
}

function typeIn(node: TypeNode): GraphQLInputType | undefined {
  if (node.kind === Kind.NON_NULL_TYPE) return typeIn(node.type);
  if (node.kind === Kind.LIST_TYPE) {
    const item = typeIn(node.type);
    return item && new GraphQLList(item);
  }
  const type = schema.getType(node.name.value);
  return isInputType(type) ? type : undefined;
}

interface Input {
  readonly seed: number;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The answer as the client would get it, and the resolvers that were called, in their order. */
async function answerOf(executor: Executor, { document, operation }: Case, { seed, variables }: Input) {
  const executable = executor.prepare(document, operation);
  const coerced = executable.coerce(variables);
  const asked = { calls: [], seed };
  const result =
    coerced instanceof CoercedVariables
      ? await executable.execute({ variables: coerced, rootValue: {}, contextValue: asked })
      : { errors: coerced };
  return { text: JSON.stringify(result), calls: [...asked.calls], hasData: result.data !== undefined };
}

describe('Both executors give the same answer for the documents of the tests', () => {
  const [plans, graphqlJs] = executorsOf(schema);

  it('of which there are many, for each type of operation', () => {
    expect(cases.length).toBeGreaterThan(20);
    expect(new Set(cases.map(({ operation }) => operation.operation)).size).toBe(3);
  });

  it.each(cases)('$name', async (one) => {
    const fitting = variablesFor(one.operation);
    let executed = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      // Every fifth time the variables are left out.
      const input = { seed, variables: seed % 5 === 4 ? {} : fitting };
      const expected = await answerOf(graphqlJs, one, input);
      // Rejections that graphql-js leaves unhandled are reported before the next turn of the event loop.
      await new Promise(setImmediate);
      expect(await answerOf(plans, one, input)).toEqual(expected);
      if (expected.hasData) executed++;
    }
    expect(executed).toBeGreaterThan(SEEDS / 2);
  });
});

describe('Both executors give the same answer', () => {
  const small = buildSchema('type Query { name: String size: Int }');
  const sources: [string, unknown][] = [
    ['an object', { name: 'bees', size: 3 }],
    [
      'a getter',
      {
        get name() {
          return 'bees';
        },
      },
    ],
    [
      'a getter that throws',
      {
        get name() {
          throw new Error('no name');
        },
      },
    ],
    ['methods', { name: () => 'from a method', size: () => 4 }],
    ['values of other types', { name: 7, size: 'no number' }],
    ['an error and null', { name: new Error('returned'), size: null }],
    ['a list', []],
    ['a function', () => 'a function'],
    ['null', null],
    ['undefined', undefined],
    ['a text', 'a text'],
  ];

  it.each(sources)('for a source that is %s, also for a field called __proto__', async (_what, rootValue) => {
    for (const text of ['{ name size again: size }', '{ __proto__: name name }']) {
      const document = parse(text);
      const [operation] = document.definitions;
      if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The document has one operation.');
      const [byPlan, byGraphqlJs] = await Promise.all(
        executorsOf(small).map(async (executor) => {
          const variables = new CoercedVariables({});
          const executable = executor.prepare(document, operation);
          return JSON.stringify(await executable.execute({ variables, rootValue, contextValue: {} }));
        }),
      );
      expect(byPlan).toBe(byGraphqlJs);
    }
  });
});
