import { type ExecutionResult, getOperationAST, graphql, isObjectType, parse, subscribe } from 'graphql';
import { describe, expect, it } from 'vitest';
import { permissions } from '../../src/auth/permissions.ts';
import { ownAccount } from '../../src/auth/rules.ts';
import type { Permission, Viewer } from '../../src/auth/viewer.ts';
import type { Context } from '../../src/resolvers/context.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { formatError } from '../../src/schema/errors/format-error.ts';
import { TRACE } from './fake-rows.ts';
import { type Call, contextFor, fakeServices, recorded } from './fake-services.ts';
import type { Case, Decision, InnerCase } from './permission-case.ts';
import { CALLERS, PERMISSION_CASES } from './permission-cases.ts';

const schema = buildAppSchema();

function rootFields(): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((root) => Object.keys(root?.getFields() ?? {}).map((name) => `${root?.name}.${name}`));
}

function isField(path: string): boolean {
  const [typeName = '', fieldName = ''] = path.split('.');
  const type = schema.getType(typeName);
  return isObjectType(type) && type.getFields()[fieldName] !== undefined;
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

const missing = (field: string) =>
  `Nothing says who may use ${field}. Add it to PERMISSION_CASES in test/schema/permission-cases.ts: the permission that it requires, a document that uses it, and the service call that is made for an allowed caller.`;
const unknown = (field: string) =>
  `The schema has no field ${field}. Remove it from PERMISSION_CASES in test/schema/permission-cases.ts.`;

type Caller = (typeof CALLERS)[number];

/** What a caller gets, in the form of `outcomeOf`. */
function expectedOutcome(one: Case | InnerCase, { viewer, holds }: Caller) {
  const rootPath = [rootFieldOf(one)];
  const isInner = 'path' in one;
  const noObject = isInner ? refusal(one.outer, viewer, holds) : null;
  const noField = refusal(one.who, viewer, holds);
  const refused = noObject ?? noField;
  if (noObject || (noField && !isInner)) return { errors: [[refused, rootPath]], calls: 'none' };
  if (noField && isInner) return { errors: [[refused, one.path]], calls: 'of other fields', beside: true };
  // A caller who is not signed in has no user to load.
  const calls = viewer || one.asks !== 'users.loadByIds' ? one.asks : 'none';
  return { errors: [], calls, ...(isInner && { beside: true }) };
}

/** What a caller got. */
async function outcomeOf(one: Case | InnerCase, { viewer }: Caller) {
  const { codes, paths, data, calls } = await ask(one.document, viewer);
  const names = calls.map(({ name }) => name);
  const others = names.length > 0 ? 'of other fields' : 'none';
  return {
    errors: codes.map((code, at) => [code, paths[at]]),
    calls: names.includes(one.asks) ? one.asks : others,
    ...('beside' in one && JSON.stringify(data ?? null).includes(one.beside) && { beside: true }),
  };
}

function rootFieldOf({ document }: Case): string {
  const operation = getOperationAST(parse(document));
  const [selected] = operation?.selectionSet.selections ?? [];
  return selected?.kind === 'Field' ? selected.name.value : '';
}

function descriptionOf(field: string): string {
  const [typeName = '', fieldName = ''] = field.split('.');
  const type = schema.getType(typeName);
  return (isObjectType(type) && type.getFields()[fieldName]?.description) || '';
}

const WORDS = { ANYONE: 'Anyone', SIGNED_IN: 'Requires authentication' };
const wordsFor = (who: Decision) => (who === 'ANYONE' || who === 'SIGNED_IN' ? WORDS[who] : `Requires ${who}`);

const guardedFields = Object.entries(permissions).flatMap(([type, rules]) =>
  Object.keys(rules).map((field) => `${type}.${field}`),
);
const fields = new Set([...rootFields(), ...guardedFields, ...Object.keys(PERMISSION_CASES)]);

describe('The permission for', () => {
  it.each([...fields])('%s', async (field) => {
    const cases = PERMISSION_CASES[field];
    if (!cases) expect.fail(missing(field));
    if (!isField(field)) expect.fail(unknown(field));
    for (const one of cases) {
      const outcomes = await Promise.all(CALLERS.map(async (caller) => [caller.name, await outcomeOf(one, caller)]));
      const expected = CALLERS.map((caller) => [caller.name, expectedOutcome(one, caller)]);
      expect(Object.fromEntries(outcomes), one.document).toEqual(Object.fromEntries(expected));
    }
    // The rule of a node depends on its type.
    const [first] = cases;
    if (first && field !== 'Query.node') expect(descriptionOf(field)).toContain(wordsFor(first.who));
    const [typeName = '', fieldName = ''] = field.split('.');
    if (permissions[typeName]?.[fieldName] === ownAccount)
      expect(descriptionOf(field)).toContain('an API key needs USER_READ');
    if (field === 'Mutation.login') expect(descriptionOf(field)).toMatch(/RATE_LIMITED.*ACCOUNT_LOCKED/);
  });

  it.each(CALLERS.filter(({ viewer }) => viewer))(
    'everything that $name may do is in the table of roles',
    ({ viewer, holds }) => {
      expect([...(viewer?.permissions ?? [])].toSorted()).toEqual([...holds].toSorted());
    },
  );
});
