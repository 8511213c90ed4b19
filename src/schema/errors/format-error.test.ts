import { buildSchema, type ExecutionResult, GraphQLError, type GraphQLFormattedError, graphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import { notAllowed, notSignedIn, RateLimitedError } from '../../auth/auth-error.ts';
import { AppError, type ErrorCode } from '../../errors.ts';
import { UserFaultError } from '../../services/user-fault.ts';
import { formatError } from './format-error.ts';

const schema = buildSchema(`
  type Query { ask(many: Int! = 1, text: String): Int! }
`);
const traceId = '0af7651916cd43dd8448eb211c80319c';

async function leave(
  source: string,
  answer: () => unknown,
  variableValues: Record<string, unknown> = {},
): Promise<{ first: GraphQLFormattedError | undefined; logged: object[] }> {
  const logged: object[] = [];
  const logger = { error: (facts: object) => void logged.push(facts) };
  const { errors }: ExecutionResult = await graphql({ schema, source, rootValue: { ask: answer }, variableValues });
  const [first] = (errors ?? []).map((error) => formatError(error.toJSON(), error, { traceId, logger }));
  return { first, logged };
}

function throwing(error: unknown): () => never {
  return () => {
    throw error;
  };
}

describe('errors for the caller', () => {
  it.each([
    ['UNAUTHENTICATED', notSignedIn()],
    ['FORBIDDEN', notAllowed()],
    ['BAD_USER_INPUT', new UserFaultError({ code: 'INVALID', message: 'Correct this.' })],
    ['BAD_USER_INPUT', new AppError('INVALID_INPUT', 'first has to be between 1 and 100; it is 101.')],
    ['BAD_USER_INPUT', new AppError('NOT_FOUND', 'There is no such video.')],
    ['BAD_USER_INPUT', new AppError('CURSOR_INVALID', 'Not a cursor.')],
    ['CURSOR_EXPIRED', new AppError('CURSOR_EXPIRED', 'Too old.')],
  ])('are sent as %s with their message, path and trace id', async (code, error) => {
    const { first, logged } = await leave('{ ask }', throwing(error));
    expect(first).toEqual({
      message: error.message,
      locations: [{ line: 1, column: 3 }],
      path: ['ask'],
      extensions: { code, traceId },
    });
    expect(logged).toEqual([]);
  });

  it('say how long to wait after too many attempts', async () => {
    const { first } = await leave('{ ask }', throwing(new RateLimitedError(41)));
    expect(first?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: 41, traceId });
  });
});

describe('faults of the server', () => {
  const ours: readonly ErrorCode[] = [
    'INTERNAL_ERROR',
    'DATABASE_ERROR',
    'STORAGE_ERROR',
    'FFMPEG_FAILED',
    'CONFIG_INVALID',
    'LOCAL_API_ERROR',
  ];

  it.each(ours)('%s is masked and logged with its trace id', async (code) => {
    const error = new AppError(code, 'relation "secrets" does not exist');
    const { first, logged } = await leave('{ ask }', throwing(error));
    expect(first?.message).toBe('Something went wrong on our side.');
    expect(first?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', traceId });
    expect(logged).toEqual([{ err: error, code: 'INTERNAL_SERVER_ERROR', trace_id: traceId, path: ['ask'] }]);
  });

  it.each([
    ['an unknown error', throwing(new TypeError("Cannot read properties of undefined (reading 'password')"))],
    ['a value that is not an Error', throwing('a secret')],
    ['a GraphQL error that a resolver threw', throwing(new GraphQLError('the password is hunter2'))],
    ['null where the schema allows none', () => null],
    ['a value that does not fit the schema', () => 'not a number'],
  ])('%s is masked', async (_name, answer) => {
    const { first, logged } = await leave('{ ask }', answer);
    expect(first?.message).toBe('Something went wrong on our side.');
    expect(first?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', traceId });
    expect(logged).toHaveLength(1);
  });

  it('an object whose type is not in the schema is masked', async () => {
    const shapes = buildSchema(
      'type Query { shape: Shape } interface Shape { size: Int } type Circle implements Shape { size: Int }',
    );
    const { errors = [] } = await graphql({
      schema: shapes,
      source: '{ shape { size } }',
      rootValue: { shape: { __typename: 'Secret' } },
    });
    const left = errors.map((error) => formatError(error.toJSON(), error, { traceId, logger: { error: () => {} } }));
    expect(left.map((error) => error.message)).toEqual(['Something went wrong on our side.']);
  });

  it('never shows what another layer has put into extensions', () => {
    const thrown = new GraphQLError('no', {
      path: ['ask'],
      extensions: { code: 'ODD', stacktrace: ['at /srv/secret.ts'] },
    });
    const formatted = formatError(thrown.toJSON(), thrown, { traceId, logger: { error: () => {} } });
    expect(formatted.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', traceId });
  });
});

describe('an unreachable database', () => {
  it.each([
    ['an AppError with that code', new AppError('DATABASE_CONNECTION_FAILED', 'gone')],
    ['Redis away', new AppError('REDIS_CONNECTION_FAILED', 'gone')],
    ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    [
      'PostgreSQL shutting down, wrapped',
      new Error('driver', { cause: Object.assign(new Error('x'), { code: '57P01' }) }),
    ],
    [
      'a connection failure inside an AppError',
      new AppError('DATABASE_ERROR', 'x', { cause: Object.assign(new Error('x'), { code: '08006' }) }),
    ],
    ['a socket that was closed under the driver', new Error('Connection terminated unexpectedly')],
    [
      'several addresses that all refuse connections',
      new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]),
    ],
  ])('is SERVICE_UNAVAILABLE: %s', async (_name, error) => {
    const { first, logged } = await leave('{ ask }', throwing(error));
    expect(first?.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', traceId });
    expect(first?.message).toContain('try again');
    expect(logged).toHaveLength(1);
  });

  it('is not assumed for a violated constraint', async () => {
    const { first } = await leave('{ ask }', throwing(Object.assign(new Error('duplicate key'), { code: '23505' })));
    expect(first?.extensions?.['code']).toBe('INTERNAL_SERVER_ERROR');
  });
});

describe('invalid requests', () => {
  it.each([
    ['a syntax error', '{ ask', {}],
    ['an unknown field', '{ nothing }', {}],
    ['a variable of the wrong type', 'query($many: Int!) { ask(many: $many) }', { many: 'x' }],
    ['a variable that is missing', 'query($many: Int!) { ask(many: $many) }', {}],
    ['null for a variable with a default', 'query($many: Int) { ask(many: $many) }', { many: null }],
  ])('%s is BAD_USER_INPUT and says what is wrong', async (_name, source, variables) => {
    const { first, logged } = await leave(source, () => 1, variables);
    expect(first?.extensions).toEqual({ code: 'BAD_USER_INPUT', traceId });
    expect(first?.message.length).toBeGreaterThan(10);
    expect(logged).toEqual([]);
  });

  it.each(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE', 'BAD_REQUEST'])(
    'Apollo’s %s becomes BAD_USER_INPUT',
    (code) => {
      const thrown = new GraphQLError('no', { extensions: { code } });
      expect(formatError(thrown.toJSON(), thrown, { traceId, logger: { error: () => {} } }).extensions?.['code']).toBe(
        'BAD_USER_INPUT',
      );
    },
  );

  it('keeps the code that clients of persisted queries look for', () => {
    const thrown = new GraphQLError('PersistedQueryNotFound', { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } });
    const { message, extensions } = formatError(thrown.toJSON(), thrown, { traceId, logger: { error: () => {} } });
    expect([message, extensions]).toEqual(['PersistedQueryNotFound', { code: 'PERSISTED_QUERY_NOT_FOUND', traceId }]);
  });

  it('a context that could not be created is a fault of the server', () => {
    const thrown = new GraphQLError('Context creation failed: secret', {
      originalError: new Error('secret'),
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(formatError(thrown.toJSON(), thrown, { traceId, logger: { error: () => {} } }).message).toBe(
      'Something went wrong on our side.',
    );
  });
});
