import { type ExecutionResult, graphql, isObjectType, parse, subscribe } from 'graphql';
import { describe, expect, it } from 'vitest';
import { permissions } from '../../src/auth/permissions.ts';
import type { Permission, Viewer } from '../../src/auth/viewer.ts';
import type { Context } from '../../src/resolvers/context.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { formatError } from '../../src/schema/errors/format-error.ts';
import { TRACE } from './fake-rows.ts';
import { type Call, contextFor, fakeServices, recorded } from './fake-services.ts';
import { CALLERS, DECISIONS, type Decision, INNER } from './permission-cases.ts';

const schema = buildAppSchema();

function rootFields(): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((root) => Object.keys(root?.getFields() ?? {}).map((name) => `${root?.name}.${name}`));
}

function refusal(
  who: Decision,
  viewer: Viewer | null,
  holds: readonly Permission[],
): 'UNAUTHENTICATED' | 'FORBIDDEN' | null {
  if (who === 'ANYONE') return null;
  if (!viewer) return 'UNAUTHENTICATED';
  return who === 'SIGNED_IN' || holds.includes(who) ? null : 'FORBIDDEN';
}

interface Answer {
  readonly codes: readonly unknown[];
  readonly paths: readonly unknown[];
  readonly data: unknown;
  readonly calls: readonly Call[];
}

async function ask(document: string, viewer: Viewer | null): Promise<Answer> {
  const { services, calls } = recorded(fakeServices());
  const { data, errors = [] } = await run(document, contextFor(services, viewer));
  const logger = { error: (facts: object) => expect.fail(`A fault of ours: ${JSON.stringify(facts)}`) };
  const seen = errors.map((error) => formatError(error.toJSON(), error, { traceId: TRACE, logger }));
  return {
    codes: seen.map((error) => error.extensions?.['code']),
    paths: seen.map((error) => error.path),
    data,
    calls,
  };
}

/** For a subscription the first event. */
async function run(source: string, contextValue: Context): Promise<ExecutionResult> {
  if (!source.startsWith('subscription')) return await graphql({ schema, source, contextValue });
  const stream = await subscribe({ schema, document: parse(source), contextValue });
  if (!(Symbol.asyncIterator in stream)) return stream;
  const { value }: IteratorResult<ExecutionResult, unknown> = await stream.next();
  await stream.return(undefined);
  return value instanceof Object ? value : {};
}

it('has an entry for every root field, and for no others', () => {
  expect(Object.keys(DECISIONS).toSorted()).toEqual(rootFields().toSorted());
});

it('has an entry for every guarded field of an object', () => {
  const roots = ['Query', 'Mutation', 'Subscription'];
  const guarded = Object.entries(permissions).flatMap(([type, rules]) =>
    roots.includes(type) ? [] : Object.keys(rules).map((field) => `${type}.${field}`),
  );
  expect(guarded.toSorted()).toEqual(Object.keys(INNER).toSorted());
});

it('gives each role the permissions of the table', () => {
  for (const { name, viewer, holds } of CALLERS.filter(({ viewer }) => viewer)) {
    expect([name, [...(viewer?.permissions ?? [])].toSorted()]).toEqual([name, [...holds].toSorted()]);
  }
});

describe('the required permission is in the description', () => {
  const described = (path: string) => {
    const [type = '', field = ''] = path.split('.');
    const owner = schema.getType(type);
    return (isObjectType(owner) && owner.getFields()[field]?.description) || '';
  };
  const words = { ANYONE: 'Anyone', SIGNED_IN: 'Requires authentication' };
  const all = [
    ...Object.entries(DECISIONS).flatMap(([path, [first]]) => (first ? [{ path, who: first.who }] : [])),
    ...Object.entries(INNER).map(([path, { who }]) => ({ path, who })),
  ];

  it.each(all.filter(({ path }) => path !== 'Query.node'))('$path: $who', ({ path, who }) => {
    expect(described(path)).toContain(who === 'ANYONE' || who === 'SIGNED_IN' ? words[who] : `Requires ${who}`);
  });
});

describe.each(Object.entries(DECISIONS).flatMap(([field, cases]) => cases.map((one) => ({ field, ...one }))))(
  '$field ($who, $document)',
  ({ who, document, asks }) => {
    it.each(CALLERS)('for $name', async ({ viewer, holds }) => {
      const { codes, calls } = await ask(document, viewer);
      const refused = refusal(who, viewer, holds);
      expect(codes).toEqual(refused ? [refused] : []);
      if (refused) expect(calls).toEqual([]);
      else if (viewer || asks !== 'users.loadByIds') expect(calls.map((call) => call.name)).toContain(asks);
    });
  },
);

describe.each(Object.entries(INNER).map(([field, one]) => ({ field, ...one })))(
  '$field ($who)',
  ({ who, document, asks, path }) => {
    const outer = path[0] === 'providers' ? CALLERS.filter(({ viewer }) => viewer) : CALLERS;

    it.each(outer)('for $name', async ({ viewer, holds }) => {
      const { codes, paths, data, calls } = await ask(document, viewer);
      const refused = refusal(who, viewer, holds);
      expect(codes).toEqual(refused ? [refused] : []);
      expect(paths).toEqual(refused ? [path] : []);
      expect(calls.map((call) => call.name).includes(asks)).toBe(!refused);
      expect(JSON.stringify(data)).toContain(path[0] === 'health' ? 'HEALTHY' : 'local');
    });
  },
);
