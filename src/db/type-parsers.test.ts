import { expect, it } from 'vitest';
import { typeParsers } from './type-parsers.ts';

const INT8 = 20;
const JSONB = 3802;
const NUMERIC = 1700;
const TEXTS = 1009;
const TIMESTAMPTZ = 1184;

/** The value that a column of this type gets from this text. */
const parsed = (type: number, text: string) => typeParsers.getTypeParser(type)(text);

it.each([
  ['2026-01-31 09:30:00+00', '2026-01-31T09:30:00.000Z'],
  ['2026-01-31 09:30:01.5+00', '2026-01-31T09:30:01.500Z'],
  ['2024-02-29 23:59:59.07+00', '2024-02-29T23:59:59.070Z'],
  ['1969-12-31 23:59:59.999+00', '1969-12-31T23:59:59.999Z'],
  ['2026-01-31 09:30:00.123456+00', '2026-01-31T09:30:00.123Z'],
])('the time %s is read to the millisecond', (text, expected) => {
  expect(parsed(TIMESTAMPTZ, text)).toEqual(new Date(expected));
});

it.each([
  ['{}', []],
  ['{a,b}', ['a', 'b']],
  ['{"a b","c,d","e\\"f","g\\\\h","","{}"}', ['a b', 'c,d', 'e"f', 'g\\h', '', '{}']],
  ['{NULL,"NULL"}', [null, 'NULL']],
  ['{"line\nfeed",蜜蜂}', ['line\nfeed', '蜜蜂']],
])('the texts %s are distinguished', (text, expected) => {
  expect(parsed(TEXTS, text)).toEqual(expected);
});

it('integers of 64 bits are numbers, decimal numbers stay text, and JSON is its value', () => {
  expect(parsed(INT8, '9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
  expect(parsed(NUMERIC, '0.1000')).toBe('0.1000');
  expect(parsed(JSONB, '{"a":[1]}')).toEqual({ a: [1] });
});
