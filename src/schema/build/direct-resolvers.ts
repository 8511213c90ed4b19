import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { AppError } from '../../errors.ts';

type Storage = ReturnType<typeof getMetadataStorage>;
type Handler = Pick<Storage['queries'][number], 'schemaName' | 'target' | 'methodName' | 'params' | 'middlewares'>;
type Parameter = NonNullable<Handler['params']>[number];
type Arguments = Readonly<Record<string, unknown>>;
type Method = (this: unknown, ...given: unknown[]) => unknown;
/** A resolver, or a function that gives one of its parameters. */
type DirectResolver = (source: unknown, args: Arguments, context: unknown, info: unknown) => unknown;

/** Combinations of parameters with which a method can be called directly. */
const SHORT_PARAMETERS: ReadonlySet<string> = new Set(['', 'root', 'root,context']);

/**
 * Lets resolvers be called without type-graphql's own steps, which at each call collect the parameters and create an instance of
 * the class of each input: 2 µs for every field of every row, 10 for a root field. Our inputs have no methods, so that
 * what graphql-js has coerced is passed on unchanged. Call it on a schema that type-graphql has just built.
 * A method that takes only the source, or the source and the context, is also the resolver's `short` function: our executor
 * calls it, and creates neither arguments nor info.
 */
export function useDirectResolvers(schema: GraphQLSchema): void {
  const storage = getMetadataStorage();
  const instances = new Map<unknown, unknown>();
  const replace = (type: unknown, handler: Handler) => {
    const field = isObjectType(type) ? type.getFields()[handler.schemaName] : undefined;
    const direct = field && directResolver(handler, instances);
    if (direct) field.resolve = direct;
  };
  for (const handler of storage.queries) replace(schema.getQueryType(), handler);
  for (const handler of storage.mutations) replace(schema.getMutationType(), handler);
  for (const handler of storage.fieldResolvers)
    if (handler.kind === 'external') replace(typeOf(handler, storage, schema), handler);
}

function typeOf(
  handler: Storage['fieldResolvers'][number],
  { objectTypes }: Storage,
  schema: GraphQLSchema,
): GraphQLObjectType | undefined {
  const owner = objectTypes.find(({ target }) => target === handler.getObjectType?.());
  const type = owner && schema.getType(owner.name);
  return isObjectType(type) ? type : undefined;
}

/** Undefined where a parameter can only be provided by type-graphql. */
function directResolver(handler: Handler, instances: Map<unknown, unknown>): DirectResolver | undefined {
  const { target, methodName, params = [], middlewares = [] } = handler;
  if (middlewares.length > 0) return undefined;
  const ordered = params.toSorted((one, other) => one.index - other.index);
  const picks = ordered.map(pickFor);
  if (!picks.every(isPick)) return undefined;
  const instance = instances.get(target) ?? Reflect.construct(target, []);
  instances.set(target, instance);
  const method = methodOf(instance, methodName);
  const resolver = bindMethod(instance, method, picks);
  const isShort = SHORT_PARAMETERS.has(ordered.map(({ kind }) => kind).join());
  return isShort ? Object.assign(resolver, { short: method.bind(instance) }) : resolver;
}

/** The method with its parameters; the usual numbers of parameters need no array per call. */
function bindMethod(instance: object, method: Method, picks: readonly DirectResolver[]): DirectResolver {
  const [first, second, third, ...others] = picks;
  if (!first) return () => method.call(instance);
  if (!second) return (source, args, context, info) => method.call(instance, first(source, args, context, info));
  if (!third)
    return (source, args, context, info) =>
      method.call(instance, first(source, args, context, info), second(source, args, context, info));
  if (others.length > 0)
    return (source, args, context, info) =>
      method.apply(
        instance,
        picks.map((pick) => pick(source, args, context, info)),
      );
  return (source, args, context, info) =>
    method.call(
      instance,
      first(source, args, context, info),
      second(source, args, context, info),
      third(source, args, context, info),
    );
}

function isPick(pick: DirectResolver | undefined): pick is DirectResolver {
  return pick !== undefined;
}

function pickFor(parameter: Parameter): DirectResolver | undefined {
  if ('propertyName' in parameter && parameter.propertyName !== undefined) return undefined;
  if (parameter.kind === 'root' && !parameter.getType) return (source) => source;
  if (parameter.kind === 'args') return (_source, args) => args;
  if (parameter.kind === 'arg') return argumentCalled(parameter.name);
  if (parameter.kind === 'context') return (_source, _args, context) => context;
  if (parameter.kind === 'info') return (_source, _args, _context, info) => info;
  return undefined;
}

function argumentCalled(name: string): DirectResolver {
  return (_source, args) => args[name];
}

function methodOf(instance: object, name: string): Method {
  const method: unknown = Reflect.get(instance, name);
  if (!isMethod(method)) throw new AppError('INTERNAL_ERROR', `There is no resolver ${name}.`);
  return method;
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
