import type { RuledLanguage } from '../languages/ruled-language.ts';
import { type SpokenText, SpokenTextBuilder } from '../spoken-text.ts';
import { tokensOf } from '../tokens.ts';
import { date, time } from './calendar.ts';
import { fraction } from './fractions.ts';
import { abbreviation, dot, name, slash, version } from './names.ts';
import { quantity } from './quantities.ts';
import { Reader, type Rule } from './reader.ts';
import { aroundTheClock, flight, plural, verse } from './references.ts';
import { sign } from './signs.ts';
import { ordinalSpan, span } from './spans.ts';

/** In order: the first that has something to say about a place wins. Specific rules are before general ones. */
/** Numbers that count nothing, before anything could count them. */
const REFERENCES: readonly Rule[] = [verse, span, ordinalSpan, aroundTheClock, plural, flight];
const SHARED: readonly Rule[] = [abbreviation, date, time, fraction, version, quantity, sign, name, dot, slash];

/** Says numbers, signs and abbreviations in words. Each token is read once, from the beginning to the end. */
export function scan(spoken: SpokenText, language: RuledLanguage): SpokenText {
  const tokens = tokensOf(spoken.text, language.spaceGroups);
  const reader = new Reader(language, spoken.text, tokens);
  const rules = [...REFERENCES, ...language.rules, ...SHARED];
  const builder = new SpokenTextBuilder();
  for (let at = 0; at < reader.length; ) {
    const reading = firstReading(rules, reader, at);
    const { start } = reader.token(at);
    const end = reading?.end ?? at + 1;
    const stop = Math.min(reader.token(end).start, spoken.text.length);
    if (reading === undefined) builder.copy(spoken, start, stop);
    else builder.add(spaced(reading.words, spoken.text, start, stop), spoken.origins[start] ?? 0);
    at = end;
  }
  return builder.done();
}

function firstReading(rules: readonly Rule[], reader: Reader, at: number) {
  for (const rule of rules) {
    const reading = rule(reader, at);
    if (reading) return reading;
  }
  return undefined;
}

/** Words beside a letter or digit are parted from it: "B2B" is "B two B". */
function spaced(words: string, text: string, start: number, end: number): string {
  const before = /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, start - 2), start)) && /^[\p{L}\p{N}]/u.test(words);
  const after = /^[\p{L}\p{N}]/u.test(text.slice(end, end + 2)) && /[\p{L}\p{N}.]$/u.test(words);
  const once = words.endsWith('.') && text[end] === '.' ? words.slice(0, -1) : words;
  return `${before ? ' ' : ''}${once}${after ? ' ' : ''}`;
}
