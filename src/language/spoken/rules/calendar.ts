import type { Day } from '../languages/spoken-language.ts';
import type { Reader, Reading, Rule } from './reader.ts';

/** "2024-03-05", "3/4/2024" and "5.3.2024". */
export const date: Rule = (reader, at) => {
  if (reader.token(at).kind !== 'number' || !reader.isFree(at)) return undefined;
  const found = dottedDay(reader.text(at)) ?? markedDay(reader, at);
  if (found === undefined || !isDay(found.day)) return undefined;
  return { words: reader.language.date(found.day, reader.wordBefore(at)), end: at + found.length };
};

interface Found {
  readonly day: Day;
  /** In tokens. */
  readonly length: number;
}

function dottedDay(text: string): Found | undefined {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u.exec(text) ?? [];
  return year === undefined ? undefined : { day: { day: Number(day), month: Number(month), year }, length: 1 };
}

function markedDay(reader: Reader, at: number): Found | undefined {
  const mark = reader.text(at + 1);
  if ((mark !== '-' && mark !== '/') || reader.text(at + 3) !== mark || reader.text(at + 5) === mark) return undefined;
  const [first, second, third] = [at, at + 2, at + 4].map((place) => reader.text(place));
  if (first === undefined || second === undefined || third === undefined || !/^\d{1,2}$/u.test(second))
    return undefined;
  if (/^\d{4}$/u.test(first) && /^\d{1,2}$/u.test(third))
    return { day: { year: first, month: Number(second), day: Number(third) }, length: 5 };
  if (!/^\d{1,2}$/u.test(first) || !/^\d{4}$/u.test(third)) return undefined;
  const { monthFirst } = reader.language;
  const isMonthFirst = Number(second) > 12 || (monthFirst && Number(first) <= 12);
  const [month, day] = isMonthFirst ? [Number(first), Number(second)] : [Number(second), Number(first)];
  return { day: { day, month, year: third }, length: 5 };
}

const isDay = ({ day, month }: Day): boolean => day >= 1 && day <= 31 && month >= 1 && month <= 12;

/** "7:45", "7:45 a.m.", "5pm", "16.30 Uhr", "16h30". */
export const time: Rule = (reader, at) => {
  if (reader.token(at).kind !== 'number' || !reader.isFree(at)) return undefined;
  const first = timeAt(reader, at, false);
  const dash = first && reader.skipSpace(first.end);
  if (first === undefined || dash === undefined || !/^[-–—]$/u.test(reader.text(dash))) return first;
  // "9:00–17:00" is "nine to seventeen", without "o'clock".
  const second = timeAt(reader, reader.skipSpace(dash + 1), false);
  if (second === undefined) return first;
  const start = timeAt(reader, at, true) ?? first;
  return { words: `${start.words} ${reader.language.signs.range} ${second.words}`, end: second.end };
};

function timeAt(reader: Reader, at: number, isShort: boolean): Reading | undefined {
  return (
    secondsTime(reader, at) ?? clockTime(reader, at, isShort) ?? dottedTime(reader, at, isShort) ?? hourTime(reader, at)
  );
}

/** "10:30:15": the hour, the minute and the second, one after the other. */
function secondsTime(reader: Reader, at: number): Reading | undefined {
  const parts = [at, at + 2, at + 4].map((place) => reader.text(place));
  const [hour = '', minute = '', second = ''] = parts;
  const isTime = hourOf(hour) !== undefined && minuteOf(minute) !== undefined && minuteOf(second) !== undefined;
  if (!isTime || reader.text(at + 1) !== ':' || reader.text(at + 3) !== ':' || reader.text(at + 5) === ':')
    return undefined;
  const say = (part: string): string =>
    /^0[1-9]$/u.test(part) ? reader.digits(part) : reader.language.cardinal(`${Number(part)}`, 'alone');
  return { words: [`${Number(hour)}`, minute, second].map(say).join(' '), end: at + 5 };
}

function clockTime(reader: Reader, at: number, isShort: boolean): Reading | undefined {
  const hour = hourOf(reader.text(at));
  const minute = minuteOf(reader.text(at + 2));
  if (hour === undefined || minute === undefined || reader.text(at + 1) !== ':' || reader.text(at + 3) === ':')
    return undefined;
  return withSuffix(reader, { hour, minute, end: at + 3 }, isShort);
}

/** "7.45pm", "ore 16.30": only beside a word for a time, because "7.45" is a number. */
function dottedTime(reader: Reader, at: number, isShort: boolean): Reading | undefined {
  const [, hours = '', minutes = ''] = /^(\d{1,2})[.]([0-5]\d)$/u.exec(reader.text(at)) ?? [];
  const hour = hourOf(hours);
  if (hour === undefined) return undefined;
  const isTime = suffixAt(reader, at + 1) !== undefined || reader.wordBefore(at) === 'ore';
  return isTime ? withSuffix(reader, { hour, minute: Number(minutes), end: at + 1 }, isShort) : undefined;
}

/** "5pm", "16 Uhr", "16h30" and "16 h 30". */
function hourTime(reader: Reader, at: number): Reading | undefined {
  const hour = hourOf(reader.text(at));
  if (hour === undefined) return undefined;
  const suffix = suffixAt(reader, at + 1);
  // "17 h" alone is a quantity of hours.
  if (suffix && !Object.hasOwn(reader.language.units, suffix.text))
    return withSuffix(reader, { hour, minute: 0, end: at + 1 }, false);
  const mark = reader.skipSpace(at + 1);
  const place = reader.skipSpace(mark + 1);
  const minute = /^[hH]$/u.test(reader.text(mark)) ? minuteOf(reader.text(place)) : undefined;
  return minute === undefined ? undefined : { words: reader.language.time(hour, minute, false), end: place + 1 };
}

function withSuffix(
  reader: Reader,
  { hour, minute, end }: { readonly hour: number; readonly minute: number; readonly end: number },
  isShort: boolean,
): Reading {
  const { time: say, timeSuffixes } = reader.language;
  const suffix = suffixAt(reader, end);
  const words = say(hour, minute, isShort || suffix !== undefined);
  return suffix ? { words: `${words} ${timeSuffixes[suffix.text] ?? ''}`.trimEnd(), end: suffix.end } : { words, end };
}

function suffixAt(reader: Reader, at: number): { readonly text: string; readonly end: number } | undefined {
  return reader.longest(reader.skipSpace(at), 'timeSuffixes');
}

const hourOf = (text: string): number | undefined => (/^(?:[01]?\d|2[0-4])$/u.test(text) ? Number(text) : undefined);
const minuteOf = (text: string): number | undefined => (/^[0-5]\d$/u.test(text) ? Number(text) : undefined);
