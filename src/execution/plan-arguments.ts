import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getArgumentValues,
  isNonNullType,
  Kind,
  valueFromAST,
} from 'graphql';

type AnyField = GraphQLField<unknown, unknown>;
type Variables = { [variable: string]: unknown };
export type Arguments = { [argument: string]: unknown };

/** Where the value of an argument comes from: its variable, where that was given; else the literal of the document or the default of the schema. */
interface Source {
  readonly name: string;
  readonly required: boolean;
  readonly variable: string | undefined;
  readonly fallback: unknown;
}

/**
 * Returns the function that makes the arguments of a field for each execution: a new object each time, because resolvers may change
 * it. Whole-argument variables and scalar literals are handled here; everything else, and every error, is left to graphql-js.
 */
export function planArguments(definition: AnyField, node: FieldNode): (variables: Variables) => Arguments {
  const viaGraphqlJs = (variables: Variables) => getArgumentValues(definition, node, variables);
  const sources = definition.args.map((argument) => sourceOf(argument, node));
  if (!sources.every((source) => source !== null)) return viaGraphqlJs;
  return (variables) => {
    const values: Arguments = {};
    for (const { name, required, variable, fallback } of sources) {
      const isGiven = variable !== undefined && Object.hasOwn(variables, variable);
      const value = isGiven ? variables[variable] : fallback;
      if (required && (value === null || value === undefined)) return viaGraphqlJs(variables);
      if (value !== undefined) values[name] = value;
    }
    return values;
  };
}

/** Null for a literal that does not fit the type, or that is an object or a list and cannot be shared by all executions. */
function sourceOf({ name, type, defaultValue }: GraphQLArgument, node: FieldNode): Source | null {
  const source = { name, required: isNonNullType(type), variable: undefined, fallback: defaultValue };
  const given = node.arguments?.find((one) => one.name.value === name)?.value;
  if (!given) return source;
  if (given.kind === Kind.VARIABLE) return { ...source, variable: given.name.value };
  const literal: unknown = valueFromAST(given, type);
  const isShared = literal === undefined || (typeof literal === 'object' && literal !== null);
  return isShared ? null : { ...source, fallback: literal };
}
