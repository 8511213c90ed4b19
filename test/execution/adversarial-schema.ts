import { inspect } from 'node:util';
import {
  buildSchema,
  GraphQLError,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  responsePathAsArray,
} from 'graphql';
import { AppError } from '../../src/errors.ts';
import { RandomSource } from './random-documents.ts';

/** The calls of the resolvers in one execution, in order. */
export interface Asked {
  readonly calls: string[];
  /** Different results for each seed. */
  readonly seed: number;
}

/** A schema with constructs that the app's schema does not use. */
export function oddSchema(): GraphQLSchema {
  const schema = buildSchema(`
    type Query { pet(id: ID!): Pet pets(first: Int = 3): [Pet!]! named: Named grid(size: Int!): [[Int!]] owner: Owner! any: [Any] find(by: By!, tags: [String!] = ["a"]): String at(moment: DateTime): DateTime! kinds: [Kind] }
    type Mutation { one(by: By): Owner! two(n: Int!): Int! three: Pet }
    type Subscription { seen(n: Int): Pet! }
    interface Named { name: String! }
    union Pet = Cat | Dog
    union Any = Cat | Owner
    type Cat implements Named { name: String! lives: Int! owner: Owner }
    type Dog implements Named { name: String! barks: Boolean! friends: [Pet!] owner: Owner! }
    type Owner implements Named { name: String! pets: [Pet]! next: Owner big: BigInt }
    enum Kind { CAT DOG }
    scalar DateTime
    scalar BigInt
    input By @oneOf { name: String id: ID deep: Deep }
    input Deep { n: Int! = 3 list: [Int!] inner: Deep kind: Kind = CAT at: DateTime }
  `);
  return schema;
}

/** Every field returns a value that depends on its path, its arguments and the seed: mostly a valid one, often an invalid one. */
export function makeAdversarial(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isScalarType(type)) makeLenient(type);
    if (isAbstractType(type)) type.resolveType = typeOfValue;
    if (isObjectType(type)) type.isTypeOf = type.name.length % 3 === 0 ? isTypeOf(type.name) : null;
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        const kind = hashOf(`${type.name}.${field.name}`) % 5;
        if (kind < 2) delete field.resolve;
        else if (kind === 2) field.resolve = shortResolver(schema, `${type.name}.${field.name}`, field.type);
        else field.resolve = (_source, args, asked: Asked, info) => answer(schema, asked, args, info);
      }
  }
  return schema;
}

function makeLenient(type: GraphQLScalarType): void {
  if (type.description) return;
  if (type.name === 'BigInt') type.serialize = String;
  if (type.name !== 'DateTime') return;
  type.serialize = (value) => (value instanceof Date ? value.toISOString() : refuse(`no Date: ${inspect(value)}`));
}

function refuse(message: string): never {
  throw new TypeError(message);
}

// biome-ignore lint/suspicious/noExplicitAny: a value that is no name has to be refused, and only `any` allows passing one.
function typeOfValue(value: unknown): any {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  const { kind } = value;
  return 'later' in value && value.later === true ? Promise.resolve(kind) : kind;
}

function isTypeOf(name: string): (value: unknown) => boolean | Promise<boolean> {
  return (value) => {
    const is = typeof value === 'object' && value !== null && 'kind' in value && value.kind === name;
    return typeof value === 'object' && value !== null && 'later' in value ? Promise.resolve(is) : is;
  };
}

function answer(schema: GraphQLSchema, asked: Asked, args: unknown, info: GraphQLResolveInfo): unknown {
  const place = responsePathAsArray(info.path).join('.');
  const call = `${info.parentType.name}.${info.fieldName} at ${place} ${inspect(args, { depth: 9, breakLength: Infinity })} ${inspect(info.variableValues, { depth: 9, breakLength: Infinity })} ${info.operation.operation} ${info.fieldNodes.length} ${Object.keys(info.fragments).join()}`;
  asked.calls.push(call);
  return new ValueSource(schema, new RandomSource(hashOf(`${asked.seed} ${call}`)), asked).outcome(info.returnType, 4);
}

/** A resolver that uses neither arguments nor info, in both its forms. */
function shortResolver(schema: GraphQLSchema, place: string, type: GraphQLOutputType) {
  const short = (_source: unknown, asked: Asked) => {
    asked.calls.push(place);
    return new ValueSource(schema, new RandomSource(hashOf(`${asked.seed} ${place}`)), asked).outcome(type, 4);
  };
  return Object.assign((source: unknown, _args: unknown, asked: Asked) => short(source, asked), { short });
}

class ValueSource {
  readonly #schema: GraphQLSchema;
  readonly #chance: RandomSource;
  readonly #asked: Asked;

  constructor(schema: GraphQLSchema, chance: RandomSource, asked: Asked) {
    this.#schema = schema;
    this.#chance = chance;
    this.#asked = asked;
  }

  /** A value, a promise of it that resolves after some turns of the event loop, or a failure. */
  outcome(type: GraphQLOutputType, depth: number): unknown {
    const one = this.#chance.next();
    if (one < 0.02) throw new Error('thrown');
    if (one < 0.03) throw new GraphQLError('told', { extensions: { code: 'TOLD', retry: 3 } });
    if (one < 0.04) throw new AppError('NOT_FOUND', 'an AppError');
    if (one < 0.05) return new Error('returned');
    if (one < 0.06) throw inspect('a text was thrown');
    if (one < 0.3) return this.#later(() => this.outcome(type, depth), this.#chance.below(5));
    return this.#value(type, depth);
  }

  #later(make: () => unknown, turns: number): Promise<unknown> {
    const promise = (async () => {
      for (let turn = 0; turn < turns; turn++) await null;
      return make();
    })();
    // A promise in a list may be abandoned before it has a listener.
    promise.catch(() => {});
    return promise;
  }

  #value(type: GraphQLOutputType, depth: number): unknown {
    if (isNonNullType(type)) return this.#chance.happens(0.02) ? null : this.#value(type.ofType, depth);
    if (this.#chance.happens(0.06)) return this.#chance.happens(0.5) ? null : undefined;
    if (this.#chance.happens(0.02))
      return this.#chance.pick<unknown>(['odd', -7.5, Number.NaN, true, [], { odd: 1 }, 5n]);
    if (isListType(type)) return this.#list(type.ofType, depth);
    const named = getNamedType(type);
    if (isEnumType(named)) return this.#chance.pick(named.getValues()).value;
    if (isScalarType(named)) return this.#scalar(named.name);
    if (isAbstractType(named)) return this.#object(this.#chance.pick(this.#schema.getPossibleTypes(named)).name, depth);
    return this.#object(named.name, depth);
  }

  #list(type: GraphQLOutputType, depth: number): unknown {
    const items = Array.from({ length: this.#chance.below(4) }, () => {
      if (this.#chance.happens(0.05)) return new Error('an item');
      if (this.#chance.happens(0.1)) return this.#later(() => this.outcome(type, depth - 1), this.#chance.below(4));
      return this.#value(type, depth - 1);
    });
    return this.#chance.happens(0.2) ? new Set(items) : items;
  }

  #scalar(name: string): unknown {
    const values: Readonly<Record<string, readonly unknown[]>> = {
      Int: [1, '7', 3.0],
      Float: [1.5, 2],
      Boolean: [true, false, 1],
      ID: ['vid_1', 7],
      DateTime: [new Date('2026-01-31T09:30:00.000Z')],
      LanguageTag: ['en', 'zh-tw'],
      URL: ['https://example.org/a', new URL('https://example.org/b')],
      EmailAddress: ['me@example.org'],
      BigInt: [9007199254740993n, 5],
      Decimal: ['1.5'],
    };
    return this.#chance.pick(values[name] ?? ['bees "dance"', '', '\u2028', 7, false]);
  }

  /** Sources of fields without a resolver: properties, methods, promises. */
  #object(name: string, depth: number): object {
    const source: Record<string, unknown> = { kind: name };
    if (this.#chance.happens(0.02)) source['kind'] = this.#chance.pick<unknown>(['Unknown', 'Kind', 'Query', 7, null]);
    if (this.#chance.happens(0.2)) source['later'] = true;
    const type = this.#schema.getType(name);
    if (!isObjectType(type)) return source;
    for (const field of Object.values(type.getFields())) if (!field.resolve) this.#put(source, field, depth);
    return source;
  }

  #put(source: Record<string, unknown>, field: GraphQLField<unknown, unknown>, depth: number): void {
    const seed = this.#chance.below(1e9);
    const make = () =>
      new ValueSource(this.#schema, new RandomSource(seed), this.#asked).outcome(field.type, depth - 1);
    const leaf = isScalarType(getNamedType(field.type)) || isEnumType(getNamedType(field.type));
    if (!leaf || this.#chance.happens(0.2))
      source[field.name] = (args: unknown, _asked: unknown, info: GraphQLResolveInfo) => {
        this.#asked.calls.push(`method ${field.name} ${inspect(args)} ${info.fieldName}`);
        return make();
      };
    else if (field.name !== 'kind') Object.defineProperty(source, field.name, { get: make, enumerable: true });
  }
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
