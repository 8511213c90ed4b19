import { type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { notAllowed } from './auth-error.ts';
import { type PermissionTree, permissions } from './permissions.ts';
import { anyone, type RuleContext } from './rules.ts';
import { middlewareLibrary, shieldLibrary } from './shield.ts';

type Resolver = GraphQLFieldResolver<unknown, RuleContext>;
/** A rule as graphql-shield applies it: it evaluates the rule, then runs the resolver or returns (not throws) the refusal. */
type FieldGuard = (resolve: Resolver, ...call: Parameters<Resolver>) => Promise<unknown>;
type FieldGuards = Record<string, Record<string, FieldGuard>>;

/**
 * The schema with its permissions in force. Throws CONFIG_INVALID where a root field has no rule, or a rule has no field.
 * Only fields with a rule are wrapped: by default graphql-shield wraps every field of every type, at 1.5 µs each.
 */
export function guard(schema: GraphQLSchema, tree: PermissionTree = permissions): GraphQLSchema {
  checkCoverage(schema, tree);
  const guards = guardsOf(schema, tree);
  const guarded = middlewareLibrary.applyMiddleware(schema, guards);
  guardSubscribing(guarded, guards);
  return guarded;
}

function checkCoverage(schema: GraphQLSchema, tree: PermissionTree): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const rootFields = roots.flatMap((root) =>
    Object.keys(root?.getFields() ?? {}).map((field) => `${root?.name}.${field}`),
  );
  const ruled = new Set(
    Object.entries(tree).flatMap(([type, rules]) => Object.keys(rules).map((name) => `${type}.${name}`)),
  );
  const undecided = rootFields.filter((field) => !ruled.has(field));
  const unknown = [...ruled].filter((path) => !fieldOf(schema, path));
  if (undecided.length > 0)
    throw new AppError(
      'CONFIG_INVALID',
      `No permission rule for ${undecided.join(', ')}: add one to src/auth/permissions.ts.`,
    );
  if (unknown.length > 0)
    throw new AppError(
      'CONFIG_INVALID',
      `src/auth/permissions.ts has rules for ${unknown.join(', ')}, which the schema does not have.`,
    );
}

function fieldOf(schema: GraphQLSchema, path: string): GraphQLField<unknown, RuleContext> | undefined {
  const [typeName = '', fieldName = ''] = path.split('.');
  const type = schema.getType(typeName);
  return isObjectType(type) ? type.getFields()[fieldName] : undefined;
}

const generatedTypes = z.record(z.string(), z.record(z.string(), z.unknown()));
const fieldGuard = z.custom<FieldGuard>((made) => typeof made === 'function');

/** Open fields have no guard at all. `debug` rethrows errors of resolvers unchanged. */
function guardsOf(schema: GraphQLSchema, tree: PermissionTree): FieldGuards {
  const options = { debug: true, fallbackRule: shieldLibrary.deny, fallbackError: notAllowed() };
  const generated = generatedTypes.parse(shieldLibrary.shield(tree, options).generate(schema));
  const guards: FieldGuards = {};
  for (const [type, rules] of Object.entries(tree)) {
    const guarded = Object.keys(rules).filter((field) => rules[field] !== anyone);
    guards[type] = Object.fromEntries(guarded.map((field) => [field, fieldGuard.parse(generated[type]?.[field])]));
  }
  return guards;
}

/** graphql-shield guards the events of a stream but lets every caller open it: here the rule is checked before the opening. */
function guardSubscribing(schema: GraphQLSchema, guards: FieldGuards): void {
  const type = schema.getSubscriptionType();
  for (const [name, ask] of Object.entries((type && guards[type.name]) ?? {})) {
    const field = fieldOf(schema, `${type?.name}.${name}`);
    const open = field?.subscribe;
    if (field && open) field.subscribe = (...call) => ask(open, ...call);
  }
}
