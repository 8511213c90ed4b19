import {
  buildSchema,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { DocumentCache, PreparedDocument } from '../../src/execution/document-cache.ts';
import { CoercedVariables } from '../../src/execution/executor.ts';
import { PlanExecutor } from '../../src/execution/plan.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { formatError } from '../../src/schema/errors/format-error.ts';
import { parseOptions, validationRules } from '../../src/schema/limits/limits.ts';
import { MAX_ERRORS } from '../../src/server/operations/documents.ts';
import { OperationRunner } from '../../src/server/operations/operation-runner.ts';
import { type Asked, makeAdversarial, oddSchema } from './adversarial-schema.ts';
import { randomDocument } from './random-documents.ts';
import { collectUnhandledRejections } from './unhandled-rejections.ts';

/** `PLANS=100000 npx vitest run test/execution/plans.test.ts` runs many documents; PLANS_SEED=100000 continues after those. */
const DOCUMENTS = Number(process.env['PLANS'] ?? 150);
const FIRST = Number(process.env['PLANS_SEED'] ?? 0);
const SEEDS = Array.from({ length: DOCUMENTS }, (_, index) => FIRST + index);
const LONG_MS = 3_600_000;

const unhandled = collectUnhandledRejections();

interface Seen {
  readonly answer: string;
  /** The original error of each error, which `formatError` reads. */
  readonly causes: readonly string[];
  readonly calls: readonly string[];
}

function seen({ data, errors }: ExecutionResult, { calls }: Asked): Seen {
  const formatted = { ...(errors && { errors: errors.map((error) => error.toJSON()) }), data };
  return { answer: JSON.stringify(formatted), causes: errors?.map(causeOf) ?? [], calls: [...calls] };
}

function causeOf(error: GraphQLError): string {
  const { originalError } = error;
  const nodes = error.nodes?.map((node) => `${node.kind} ${node.loc?.start}`).join();
  return `${error.name} ${nodes} of ${originalError?.name} ${originalError?.message} ${originalError?.constructor.name}`;
}

type Variables = Readonly<Record<string, unknown>>;

async function byGraphqlJs(
  schema: GraphQLSchema,
  text: string,
  variableValues: Variables,
  asked: Asked,
): Promise<Seen> {
  const rootValue = {};
  const document = parse(text);
  return seen(await execute({ schema, document, variableValues, contextValue: asked, rootValue }), asked);
}

async function byPlan(cache: DocumentCache, text: string, variables: Variables, asked: Asked): Promise<Seen> {
  const planned = cache.find(text) ?? cache.add(text, parse(text), text.length);
  const plan = planned.operation(null);
  if (!plan) throw new Error('The document has one operation.');
  const coerced = plan.coerce(variables);
  const result =
    coerced instanceof CoercedVariables
      ? await plan.execute({ variables: coerced, rootValue: {}, contextValue: asked })
      : { errors: coerced };
  return seen(result, asked);
}

const schemas = [
  { name: 'the app’s schema', schema: makeAdversarial(buildAppSchema()) },
  { name: 'a schema with unions, lists of lists and @oneOf', schema: makeAdversarial(oddSchema()) },
];

describe.each(schemas)('on $name, a plan answers what graphql-js answers', ({ schema }) => {
  const tally = { valid: 0, withErrors: 0, refusedVariables: 0 };

  it(`on ${DOCUMENTS} documents of every kind, each with three sets of variables`, { timeout: LONG_MS }, async () => {
    const cache = new DocumentCache({ executor: new PlanExecutor({ schema, hideSuggestions: false }) });
    for (const seed of SEEDS) {
      const { text, variables } = randomDocument(schema, seed);
      if (!isValid(schema, text)) continue;
      tally.valid++;
      for (const [index, given] of variables.entries()) {
        const expected = await byGraphqlJs(schema, text, given, { calls: [], seed: seed + index });
        await new Promise(setImmediate);
        unhandled.length = 0;
        const actual = await byPlan(cache, text, given, { calls: [], seed: seed + index });
        expect(JSON.stringify(actual, null, 1), `seed ${seed}\n${text}\n${JSON.stringify(given)}`).toBe(
          JSON.stringify(expected, null, 1),
        );
        await new Promise(setImmediate);
        expect(unhandled).toEqual([]);
        if (expected.answer.includes('"errors"')) tally.withErrors++;
        if (!expected.answer.includes('"data"')) tally.refusedVariables++;
      }
    }
  });

  it('and those documents cover every kind', () => {
    if (process.env['PLANS']) console.info(tally);
    expect(tally.valid).toBeGreaterThan(DOCUMENTS / 4);
    expect(tally.withErrors).toBeGreaterThan(DOCUMENTS / 10);
    expect(tally.refusedVariables).toBeGreaterThan(DOCUMENTS / 20);
  });
});

it('errors below a value that is null already are left out, because they occur too late', async () => {
  const schema = buildSchema('type Query { slow: Int box: Box } type Box { required: Int! late: Int inner: Box }');
  const later = async (turns: number, message: string) => {
    for (let turn = 0; turn < turns; turn++) await null;
    throw new Error(message);
  };
  const box = { required: () => later(1, 'early'), late: () => later(9, 'late') };
  const rootValue = { slow: () => later(40, 'last'), box: { ...box, inner: { ...box, required: 1 } } };
  const text = '{ slow box { required late inner { late } } }';
  const plan = new DocumentCache({ executor: new PlanExecutor({ schema, hideSuggestions: false }) })
    .uncached(parse(text))
    .operation(null);
  const result = await plan?.execute({ variables: new CoercedVariables({}), rootValue, contextValue: {} });
  expect(result?.errors?.map(({ message, path }) => ({ message, path }))).toEqual([
    { message: 'early', path: ['box', 'required'] },
    { message: 'last', path: ['slow'] },
  ]);
  expect(JSON.stringify(result)).toBe(JSON.stringify(await execute({ schema, document: parse(text), rootValue })));
});

it('a refused document gets the message of graphql-js, however often it is repeated', { timeout: LONG_MS }, () => {
  const schema = buildAppSchema();
  const logger = createLogger({ level: 'fatal' });
  const rules = { validationRules, parseOptions, formatError };
  const operations = new OperationRunner({
    schema,
    rules,
    introspection: true,
    hideSuggestions: false,
    steps: [],
    logger,
  });
  let refused = 0;
  for (const seed of SEEDS) {
    const { text } = randomDocument(schema, seed);
    // Every fifth document is cut off in the middle.
    const query = seed % 5 === 0 ? text.slice(0, text.length / 2) : text;
    const expected = faultsOf(schema, query);
    if (expected.length > 0) refused++;
    for (let use = 0; use < 3; use++) {
      const prepared = operations.documents.prepare(query, `caller ${seed}`);
      const actual = prepared instanceof PreparedDocument ? [] : prepared;
      // graphql-js lets directives on a subscription's root field through and fails later: that rule has its own message.
      if (actual.some(({ message }) => message.includes('without @skip or @include'))) {
        expect(query).toMatch(/^subscription/);
        continue;
      }
      expect(actual.map(({ message, locations }) => ({ message, locations }))).toEqual(expected);
    }
  }
  expect(refused).toBeGreaterThan(DOCUMENTS / 4);
});

function faultsOf(schema: GraphQLSchema, text: string) {
  const options = { maxErrors: MAX_ERRORS };
  const faults = orThrown(() => {
    const document = parse(text, parseOptions);
    // What exceeds a limit is not looked at further.
    const beyond = validate(schema, document, validationRules, options);
    return beyond.length > 0 ? beyond : validate(schema, document, specifiedRules, options);
  });
  return faults.map(({ message, locations }) => ({ message, locations }));
}

function isValid(schema: GraphQLSchema, text: string): boolean {
  return orThrown(() => validate(schema, parse(text), specifiedRules)).length === 0;
}

/** Syntax errors are thrown; so is the error of graphql-js' rule for subscriptions about @skip(if: $variable) on a root field. */
function orThrown(find: () => readonly GraphQLError[]): readonly GraphQLError[] {
  try {
    return find();
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
