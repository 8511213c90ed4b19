import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isUnionType,
  OperationTypeNode,
} from 'graphql';

/** Numbers from 0 to 1 that follow from a seed (mulberry32, by Tommy Ettinger, public domain). */
export class RandomSource {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new Error('There is nothing to pick from.');
    return picked;
  }
}

export interface RandomDocument {
  readonly text: string;
  /** Several sets of variables; some contain invalid values. */
  readonly variables: readonly Readonly<Record<string, unknown>>[];
}

/** A document as a careless client might write it: most are valid, some are not. */
export function randomDocument(schema: GraphQLSchema, seed: number): RandomDocument {
  return new DocumentMaker(schema, new RandomSource(seed)).make();
}

const GOOD: Readonly<Record<string, readonly unknown[]>> = {
  Int: [1, 7, 20],
  Float: [1.5, 2],
  Boolean: [true, false],
  ID: ['vid_1', 'x'],
  DateTime: ['2026-01-31T09:30:00.000Z', '2026-01-31T10:30:00+01:00'],
  LanguageTag: ['en', 'ZH-tw'],
  URL: ['https://example.org/a'],
  EmailAddress: ['me@example.org'],
  BigInt: ['9007199254740993', 5],
  Decimal: ['1.5'],
};
const BAD: readonly unknown[] = ['wrong', -1.5, 99_999_999_999, true, [], {}, [null], { odd: 1 }];
const STRANGE_ALIASES = ['__proto__', 'then', 'constructor', 'toString', 'data'];

class DocumentMaker {
  readonly #schema: GraphQLSchema;
  readonly #chance: RandomSource;
  readonly #variables: { name: string; type: GraphQLInputType; text: string; boolean: boolean }[] = [];
  readonly #fragments: { name: string; on: string; text: string }[] = [];
  #names = 0;

  constructor(schema: GraphQLSchema, chance: RandomSource) {
    this.#schema = schema;
    this.#chance = chance;
  }

  make(): RandomDocument {
    const kinds = [
      OperationTypeNode.QUERY,
      OperationTypeNode.QUERY,
      OperationTypeNode.QUERY,
      OperationTypeNode.MUTATION,
    ];
    const kind = this.#chance.pick([...kinds, OperationTypeNode.SUBSCRIPTION]);
    const root = this.#schema.getRootType(kind);
    if (!root) return this.make();
    const body = this.#selections(
      root,
      kind === OperationTypeNode.SUBSCRIPTION ? 4 : 5,
      kind === OperationTypeNode.SUBSCRIPTION ? 1 : 4,
    );
    const heads = this.#variables.map(({ name, text }) => `$${name}: ${text}`).join(', ');
    const fragments = this.#fragments.map(({ name, on, text }) => `fragment ${name} on ${on} ${text}`);
    const text = [`${kind} Random${heads && `(${heads})`} ${body}`, ...fragments].join('\n');
    return { text, variables: Array.from({ length: 3 }, () => this.#values()) };
  }

  #values(): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const { name, type, boolean } of this.#variables) {
      if (this.#chance.happens(0.08)) continue;
      values[name] = this.#chance.happens(0.08) ? null : boolean ? this.#chance.happens(0.5) : this.#value(type, 3);
    }
    return values;
  }

  #selections(type: GraphQLCompositeType, depth: number, most = 4): string {
    const parts = Array.from({ length: 1 + this.#chance.below(most) }, () => this.#selection(type, depth));
    // The same field again: the two have to be merged.
    if (most > 1 && this.#chance.happens(0.15)) parts.push(this.#chance.pick(parts));
    return `{ ${parts.join(' ')} }`;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const { happens } = { happens: (probability: number) => this.#chance.happens(probability) };
    if (happens(0.12) && depth > 1)
      return `... on ${this.#condition(type)}${this.#directives()} `.concat(this.#inside(type, depth - 1));
    if (happens(0.04)) return `...${this.#directives()} ${this.#selections(type, depth - 1)}`;
    if (happens(0.1) && depth > 1) return this.#spread(type, depth);
    if (happens(0.06) || isUnionType(type)) return `${this.#alias()}__typename${this.#directives()}`;
    if (happens(0.01)) return 'nonsense';
    return this.#field(this.#chance.pick(Object.values(type.getFields())), depth);
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    if (!isLeafType(type) && depth <= 1) return '__typename';
    const below = isLeafType(type)
      ? this.#chance.happens(0.005)
        ? ' { x }'
        : ''
      : ` ${this.#selections(type, depth - 1)}`;
    const given = field.args.flatMap((argument) => {
      const isNeeded = isNonNullType(argument.type) && argument.defaultValue === undefined;
      const isGiven = isNeeded ? !this.#chance.happens(0.01) : this.#chance.happens(0.3);
      return isGiven ? [`${argument.name}: ${this.#literal(argument.type, 3, true)}`] : [];
    });
    // Without a unique alias a field with arguments could conflict with another selection of it.
    const alias = given.length > 0 ? `f${this.#names++}: ` : this.#alias();
    return `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${this.#directives()}${below}`;
  }

  #alias(): string {
    if (this.#chance.happens(0.03)) return `${this.#chance.pick(STRANGE_ALIASES)}: `;
    return this.#chance.happens(0.3) ? `a${this.#names++}: ` : '';
  }

  #condition(type: GraphQLCompositeType): string {
    this.#conditionType = type;
    if (!isAbstractType(type) || this.#chance.happens(0.2)) return type.name;
    this.#conditionType = this.#chance.pick(this.#schema.getPossibleTypes(type));
    return this.#conditionType.name;
  }
  #conditionType: GraphQLCompositeType | undefined;

  #inside(type: GraphQLCompositeType, depth: number): string {
    return this.#selections(this.#conditionType ?? type, depth);
  }

  #spread(type: GraphQLCompositeType, depth: number): string {
    const known = this.#fragments.filter(({ on }) => on === type.name);
    if (known.length > 0 && this.#chance.happens(0.5))
      return `...${this.#chance.pick(known).name}${this.#directives()}`;
    const on = this.#condition(type);
    const text = this.#inside(type, depth - 1);
    const name = `F${this.#names++}`;
    this.#fragments.push({ name, on, text });
    return `...${name}${this.#directives()}`;
  }

  #directives(): string {
    if (!this.#chance.happens(0.12)) return '';
    const one = (name: string) => ` @${name}(if: ${this.#flag()})`;
    return this.#chance.happens(0.2) ? one('skip') + one('include') : one(this.#chance.pick(['skip', 'include']));
  }

  #flag(): string {
    if (this.#chance.happens(0.3)) return String(this.#chance.happens(0.5));
    const flags = this.#variables.filter(({ boolean }) => boolean);
    if (flags.length > 2) return `$${this.#chance.pick(flags).name}`;
    const type = this.#schema.getDirective('skip')?.args[0]?.type;
    if (!type) throw new Error('There is no @skip.');
    // A nullable variable with a default is allowed there too, and its value may be null.
    const text = this.#chance.pick(['Boolean!', 'Boolean! = true', 'Boolean = false', 'Boolean = true']);
    const name = `flag${this.#names++}`;
    this.#variables.push({ name, type, text, boolean: true });
    return `$${name}`;
  }

  #literal(type: GraphQLInputType, depth: number, mayVary: boolean): string {
    if (mayVary && this.#chance.happens(0.25)) return this.#variable(type);
    if (isNonNullType(type)) return this.#literal(type.ofType, depth, false);
    if (this.#chance.happens(0.08)) return 'null';
    if (this.#chance.happens(0.01)) return printed(this.#chance.pick(BAD));
    if (isListType(type)) {
      if (this.#chance.happens(0.2)) return this.#literal(type.ofType, depth - 1, true);
      return `[${Array.from({ length: this.#chance.below(3) }, () => this.#literal(type.ofType, depth - 1, true)).join(', ')}]`;
    }
    if (isEnumType(type)) return this.#chance.pick(type.getValues()).name;
    if (!isInputObjectType(type)) return printed(this.#scalar(type.name));
    const fields = this.#inputFields(type, depth).map(
      ([name, inner]) => `${name}: ${this.#literal(inner, depth - 1, true)}`,
    );
    return `{ ${fields.join(', ')} }`;
  }

  #variable(type: GraphQLInputType): string {
    const name = `v${this.#names++}`;
    const wish = String(type);
    const open = wish.replace(/!$/, '');
    const fallback = this.#chance.happens(0.3) ? ` = ${this.#literal(type, 2, false)}` : '';
    const text = this.#chance.happens(0.05) ? 'String' : this.#chance.happens(0.3) && fallback ? open : wish;
    // A default may contain no variable.
    this.#variables.push({ name, type, text: text + (fallback.includes('$') ? '' : fallback), boolean: false });
    return `$${name}`;
  }

  #value(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType, depth);
    if (this.#chance.happens(0.05)) return this.#chance.pick(BAD);
    if (isListType(type))
      return Array.from({ length: this.#chance.below(3) }, () => this.#value(type.ofType, depth - 1));
    if (isEnumType(type)) return this.#chance.pick(type.getValues()).name;
    if (!isInputObjectType(type)) return this.#scalar(type.name);
    return Object.fromEntries(
      this.#inputFields(type, depth).map(([name, inner]) => [name, this.#value(inner, depth - 1)]),
    );
  }

  #inputFields(type: GraphQLInputType, depth: number): [string, GraphQLInputType][] {
    if (!isInputObjectType(type)) return [];
    const fields = Object.values(type.getFields());
    const wanted = type.isOneOf
      ? [this.#chance.pick(fields)]
      : fields.filter((field) => isNonNullType(field.type) || (depth > 0 && this.#chance.happens(0.3)));
    return wanted.map((field) => [field.name, field.type]);
  }

  #scalar(name: string): unknown {
    return this.#chance.pick(GOOD[name] ?? ['bees', '']);
  }
}

/** As a literal of GraphQL, whose objects have bare keys. */
function printed(value: unknown): string {
  return JSON.stringify(value).replace(/"(\w+)":/g, '$1: ');
}
