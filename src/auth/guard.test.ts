import { buildSchema, execute, type GraphQLSchema, isObjectType, parse, subscribe } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { Role, valuesOf } from '../entities/enums.ts';
import { encodeId, type IdType } from '../ids.ts';
import { guard } from './guard.ts';
import type { PermissionTree } from './permissions.ts';
import { permissionsOf } from './role-permissions.ts';
import { anyone, hasPermission, permissionOfNodeType, signedIn } from './rules.ts';
import type { Viewer } from './viewer.ts';

const SDL = `
  type Query { viewer: String node(id: ID!): String video: String quotas: String health: Health }
  type Mutation { login: String createVideo: String pauseQueue: String }
  type Subscription { videoEvents: String }
  type Health { status: String checks: String }
`;
/** Each kind of rule. The rules of the app's own fields are tested in test/schema/permissions-matrix.test.ts. */
const TREE: PermissionTree = {
  Query: {
    viewer: anyone,
    node: permissionOfNodeType,
    video: hasPermission('VIDEO_READ'),
    quotas: signedIn,
    health: anyone,
  },
  Mutation: {
    login: anyone,
    createVideo: hasPermission('VIDEO_CREATE'),
    pauseQueue: hasPermission('ADMIN_SYSTEM_CONFIG'),
  },
  Subscription: { videoEvents: hasPermission('VIDEO_READ') },
  Health: { checks: hasPermission('ADMIN_ANALYTICS_VIEW') },
};
const UUID = '01890000-0000-7000-8000-000000000001';

/** The lowest role for each field; "GUEST" is a signed-in user with no other role, "ANYONE" includes guests who are not signed in. */
const OPEN_FROM: Record<string, 'ANYONE' | Role> = {
  '{ viewer }': 'ANYONE',
  '{ health { status } }': 'ANYONE',
  '{ quotas }': 'GUEST',
  '{ video }': 'USER',
  '{ health { checks } }': 'ADMIN',
  'mutation { login }': 'ANYONE',
  'mutation { createVideo }': 'CREATOR',
  'mutation { pauseQueue }': 'SUPER_ADMIN',
  'subscription { videoEvents }': 'USER',
};

describe('A tree of permissions', () => {
  const schema = guard(schemaOf(SDL), TREE);

  for (const [operation, from] of Object.entries(OPEN_FROM)) {
    it(`allows ${operation} from ${from} on`, async () => {
      const roles = valuesOf(Role);
      const refusal = (await ask(schema, operation, null)).code;
      expect(refusal).toBe(from === 'ANYONE' ? null : 'UNAUTHENTICATED');
      for (const [rank, role] of roles.entries()) {
        const allowed = from === 'ANYONE' || rank >= roles.indexOf(from);
        expect([role, (await ask(schema, operation, viewerIn(role))).code]).toEqual([
          role,
          allowed ? null : 'FORBIDDEN',
        ]);
      }
    });
  }

  it('allows an object to be fetched by its id under the rule of its own field', async () => {
    const node = async (type: IdType, viewer: Viewer | null) =>
      (await ask(schema, `{ node(id: "${encodeId(type, UUID)}") }`, viewer)).code;
    for (const type of ['video', 'scene', 'user'] as const) {
      expect([type, await node(type, viewerIn('GUEST'))]).toEqual([type, 'FORBIDDEN']);
      expect([type, await node(type, viewerIn('USER'))]).toEqual([type, null]);
    }
    expect(await node('provider', viewerIn('GUEST'))).toBeNull();
    expect(await node('provider', null)).toBe('UNAUTHENTICATED');
    expect((await ask(schema, '{ node(id: "nonsense") }', viewerIn('GUEST'))).code).toBeNull();
    expect((await ask(schema, '{ node(id: "nonsense") }', null)).code).toBe('UNAUTHENTICATED');
  });

  it('keeps the other fields beside a refused one', async () => {
    const { data, code, path } = await ask(schema, '{ health { status checks } }', viewerIn('CREATOR'));
    expect(data).toEqual({ health: { status: 'a status', checks: null } });
    expect({ code, path }).toEqual({ code: 'FORBIDDEN', path: 'health.checks' });
  });
});

describe('guard', () => {
  it('does not start with a root field without a rule', () => {
    const extended = schemaOf(
      `${SDL} extend type Query { secrets: String } extend type Subscription { leaks: String }`,
    );
    expect(() => guard(extended, TREE)).toThrow(
      'No permission rule for Query.secrets, Subscription.leaks: add one to src/auth/permissions.ts.',
    );
  });

  it('does not start with a rule for an unknown field', () => {
    const schema = schemaOf('type Query { a: String }');
    expect(() => guard(schema, { Query: { a: anyone, b: anyone } })).toThrow(
      'src/auth/permissions.ts has rules for Query.b, which the schema does not have.',
    );
    expect(() => guard(schema, { Query: { a: anyone }, Nothing: { c: anyone } })).toThrow(/Nothing\.c/);
    expect(() => guard(schema, { Query: { a: anyone } })).not.toThrow();
  });

  it('finds the roots whatever their names', () => {
    const schema = schemaOf('schema { query: Root } type Root { a: String }');
    expect(() => guard(schema, {})).toThrow(/Root\.a/);
  });

  it('opens no event source for a refused caller', async () => {
    const source = vi.fn(async function* () {
      yield { events: 'an event' };
    });
    const schema = schemaOf('type Query { a: String } type Subscription { events: String }', source);
    const guarded = guard(schema, { Query: { a: anyone }, Subscription: { events: hasPermission('VIDEO_READ') } });
    expect((await ask(guarded, 'subscription { events }', null)).code).toBe('UNAUTHENTICATED');
    expect((await ask(guarded, 'subscription { events }', viewerIn('GUEST'))).code).toBe('FORBIDDEN');
    expect(source).not.toHaveBeenCalled();
    expect((await ask(guarded, 'subscription { events }', viewerIn('USER'))).data).toEqual({ events: 'an event' });
    expect(source).toHaveBeenCalledOnce();
  });

  it('refuses a subscription that is executed as if it were a query', async () => {
    const guarded = guard(schemaOf(SDL), TREE);
    const document = parse('subscription { videoEvents }');
    const result = await execute({ schema: guarded, document, contextValue: { viewer: null } });
    expect(result.errors?.[0]?.originalError).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('wraps only fields that have a rule', () => {
    const schema = schemaOf(SDL);
    const guarded = guard(schema, TREE);
    const resolverOf = (of: GraphQLSchema, typeName: string, field: string) => {
      const type = of.getType(typeName);
      return isObjectType(type) ? type.getFields()[field]?.resolve : undefined;
    };
    for (const [type, field] of [
      ['Query', 'viewer'],
      ['Mutation', 'login'],
      ['Health', 'status'],
    ] as const)
      expect(resolverOf(guarded, type, field)).toBe(resolverOf(schema, type, field));
    expect(resolverOf(guarded, 'Query', 'video')).not.toBe(resolverOf(schema, 'Query', 'video'));
  });

  it('rethrows errors of resolvers unchanged', async () => {
    const fault = new RangeError('out of range');
    const schema = schemaOf('type Query { a: String }');
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {}))
      field.resolve = () => Promise.reject(fault);
    const guarded = guard(schema, { Query: { a: signedIn } });
    const result = await execute({
      schema: guarded,
      document: parse('{ a }'),
      contextValue: { viewer: viewerIn('USER') },
    });
    expect(result.errors?.[0]?.originalError).toBe(fault);
  });
});

async function* oneOfEach() {
  yield { videoEvents: 'event' };
}

function schemaOf(sdl: string, source: () => AsyncIterable<unknown> = oneOfEach): GraphQLSchema {
  const schema = buildSchema(sdl);
  const answers: Record<string, unknown> = { health: {} };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (type === schema.getSubscriptionType()) field.subscribe = source;
      field.resolve = (parent) =>
        type === schema.getSubscriptionType() ? parent?.[field.name] : (answers[field.name] ?? `a ${field.name}`);
    }
  }
  return schema;
}

function viewerIn(role: Role): Viewer {
  const roles = [role];
  return {
    userId: UUID,
    sessionId: UUID,
    username: 'ann',
    roles,
    permissions: permissionsOf(roles),
    tokenExpiresAt: new Date(),
  };
}

/** The answer, or the first event. */
async function ask(schema: GraphQLSchema, source: string, viewer: Viewer | null) {
  const operation = { schema, document: parse(source), contextValue: { viewer } };
  const outcome = source.startsWith('subscription') ? await subscribe(operation) : await execute(operation);
  const result = Symbol.asyncIterator in outcome ? (await outcome.next()).value : outcome;
  if (Symbol.asyncIterator in outcome) await outcome.return();
  const [error] = result?.errors ?? [];
  const thrown = error?.originalError;
  return { data: result?.data, path: error?.path?.join('.'), code: codeOf(thrown) };
}

function codeOf(thrown: unknown): unknown {
  if (!thrown) return null;
  return thrown instanceof Error && 'code' in thrown ? thrown.code : thrown;
}
