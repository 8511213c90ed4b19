import {
  GraphQLInt,
  GraphQLObjectType,
  type GraphQLScalarType,
  GraphQLSchema,
  parse,
  parseValue,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { BigIntString, DateTime, Decimal, EmailAddress, LanguageTag, URL } from './scalars.ts';

/** The same literal as a document and as a variable. */
function readBoth(scalar: GraphQLScalarType, literal: string): unknown[] {
  return [scalar.parseLiteral(parseValue(literal), {}), scalar.parseValue(JSON.parse(literal))];
}

function refusesBoth(scalar: GraphQLScalarType, literal: string): void {
  expect(() => scalar.parseLiteral(parseValue(literal), {})).toThrow();
  expect(() => scalar.parseValue(JSON.parse(literal))).toThrow();
}

describe('DateTime', () => {
  it('gives UTC with milliseconds for dates and for texts', () => {
    expect(DateTime.serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
    expect(DateTime.serialize('2026-01-31T10:30:00+01:00')).toBe('2026-01-31T09:30:00.000Z');
  });

  it('reads RFC 3339', () => {
    for (const value of readBoth(DateTime, '"2026-01-31T10:30:00.5+01:00"'))
      expect(value).toEqual(new Date('2026-01-31T09:30:00.500Z'));
  });

  it.each(['"2026-02-30T00:00:00Z"', '"2026-01-31"', '"yesterday"', '"2026-01-31T10:30:00"'])('refuses %s', (text) => {
    refusesBoth(DateTime, text);
  });
});

describe('LanguageTag', () => {
  it('writes tags the usual way', () => {
    expect(readBoth(LanguageTag, '"ZH-tw"')).toEqual(['zh-TW', 'zh-TW']);
    expect(readBoth(LanguageTag, '"en"')).toEqual(['en', 'en']);
  });

  it('accepts 35 characters and refuses 36', () => {
    const tag = (length: number) => `"en-x-${'abcdefgh-'.repeat(4)}"`.slice(0, length + 1).concat('"');
    expect(readBoth(LanguageTag, tag(35))).toHaveLength(2);
    refusesBoth(LanguageTag, tag(36));
  });

  it.each(['"zh_TW"', '""', '"english language"', '["en"]', '7', 'null', '{}'])('refuses %s', (text) => {
    refusesBoth(LanguageTag, text);
  });
});

describe('BigInt', () => {
  it('is always a string, however small', () => {
    expect(BigIntString.serialize(7)).toBe('7');
    expect(BigIntString.serialize('9007199254740993')).toBe('9007199254740993');
    expect(BigIntString.serialize(-5n)).toBe('-5');
  });

  it('accepts 64 bits and no more', () => {
    expect(readBoth(BigIntString, '"9223372036854775807"')).toEqual([2n ** 63n - 1n, 2n ** 63n - 1n]);
    expect(readBoth(BigIntString, '"-9223372036854775808"')).toEqual([-(2n ** 63n), -(2n ** 63n)]);
    refusesBoth(BigIntString, '"9223372036854775808"');
    refusesBoth(BigIntString, '"-9223372036854775809"');
  });

  it.each(['"1.5"', '""', '"0x10"', 'true', '1.5', '["1"]', '" 1"'])('refuses %s', (text) => {
    refusesBoth(BigIntString, text);
  });

  it('does not return what is not an integer', () => {
    expect(() => BigIntString.serialize(1.5)).toThrow();
    expect(() => BigIntString.serialize(2 ** 60)).toThrow();
  });
});

describe('Decimal', () => {
  it('has four places', () => {
    expect(Decimal.serialize('0.042')).toBe('0.0420');
    expect(Decimal.serialize('12')).toBe('12.0000');
    expect(readBoth(Decimal, '"-3.5"')).toEqual(['-3.5000', '-3.5000']);
  });

  it.each(['"0.00001"', '"1e3"', '"."', '""', '1.5', '"12345678901"', '["1"]'])('refuses %s', (text) => {
    refusesBoth(Decimal, text);
  });
});

describe('EmailAddress', () => {
  it('removes the spaces that keyboards add', () => {
    for (const text of ['"ann@example.org "', '" \\tann@example.org"', '"ann@example.org"'])
      expect(readBoth(EmailAddress, text)).toEqual(['ann@example.org', 'ann@example.org']);
    refusesBoth(EmailAddress, '"ann @example.org"');
  });
});

/** What `parse` throws, as a message. */
function messageOf(parse: () => unknown): string {
  try {
    return `gave ${String(parse())}`;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : 'threw no error';
  }
}

describe('Each of our own scalars', () => {
  it.each([BigIntString, DateTime, Decimal, EmailAddress, LanguageTag, URL])(
    '%s says where in the document a wrong literal is',
    (scalar) => {
      const field = { type: GraphQLInt, args: { given: { type: scalar } } };
      const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { field } }) });
      for (const literal of ['""', '"?"', 'true', '[]', `"${'a'.repeat(10_000)}"`]) {
        const [error, ...others] = validate(schema, parse(`{ field(given: ${literal}) }`));
        expect(error?.locations).toEqual([{ line: 1, column: 16 }]);
        expect(others).toEqual([]);
      }
    },
  );

  it.each([DateTime, EmailAddress, URL])('%s refuses a text that is far too long without parsing it', (scalar) => {
    const most = 4 * Number(scalar.extensions['characters']);
    const parsed = (length: number) => messageOf(() => scalar.parseValue(' '.repeat(length)));
    expect(parsed(most)).not.toMatch(/has at most/);
    expect(parsed(most + 1)).toMatch(/has at most/);
  });
});
