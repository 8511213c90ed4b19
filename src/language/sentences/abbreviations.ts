import type { Language } from '../language.ts';
import { isStopWord } from '../words/stop-words.ts';
import { abbreviationsOf } from './abbreviation-lists.ts';

/** Ends an enumeration; a capital letter after it begins a sentence. */
const ENDS_ENUMERATION = new Set('etc usw uvm ecc enz'.split(' '));
/** After hours; a capital letter after them begins a sentence, unless it is a zone, a day or a month ("3 p.m. Monday"). */
const AFTER_HOURS =
  /^(?:[A-Z]{2,4}\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|(?:January|February|March|April|May|June|July|August|September|October|November|December|Eastern|Central|Mountain|Pacific|Greenwich)\b)/u;

/** No abbreviation is longer; looking further back on a page of full stops would take quadratic time. */
const LONGEST = 24;

/** True where the dot at the end of `before` does not end a sentence, given what follows. */
export function cannotEndSentence(before: string, after: string, language: Language): boolean {
  const last = lastWord(before.slice(-LONGEST), language);
  if (last === undefined) return false;
  const word = last.toLowerCase();
  const lists = abbreviationsOf(language.base);
  if (isHour(before)) return !/^[\p{Pi}\p{Ps}"']*\p{Lu}/u.test(after) || AFTER_HOURS.test(after);
  if (ENDS_ENUMERATION.has(word)) return !/^[\p{Pi}\p{Ps}"'¿¡]*[\p{Lu}\p{N}]/u.test(after);
  // "Dr. h. c. Meyer"; "Vitamin C." may end a sentence.
  if (/(?:^|\s)h\. ?c\.$/u.test(before.slice(-LONGEST))) return true;
  if (lists.beforeNumber.has(word) && /^\p{N}/u.test(after)) return true;
  if (lists.neverLast.has(word)) return true;
  // An initial, as in "J. K. Rowling"; "I." is more often the end of "than I."
  if (/^\p{Lu}$/u.test(last) && last !== 'I') return !startsSentence(after, language) || /^\p{Lu}\./u.test(after);
  if (lists.sometimesLast.has(word)) return !startsSentence(after, language);
  // "EE. UU.", "z. Hd.": two short parts with a space between them.
  if (/^\p{Lu}{2}$/u.test(last) && /^\p{Lu}{2}\./u.test(after)) return true;
  return language.base === 'de' && (isGermanOrdinal(last, after) || isInGermanDate(before, last, after));
}

/** "5 p.m.", "9 a. m." */
function isHour(before: string): boolean {
  return /(?:^|[\s\d])[ap]\. ?m\.$/iu.test(before.slice(-LONGEST));
}

/** The word before a final full stop, without opening marks; undefined if there is no full stop or no word. */
function lastWord(before: string, language: Language): string | undefined {
  if (!before.endsWith('.')) return undefined;
  const word = before.slice(0, -1).split(/\s/u).at(-1);
  return word === '' || word === undefined
    ? undefined
    : withoutElision(word.replace(/^[("'«„“¿¡[]+/u, ''), language.base);
}

/** "dell’ing" → "ing": the word after an article that is written together with it. */
export function withoutElision(word: string, base: string): string {
  return base === 'it' || base === 'fr' ? word.replace(/^\p{L}{1,6}['’](?=\p{L})/u, '') : word;
}

/** "am 3. Oktober", "der 2. Weltkrieg", "Friedrich II. von"; a year before a dot ends its sentence. */
function isGermanOrdinal(last: string, after: string): boolean {
  return (
    /^(?:\d{1,2}|[IVX]{1,5})$/u.test(last) &&
    /^\p{Lu}\p{Ll}+/u.test(after) &&
    !/^(?:Das|Der|Die|Es|Er|Sie|Dann|Danach|Doch)\b/u.test(after)
  );
}

/** Between the day, the month and the year of "am 3. 4. 1887". */
function isInGermanDate(before: string, last: string, after: string): boolean {
  if (!/^\d{1,2}$/u.test(last)) return false;
  const isDay = /^\d{1,2}\. ?\d{4}\b/u.test(after);
  return isDay || (/\b\d{1,2}\. ?\d{1,2}\.$/u.test(before.slice(-LONGEST)) && /^\d{4}\b/u.test(after));
}

/** A capitalised grammar word ("The", "She") most likely begins a sentence; a capitalised name may continue one. */
function startsSentence(after: string, language: Language): boolean {
  const first = /^[\p{Pi}\p{Ps}"']*([\p{L}'’]+)/u.exec(after)?.[1];
  return first === undefined || isStopWord(first.toLowerCase(), language);
}
