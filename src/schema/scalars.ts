import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDateTimeISO, GraphQLEmailAddress, GraphQLJSONObject, GraphQLURL } from 'graphql-scalars';
import { ACCOUNT_LIMITS } from '../services/accounts/account-fields.ts';
import { RAW_FACTOR } from './limits/input-bounds.ts';

/** 35 characters suffice for every tag without private parts (RFC 5646, §4.4.1), and are the size of the database column. */
const MAX_TAG_LENGTH = 35;

/** Accepts RFC 3339, always returns UTC with milliseconds. Values inside are `Date` (rows may also hold such a text). */
export const DateTime = bounded(
  new GraphQLScalarType({
    ...GraphQLDateTimeISO.toConfig(),
    name: 'DateTime',
    description: 'A time as RFC 3339 text, returned in UTC with milliseconds, e.g. "2026-01-31T09:30:00.000Z".',
  }),
  40,
);

/** Keyboards of phones add a space after what they complete. */
export const EmailAddress = bounded(GraphQLEmailAddress, ACCOUNT_LIMITS.email.most, (text) => text.trim());
export const URL = bounded(GraphQLURL, 2_000);

/** Returned only: no argument has this type. */
export const JSONObject = new GraphQLScalarType({
  ...GraphQLJSONObject.toConfig(),
  name: 'JSONObject',
  description: 'A JSON object.',
});

/** Canonical BCP 47 inside. `Intl` instead of graphql-scalars' Locale, which accepts a list of one tag as a tag. */
export const LanguageTag = new GraphQLScalarType<string, string>({
  name: 'LanguageTag',
  description: 'A language as a BCP 47 tag, e.g. "en" or "zh-TW". Letter case does not matter in input.',
  specifiedByURL: 'https://www.rfc-editor.org/info/bcp47',
  serialize: parseLanguageTag,
  parseValue: parseLanguageTag,
  parseLiteral: (node) => located(node, () => parseLanguageTag(node.kind === Kind.STRING ? node.value : null)),
  extensions: { characters: MAX_TAG_LENGTH },
});

/** Always a decimal string: that of graphql-scalars is a number or a string, depending on its size. Values inside are `bigint`. */
export const BigIntString = new GraphQLScalarType<bigint, string>({
  name: 'BigInt',
  description: 'A 64-bit signed integer, returned as a decimal string whatever its size.',
  serialize: (value) => parseBigInt(value).toString(),
  parseValue: parseBigInt,
  parseLiteral: (node) =>
    located(node, () => parseBigInt(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : null)),
  extensions: { characters: 20 },
});

/** Exact: the text is never turned into a floating-point number. Values inside are such strings. */
export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number as a string with four decimal places, e.g. "0.0420".',
  serialize: parseDecimal,
  parseValue: parseDecimal,
  parseLiteral: (node) => located(node, () => parseDecimal(node.kind === Kind.STRING ? node.value : null)),
  extensions: { characters: 16 },
});

/** Values inside are such texts. */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A day in UTC as YYYY-MM-DD, e.g. "2026-01-31".',
  serialize: parseDay,
  parseValue: parseDay,
  parseLiteral: (node) => located(node, () => parseDay(node.kind === Kind.STRING ? node.value : null)),
  extensions: { characters: 10 },
});

function parseLanguageTag(value: unknown): string {
  const tag = typeof value === 'string' && value.length <= MAX_TAG_LENGTH ? canonicalTag(value) : undefined;
  if (tag === undefined) throw new GraphQLError('LanguageTag has to be a BCP 47 tag such as "en" or "zh-TW".');
  return tag;
}

function canonicalTag(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function parseBigInt(value: unknown): bigint {
  const text = typeof value === 'string' || typeof value === 'bigint' || Number.isSafeInteger(value) ? `${value}` : '';
  const parsed = /^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
  if (parsed === undefined || BigInt.asIntN(64, parsed) !== parsed) {
    throw new GraphQLError('BigInt has to be a 64-bit integer, best as a string.');
  }
  return parsed;
}

/** Without days that no month has. */
function parseDay(value: unknown): string {
  const day = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
  const time = new Date(day ?? Number.NaN);
  if (day === null || Number.isNaN(time.getTime()) || !time.toISOString().startsWith(day))
    throw new GraphQLError('Date has to be a day such as "2026-01-31".');
  return day;
}

function parseDecimal(value: unknown): string {
  const match = typeof value === 'string' ? /^(-?\d{1,10})(?:\.(\d{1,4}))?$/.exec(value) : null;
  if (!match) throw new GraphQLError('Decimal has to be a string with at most four decimal places, e.g. "0.0420".');
  return `${match[1]}.${(match[2] ?? '').padEnd(4, '0')}`;
}

/**
 * The scalar with a limit for texts, in code points, that is also its extension `characters`: a text that is far longer is refused
 * before the scalar's own regular expressions are applied. `tidied` is applied to accepted values.
 */
function bounded<Internal, External>(
  scalar: GraphQLScalarType<Internal, External>,
  characters: number,
  tidied = (text: string) => text,
): GraphQLScalarType<Internal, External> {
  const checked = (value: unknown) => {
    if (typeof value !== 'string') return value;
    if (value.length <= RAW_FACTOR * characters) return tidied(value);
    throw new GraphQLError(`${scalar.name} has at most ${characters} characters; this has ${value.length}.`);
  };
  return new GraphQLScalarType({
    ...scalar.toConfig(),
    parseValue: (value) => scalar.parseValue(checked(value)),
    parseLiteral: (node, variables) =>
      located(node, () => {
        if (node.kind !== Kind.STRING) return scalar.parseLiteral(node, variables);
        return scalar.parseLiteral({ ...node, value: String(checked(node.value)) }, variables);
      }),
    extensions: { ...scalar.extensions, characters },
  });
}

/** graphql-js adds the place in the document to errors of literals only where they are not GraphQLErrors. */
function located<T>(node: ValueNode, parse: () => T): T {
  try {
    return parse();
  } catch (thrown) {
    if (!(thrown instanceof GraphQLError) || thrown.nodes) throw thrown;
    throw new GraphQLError(thrown.message, { nodes: node, extensions: thrown.extensions });
  }
}
