import type { Currency, Noun } from '../languages/spoken-language.ts';
import type { Reader } from './reader.ts';

/** A key of a table of the language, and the place after it. */
interface Key {
  readonly text: string;
  readonly end: number;
}

/** What follows a number, and the place after it. */
export interface Tail {
  readonly end: number;
  readonly noun: Noun | undefined;
  readonly currency: Currency | undefined;
  readonly scale: Noun | undefined;
}

/** A sign or code of a currency before a number, and the place of the number. */
export interface Prefix {
  readonly currency: Currency | undefined;
  readonly key: string;
  readonly end: number;
}

/** "HK$", "EUR " and so on before a number. */
export function currencyBefore(reader: Reader, at: number): Prefix {
  const none: Prefix = { currency: undefined, key: '', end: at };
  const { kind } = reader.token(at);
  if (kind === 'space' || kind === 'number' || (kind === 'word' && !reader.isFree(at))) return none;
  const found = reader.longest(at, 'currencies');
  if (found === undefined) return none;
  const end = reader.skipSpace(found.end);
  return reader.token(end).kind === 'number'
    ? { currency: reader.language.currencies[found.text], key: found.text, end }
    : none;
}

/** The scale, unit or currency after the numbers. */
export function tailAt(reader: Reader, at: number, before: Currency | undefined, scaleSoFar: Noun | undefined): Tail {
  const { language } = reader;
  const nothing: Tail = { end: at, scale: scaleSoFar, currency: before, noun: undefined };
  if (isInCode(reader, at)) return nothing;
  const place = reader.skipSpace(at);
  const scaleFound = scaleSoFar ? undefined : reader.longest(place, 'scales');
  const scale = scaleFound ? language.scales[scaleFound.text] : scaleSoFar;
  const end = scaleFound?.end ?? at;
  if (before) {
    // "$2,000 pesos": the noun says which currency it is.
    const isNamed = language.currencyNames.has(reader.wordAfter(end).toLowerCase());
    return { end, scale, currency: isNamed ? undefined : before, noun: undefined };
  }
  const next = reader.skipSpace(end);
  const money = reader.longest(next, 'currencies');
  const unit = scale ? undefined : reader.longest(next, 'units');
  // In "5 $10 bills" the sign belongs to the next number.
  const isSuffix = money && reader.token(money.end).kind !== 'number';
  if (isSuffix && (unit === undefined || money.text.length >= unit.text.length))
    return { end: money.end, scale, currency: language.currencies[money.text], noun: undefined };
  if (unit && reader.text(unit.end) !== "'") return { scale, currency: undefined, ...unitFrom(reader, unit) };
  return { end, scale, currency: undefined, noun: undefined };
}

/** "kg" and, with a second unit, "kg/m²". */
function unitFrom(reader: Reader, unit: Key): { readonly end: number; readonly noun: Noun | undefined } {
  const { units, signs } = reader.language;
  const noun = units[unit.text];
  const second = reader.text(unit.end) === '/' ? reader.longest(unit.end + 1, 'units') : undefined;
  const of = second && units[second.text]?.[0];
  if (second === undefined || noun === undefined || of === undefined) return { end: endOf(reader, unit), noun };
  const per = ` ${signs.per} ${of}`;
  return { end: endOf(reader, second), noun: [noun[0] + per, noun[1] + per, noun[2] ?? 'masculine'] };
}

/** "MP3s": a number that follows a letter is a part of a name, but not in "5x8 m". */
function isInCode(reader: Reader, at: number): boolean {
  if (reader.text(at - 2) === 'x' && reader.token(at - 3).kind === 'number') return false;
  return reader.token(at - 1).kind === 'number' && reader.token(at - 2).kind === 'word';
}

/** The full stop of "5 lbs." ends the sentence, too, before a capital letter or at the end of the text. */
function endOf(reader: Reader, { text, end }: Key): number {
  if (!text.endsWith('.')) return end;
  const next = reader.text(reader.skipSpace(end));
  const isLast = next === '' || next.includes('\n') || (/^\p{Ll}/u.test(text) && /^\p{Lu}/u.test(next));
  return isLast ? end - 1 : end;
}
