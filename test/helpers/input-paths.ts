import {
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { encodeId } from '../../src/ids.ts';

/** One argument or input field, reached from a root field. */
export interface InputPath {
  /** Schema coordinate, e.g. `LoginInput.password` or `Query.video(id:)`. */
  readonly coordinate: string;
  readonly operation: 'query' | 'mutation' | 'subscription';
  /** Fields from the root to the one that has the argument. */
  readonly fields: readonly string[];
  /** The argument's name, then those of input fields. */
  readonly path: readonly string[];
  readonly type: GraphQLInputType;
}

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export type Form = 'literal' | 'variable' | 'default';

interface Input {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly defaultValue?: unknown;
}

const SAMPLE_ID = encodeId('video', '019a0000-0000-7000-8000-000000000003');

/** How to select types that are not at the root and have fields with arguments. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  User: ['viewer'],
  Provider: ['providers'],
  Video: ['videos', 'nodes'],
  DatabaseDiagnostics: ['databaseDiagnostics'],
  DatabaseSessions: ['databaseDiagnostics', 'sessions'],
};

/** Every argument and input field of the schema. Throws for a field with arguments that cannot be reached. */
export function inputPaths(schema: GraphQLSchema): InputPath[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__') ? inputPathsOf(schema, type) : [],
  );
}

function inputPathsOf(schema: GraphQLSchema, type: GraphQLObjectType): InputPath[] {
  return Object.values(type.getFields()).flatMap((field) => {
    if (field.args.length === 0) return [];
    const operation = operationOf(schema, type);
    const way = operation ? [] : WAYS[type.name];
    if (!way) throw new Error(`Add to WAYS how to reach ${type.name}.${field.name}.`);
    const fields = [...way, field.name];
    return field.args.flatMap((argument) =>
      inside(
        {
          coordinate: `${type.name}.${field.name}(${argument.name}:)`,
          operation: operation ?? 'query',
          fields,
          path: [argument.name],
          type: argument.type,
        },
        [],
      ),
    );
  });
}

function operationOf(schema: GraphQLSchema, type: GraphQLObjectType): InputPath['operation'] | null {
  if (type === schema.getQueryType()) return 'query';
  if (type === schema.getMutationType()) return 'mutation';
  return type === schema.getSubscriptionType() ? 'subscription' : null;
}

function inside(place: InputPath, seen: readonly string[]): InputPath[] {
  const type = getNamedType(place.type);
  if (!isInputObjectType(type) || seen.includes(type.name)) return [place];
  const deeper = Object.values(type.getFields()).flatMap((field) =>
    inside(
      {
        ...place,
        coordinate: `${type.name}.${field.name}`,
        path: [...place.path, field.name],
        type: field.type,
      },
      [...seen, type.name],
    ),
  );
  return [place, ...deeper];
}

/** The same document without values: it is parsed and validated, and then refused or executed without them. */
export function withoutVariables({ query }: Operation): Operation {
  return { query, variables: {} };
}

/** A value for an argument or input field. */
export interface PlacedValue {
  readonly place: InputPath;
  readonly value: unknown;
}

/** An operation with this value at this path, and valid values at other required paths. */
export function operationAt(schema: GraphQLSchema, place: InputPath, value: unknown, form: Form): Operation {
  return operationOfAll(schema, [{ place, value }], form);
}

/** One operation of all the values, whose paths begin at root fields of one kind: the result of the first is `a0`, and so on. */
export function operationOfAll(schema: GraphQLSchema, all: readonly PlacedValue[], form: Form): Operation {
  const definitions = form === 'literal' ? [] : all.map((one, index) => definitionOf(one, index, form));
  const fields = all.map(({ place, value }, index) => {
    const given = form === 'literal' ? literal(value, place.type) : `$v${index}`;
    return `a${index}: ${rootField(schema, place, given)}`;
  });
  const variables = definitions.length > 0 ? `(${definitions.join(', ')})` : '';
  return {
    query: `${all[0]?.place.operation ?? 'query'} ${variables} { ${fields.join(' ')} }`,
    variables: form === 'variable' ? Object.fromEntries(all.map(({ value }, index) => [`v${index}`, value])) : {},
  };
}

function definitionOf({ place: { type }, value }: PlacedValue, index: number, form: 'variable' | 'default'): string {
  return form === 'variable'
    ? `$v${index}: ${type}`
    : `$v${index}: ${String(getNullableType(type))} = ${literal(value, type)}`;
}

function rootField(schema: GraphQLSchema, place: InputPath, given: string): string {
  return place.fields.reduceRight(
    (selected, _name, index) => {
      const { field, argumentsText } = called(schema, place, index, given);
      return `${field}${argumentsText}${index === place.fields.length - 1 ? selected : ` { ${selected} }`}`;
    },
    leafSelection(schema, place),
  );
}

function called(schema: GraphQLSchema, place: InputPath, index: number, given: string) {
  const name = place.fields[index] ?? '';
  const definition = fieldAt(schema, place, index);
  const isTarget = index === place.fields.length - 1;
  const all = definition.args.flatMap((argument) => {
    if (isTarget && argument.name === place.path[0])
      return [`${argument.name}: ${withValue(argument.type, place.path.slice(1), given)}`];
    return isRequiredArgument(argument) ? [`${argument.name}: ${sample(argument)}`] : [];
  });
  return { field: name, argumentsText: all.length > 0 ? `(${all.join(', ')})` : '' };
}

function fieldAt(schema: GraphQLSchema, place: InputPath, index: number) {
  const roots = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  let type: unknown = roots[place.operation];
  for (const [at, name] of place.fields.entries()) {
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    if (!field) throw new Error(`${place.coordinate} is not reached: there is no ${name}.`);
    if (at === index) return field;
    type = getNamedType(field.type);
  }
  throw new Error(`${place.coordinate} has no field ${index}.`);
}

function leafSelection(schema: GraphQLSchema, place: InputPath): string {
  const type = getNamedType(fieldAt(schema, place, place.fields.length - 1).type);
  if (!isCompositeType(type)) return '';
  const isPayload = isObjectType(type) && type.getFields()['userErrors'] !== undefined;
  const isConnection = isObjectType(type) && type.getFields()['totalCount'] !== undefined;
  if (isPayload) return ' { userErrors { code message field } }';
  return isConnection ? ' { totalCount nodes { id } pageInfo { endCursor } }' : ' { __typename }';
}

/** The value at the path inside an input of this type, with the other required values. */
function withValue(type: GraphQLInputType, path: readonly string[], given: string): string {
  const [name, ...rest] = path;
  const named = getNamedType(type);
  if (name === undefined || !isInputObjectType(named)) return given;
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (field.name === name) return [`${name}: ${withValue(field.type, rest, given)}`];
    return isRequiredInputField(field) ? [`${field.name}: ${sample(field)}`] : [];
  });
  // One of the four sources is required too.
  if (named.name === 'CreateVideoInput' && !SOURCES.has(name)) fields.push('script: "Bees fly."');
  return `{ ${fields.join(', ')} }`;
}

const SOURCES: ReadonlySet<string> = new Set(['topic', 'script', 'article', 'scenes']);

function sample({ type }: Input): string {
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const required = Object.values(named.getFields()).filter(isRequiredInputField);
    const fields = required.map((field) => `${field.name}: ${sample(field)}`);
    if (named.name === 'CreateVideoInput') fields.push('script: "Bees fly."');
    return `{ ${fields.join(', ')} }`;
  }
  if (isEnumType(named)) return named.getValues()[0]?.name ?? '';
  return SAMPLES[named.name] ?? '"x"';
}

const SAMPLES: Readonly<Record<string, string>> = {
  ID: JSON.stringify(SAMPLE_ID),
  Int: '1',
  Float: '1',
  Boolean: 'true',
  EmailAddress: '"unknown@example.org"',
  LanguageTag: '"en"',
  DateTime: '"2026-01-01T00:00:00Z"',
};

/** A plain value in GraphQL syntax; texts are written without quotes where an enum is expected. */
export function literal(value: unknown, type: GraphQLInputType): string {
  if (Array.isArray(value)) {
    const nullable = getNullableType(type);
    const element = isListType(nullable) ? nullable.ofType : type;
    return `[${value.map((one) => literal(one, element)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, one]) => `${name}: ${literal(one, type)}`)
      .join(', ')} }`;
  if (typeof value === 'string' && isEnumType(getNamedType(type)) && /^[A-Z_]+$/.test(value)) return value;
  return JSON.stringify(value) ?? 'null';
}
