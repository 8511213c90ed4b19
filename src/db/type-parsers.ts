import { types } from 'pg';

type Parser = (text: string) => unknown;

const BOOLEAN = 16;
const INT8 = 20;
const TEXT = 25;
const VARCHAR = 1043;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;
const UUID = 2950;

const asText: Parser = (text) => text;

/**
 * How the driver parses what PostgreSQL sends, by the type's number in pg_type, in all statements, those of the ORM included: times as
 * dates, and 64-bit integers as numbers, because ours stay below 2⁵³. Decimal numbers stay text, because they may be amounts of money.
 * All other types are parsed as `pg` does it, JSON as its value. The types of most columns are listed, because `pg` looks for a parser
 * at each column of each answer, in three places.
 */
const PARSERS: Readonly<Record<number, Parser>> = {
  [BOOLEAN]: (text) => text === 't',
  [INT8]: Number,
  [TEXT]: asText,
  [VARCHAR]: asText,
  [TIMESTAMPTZ]: parseMoment,
  [NUMERIC]: asText,
  [UUID]: asText,
};

/** For the option `types` of a connection of `pg`. */
export const typeParsers = {
  getTypeParser: (type: number, format?: 'text' | 'binary'): Parser =>
    PARSERS[type] ?? types.getTypeParser(type, format),
};

/**
 * `2026-01-31 09:30:00.5+00`, as PostgreSQL writes it in a session whose time zone is UTC. Parsed digit by digit, because
 * Date's own parser took a tenth of the total work of a page.
 */
function parseMoment(text: string): Date {
  // Years of five digits, and years BC.
  if (text.charCodeAt(4) !== MINUS || !text.endsWith('+00'))
    return new Date(text.replace(' ', 'T').replace('+00', 'Z'));
  const date = Date.UTC(number(text, 0, 4), number(text, 5, 7) - 1, number(text, 8, 10));
  const clock = (number(text, 11, 13) * 60 + number(text, 14, 16)) * 60 + number(text, 17, 19);
  const fraction = text.length > 22 ? Math.trunc(number(text, 20, text.length - 3) * 10 ** (26 - text.length)) : 0;
  return new Date(date + clock * 1_000 + fraction);
}

const MINUS = 45;
const ZERO = 48;

function number(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = 10 * value + text.charCodeAt(at) - ZERO;
  return value;
}
