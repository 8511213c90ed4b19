import { type GraphQLAbstractType, GraphQLError, type GraphQLObjectType, isObjectType } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { FieldFacts } from './field-facts.ts';
import type { Run } from './run.ts';

export interface AbstractValue {
  readonly run: Run;
  readonly abstractType: GraphQLAbstractType;
  readonly field: FieldFacts;
  readonly value: unknown;
}

/** The object type that a type resolver has named. Throws, in the words of graphql-js, where the name is of no possible type. */
export function runtimeTypeOf(named: unknown, about: AbstractValue): GraphQLObjectType {
  const { run, abstractType, field } = about;
  if (typeof named !== 'string') throw notNamed(named, about);
  const type = run.schema.getType(named);
  const refuse = (message: string) => new GraphQLError(message, { nodes: field.nodes });
  if (!type)
    throw refuse(
      `Abstract type "${abstractType.name}" was resolved to a type "${named}" that does not exist inside the schema.`,
    );
  if (!isObjectType(type))
    throw refuse(`Abstract type "${abstractType.name}" was resolved to a non-object type "${named}".`);
  if (!run.schema.isSubType(abstractType, type))
    throw refuse(`Runtime Object type "${type.name}" is not a possible type for "${abstractType.name}".`);
  return type;
}

function notNamed(named: unknown, { abstractType, field, value }: AbstractValue): GraphQLError {
  const where = `for field "${field.parentType.name}.${field.definition.name}"`;
  const must = `Abstract type "${abstractType.name}" must resolve to an Object type at runtime ${where}`;
  if (named === null || named === undefined) {
    const advice = `Either the "${abstractType.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`;
    return new GraphQLError(`${must}. ${advice}`, { nodes: field.nodes });
  }
  if (isObjectType(named))
    return new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    );
  return new GraphQLError(`${must} with value ${inspect(value)}, received "${inspect(named)}".`);
}
