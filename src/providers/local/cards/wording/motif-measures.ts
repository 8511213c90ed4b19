import { type Language } from '../../../../language/language.ts';
import { wordsOf } from './motif-lexicon.ts';
import type { Motif } from './motif-signs.ts';

/** Of things that a ruler measures: no distances, areas or heights of places. */
const LENGTH =
  /\d\s?(?:cm|ft)(?![\p{Script=Latin}\d/²³])|(?<![\d.,])\d(?:[.,]\d{1,2})?\s?m(?![\p{Script=Latin}\d/²³])/u;
const DISTANCE = /\d\s?k?m(?![\p{Script=Latin}\d/²³])/u;
/** A distance that somebody covers is no length of a thing. */
const RACE =
  /(?<!\p{L})(?:r[au]n(?!\p{L})|runs|runn|race|sprint|swim|swam|hurdles|relay|lauf|läuft|lief|rennen|rannte|schwamm|staffel|cour(?:t|ut|s|u|ir)(?!\p{L})|course|nage|haies|corr[eií]|carrera|nadó|nadar|lisos|vallas|corrida|nadou|rasos|barreiras|cors[ae]|corso|nuot|ostacoli)|-?(?:lauf|sprint)(?!\p{L})|[跑賽赛泳]/iu;
/** Its speed is no reading of a speedometer. */
const WIND =
  /(?<!\p{L})(?:winds?|gusts?|böen?|sturm|vents?|rafales?|vientos?|rachas?|ventos?|rajadas?|vent[oi]|raffic[ah]e?)(?!\p{L})|[风風]/iu;
/** What amounts and addresses are of, the first that matches. */
const MEASURES: readonly (readonly [motif: Motif, pattern: RegExp])[] = [
  ['coins', /[$€£¥₩₹]\s?\d|\d\s?(?:[€£¥₩₹$]|M€|元)|\d\s(?:EUR|USD|reais)\b|EUR\s\d/u],
  ['thermometer', /\d\s?(?:°\s?[CF]\b|℃|℉)/u],
  ['envelope-simple', /[\p{L}\p{N}]@[\p{L}\p{N}]/u],
  ['globe', /https?:\/\//u],
  ['gauge', /\d\s?(?:km\/h|mph|m\/s)(?!\p{Script=Latin})/u],
  ['ruler', LENGTH],
  ['percent', /\d\s?%/u],
];

/** A time of day; "1 h" alone is a duration or a rate. */
const TIME =
  /(?<![\d:])\d{1,2}:\d{2}(?![\d:])|\d\s?[ap]\.\s?m\.|\d\s?[ap]m\b|\d(?:\.\d{2})? Uhr|(?<!\d)\d{1,2}\s?h\s?\d{2}(?!\d)|(?<!\p{L})(?:à|dès|vers|entre|et|avant|après|às|as|até|las|alle|dalle|ore) \d{1,2}\s?h(?!\p{L})/giu;
/** From one hour to another: "de 10 a 14 h", "8–12 Uhr". */
const OPENING = /(?<!\d)\d{1,2}(?:\s?h)?\s?(?:a|à|às|alle|bis|[-–—~～至到])\s?\d{1,2}(?:\s?h(?!\p{L})| Uhr)/iu;
const FEWEST_TIMES = 2;

/** The motif of a text that has an amount, an address, several times or a date; null if it has none. */
export function measuredMotif(text: string, language: Language): Motif | null {
  const measured = MEASURES.find(([, pattern]) => pattern.test(text))?.[0];
  if ((measured ?? 'ruler') === 'ruler' && DISTANCE.test(text) && RACE.test(text)) return 'flag-checkered';
  if (measured === 'gauge' && WIND.test(text)) return '💨';
  if (measured !== undefined) return measured;
  if (isSchedule(text)) return 'clock';
  return hasDate(text, language) ? 'calendar-blank' : null;
}

/** A text about times of day; one alone is mentioned in passing. */
function isSchedule(text: string): boolean {
  return OPENING.test(text) || Array.from(text.matchAll(TIME)).length >= FEWEST_TIMES;
}

/** A month beside the number of a day. */
function hasDate(text: string, { tag, base }: Language): boolean {
  if (base === 'zh') return /\d月\d{1,2}日/u.test(text);
  const words = wordsOf(text);
  if (!words.some(isDay)) return false;
  const months = monthsOf(tag);
  return words.some((word, at) => {
    if (!months.has(word)) return false;
    const before = words[at - 1] === 'de' ? words[at - 2] : words[at - 1];
    return isDay(before) || isDay(words[at + 1]);
  });
}

function isDay(word: string | undefined): boolean {
  return word !== undefined && /^(?:[1-9]|[12]\d|3[01])(?:er|st|nd|rd|th|º)?$/u.test(word);
}

function monthsOf(tag: string): Set<string> {
  const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2001, month, 15));
  return new Set(
    (['long', 'short'] as const).flatMap((month) => {
      const format = new Intl.DateTimeFormat(tag, { month, timeZone: 'UTC' });
      return months.flatMap((time) => wordsOf(format.format(time)));
    }),
  );
}
