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

/** Where one argument comes from: a variable, where there is one and it was given; else what the document or the schema says. */
interface Source {
  readonly name: string;
  readonly required: boolean;
  readonly variable: string | undefined;
  readonly fallback: unknown;
}

/**
 * What gives a field its arguments at each run, an object of its own each time: resolvers may change it. Variables that are a whole
 * argument and simple values are put together here; all else, and whatever is wrong, is left to graphql-js.
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

/** Null for a literal that does not fit, or that is no simple value and could not be shared by all runs. */
function sourceOf({ name, type, defaultValue }: GraphQLArgument, node: FieldNode): Source | null {
  const source = { name, required: isNonNullType(type), variable: undefined, fallback: defaultValue };
  const given = node.arguments?.find((one) => one.name.value === name)?.value;
  if (!given) return source;
  if (given.kind === Kind.VARIABLE) return { ...source, variable: given.name.value };
  const literal: unknown = valueFromAST(given, type);
  const isShared = literal === undefined || (typeof literal === 'object' && literal !== null);
  return isShared ? null : { ...source, fallback: literal };
}
