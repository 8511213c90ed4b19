import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO, GraphQLEmailAddress, GraphQLURL } from 'graphql-scalars';

/** RFC 3339 in; out always UTC with milliseconds. Values inside are `Date` (rows may also hold such a text). */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'A moment as RFC 3339 text, given out in UTC with milliseconds, e.g. "2026-01-31T09:30:00.000Z".',
});

export const EmailAddress = GraphQLEmailAddress;
export const URL = GraphQLURL;

/** Canonical BCP 47 inside. `Intl` rather than graphql-scalars' Locale, which takes a list of one tag for a tag. */
export const LanguageTag = new GraphQLScalarType<string, string>({
  name: 'LanguageTag',
  description: 'A language as a BCP 47 tag, e.g. "en" or "zh-TW". Letter case does not matter on the way in.',
  specifiedByURL: 'https://www.rfc-editor.org/info/bcp47',
  serialize: parseLanguageTag,
  parseValue: parseLanguageTag,
  parseLiteral: (node) => parseLanguageTag(node.kind === Kind.STRING ? node.value : null),
});

/** Always a decimal string: the package's own changes between number and string by size. Values inside are `bigint`. */
export const BigIntString = new GraphQLScalarType<bigint, string>({
  name: 'BigInt',
  description: 'A 64-bit signed integer, given out as a decimal string whatever its size.',
  serialize: (value) => parseBigInt(value).toString(),
  parseValue: parseBigInt,
  parseLiteral: (node) => parseBigInt(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : null),
});

/** Exact: the text is never turned into a floating-point number. Values inside are such strings. */
export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number as a string with four decimal places, e.g. "0.0420".',
  serialize: parseDecimal,
  parseValue: parseDecimal,
  parseLiteral: (node) => parseDecimal(node.kind === Kind.STRING ? node.value : null),
});

/** 35 letters hold every tag without private parts (RFC 5646, §4.4.1), and are what the database keeps. */
const LONGEST_TAG = 35;

function parseLanguageTag(value: unknown): string {
  const tag = typeof value === 'string' && value.length <= LONGEST_TAG ? canonicalTag(value) : undefined;
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

function parseDecimal(value: unknown): string {
  const match = typeof value === 'string' ? /^(-?\d{1,10})(?:\.(\d{1,4}))?$/.exec(value) : null;
  if (!match) throw new GraphQLError('Decimal has to be a string with at most four decimal places, e.g. "0.0420".');
  return `${match[1]}.${(match[2] ?? '').padEnd(4, '0')}`;
}
