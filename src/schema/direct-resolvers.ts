import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { AppError } from '../errors.ts';

type FieldResolverMetadata = ReturnType<typeof getMetadataStorage>['fieldResolvers'][number];
type Parameter = NonNullable<FieldResolverMetadata['params']>[number];
type Resolver = GraphQLFieldResolver<unknown, unknown>;
type Method = (this: unknown, ...given: unknown[]) => unknown;
type Pick = (source: unknown, context: unknown, info?: unknown) => unknown;

/**
 * Lets field resolvers that take no arguments be called without type-graphql's ceremony, which
 * collects the parameters anew at each call: 2 µs for every field of every row. Resolvers with arguments keep it, because it
 * makes the instances of their classes. Call it on what type-graphql has just built.
 * A resolver that takes no info either has itself as `short`, to be called with source and context alone: our executor then
 * makes no info.
 */
export function callDirectly(schema: GraphQLSchema): void {
  const storage = getMetadataStorage();
  const instances = new Map<unknown, unknown>();
  for (const metadata of storage.fieldResolvers) {
    const owner = storage.objectTypes.find(({ target }) => target === metadata.getObjectType?.());
    const type = owner && schema.getType(owner.name);
    const field = isObjectType(type) ? type.getFields()[metadata.schemaName] : undefined;
    const direct = field && directResolver(metadata, instances);
    if (field && direct) field.resolve = direct;
  }
}

function directResolver(metadata: FieldResolverMetadata, instances: Map<unknown, unknown>): Resolver | undefined {
  const { kind, target, methodName, params = [], middlewares = [] } = metadata;
  if (kind !== 'external' || middlewares.length > 0 || params.length > 3) return undefined;
  const picks = params.toSorted((one, other) => one.index - other.index).map(pickFor);
  if (!picks.every(isPick)) return undefined;
  const instance = instances.get(target) ?? Reflect.construct(target, []);
  instances.set(target, instance);
  const call = calling(instance, methodOf(instance, methodName), picks);
  const resolver: Resolver = (source, _args, context, info) => call(source, context, info);
  return params.some((parameter) => parameter.kind === 'info') ? resolver : Object.assign(resolver, { short: call });
}

/** The method with what it takes, without an array for each call. */
function calling(instance: object, method: Method, [first, second, third]: readonly Pick[]): Pick {
  if (!first) return () => method.call(instance);
  if (!second) return (source, context, info) => method.call(instance, first(source, context, info));
  if (!third)
    return (source, context, info) =>
      method.call(instance, first(source, context, info), second(source, context, info));
  return (source, context, info) =>
    method.call(instance, first(source, context, info), second(source, context, info), third(source, context, info));
}

function isPick(pick: Pick | undefined): pick is Pick {
  return pick !== undefined;
}

function pickFor(parameter: Parameter): Pick | undefined {
  if (parameter.kind === 'root' && !parameter.getType && parameter.propertyName === undefined)
    return (source) => source;
  if (parameter.kind === 'context' && parameter.propertyName === undefined) return (_source, context) => context;
  if (parameter.kind === 'info') return (_source, _context, info) => info;
  return undefined;
}

function methodOf(instance: object, name: string): Method {
  const method: unknown = Reflect.get(instance, name);
  if (!isMethod(method)) throw new AppError('INTERNAL_ERROR', `There is no resolver ${name}.`);
  return method;
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
