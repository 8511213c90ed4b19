import { hasQualifierWords } from '../../../../language/headlines/qualifier-words.ts';
import { qualifiersIn, wordSegmenter } from '../../../../language/headlines/qualifiers.ts';
import { statementsOf } from '../../../../language/headlines/statements.ts';
import type { Language } from '../../../../language/language.ts';
import { chineseLocations } from './chinese-locations.ts';
import { type Location, type LocationNames, type NamedLocation, nameKey } from './country-names.ts';
import { LOCATION_WORDS, type LocationWords } from './location-words.ts';

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What is between the word and the one before it. */
  readonly gap: string;
}

interface Candidate {
  readonly location: Location;
  /** Indices of its first word and of the word after it. */
  readonly from: number;
  readonly to: number;
}

/** UTF-16 units; a beat is shorter. */
const LONGEST_READ = 2_000;
/** A reader cannot follow more. */
const MOST = 4;
/** Words between two joined places: "and in the". */
const MOST_JOINING = 3;

/**
 * The countries and cities where something is or happens, in order; none where a sentence denies something, or a name may
 * mean something else.
 */
export function locationsIn(text: string, names: LocationNames, language: Language): NamedLocation[] {
  if (!hasQualifierWords(language.base) || !isWritten(text, language)) return [];
  const segmenter = wordSegmenter(language);
  const found = statementsOf(text.slice(0, LONGEST_READ), language).flatMap((statement) => {
    if (statement.takenBack || qualifiersIn(statement.text, language, segmenter).some(({ denies }) => denies))
      return [];
    const locations =
      language.base === 'zh'
        ? chineseLocations(statement.text, names)
        : spacedLocations(statement.text, names, language);
    return locations.map((one) => ({ ...one, start: one.start + statement.start }));
  });
  const first = new Map<string, NamedLocation>();
  for (const one of found) if (!first.has(one.label)) first.set(one.label, one);
  return [...first.values()].slice(0, MOST);
}

/** False for text in capitals, in which names cannot be distinguished from other words. */
function isWritten(text: string, { spaced }: Language): boolean {
  return !spaced || /\p{Ll}/u.test(text);
}

function spacedLocations(text: string, names: LocationNames, language: Language): NamedLocation[] {
  const known = LOCATION_WORDS[language.base];
  if (known === undefined) return [];
  const words = wordsOf(text);
  const result: NamedLocation[] = [];
  let joinsAt = -1;
  for (let at = 0; at < words.length; ) {
    const candidate = candidateAt(words, at, names, language);
    if (candidate === null) {
      at += 1;
      continue;
    }
    const isPlace =
      !isSomethingElse(words, candidate, known, language) &&
      (isAfterPlaceWord(words, candidate, known) ||
        isSubject(words, candidate, known) ||
        isJoined(words, candidate, known, joinsAt));
    if (isPlace) {
      result.push({ ...candidate.location, start: words[at]?.start ?? 0 });
      joinsAt = candidate.to;
    }
    at = candidate.to;
  }
  return result;
}

function wordsOf(text: string): Word[] {
  let end = 0;
  return Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+/gu), ({ 0: word, index }) => {
    const gap = text.slice(end, index);
    end = index + word.length;
    return { text: word, start: index, end, gap };
  });
}

/** The longest name that begins with a word; in German also its genitive. */
function candidateAt(words: readonly Word[], from: number, names: LocationNames, language: Language): Candidate | null {
  if (!/^\p{Lu}/u.test(words[from]?.text ?? '')) return null;
  for (let count = Math.min(names.longest, words.length - from); count > 0; count--) {
    const part = words.slice(from, from + count);
    if (part.slice(1).some(({ gap }) => !/^[ .'’\u00a0-]{1,2}$/u.test(gap))) continue;
    const key = nameKey(part.map(({ text }) => text).join(' '), language);
    const location =
      names.byName.get(key) ??
      (language.base === 'de' && key.endsWith('s') ? names.byName.get(key.slice(0, -1)) : undefined);
    if (location !== undefined) return { location, from, to: from + count };
  }
  return null;
}

function isSomethingElse(
  words: readonly Word[],
  { from, to, location }: Candidate,
  known: LocationWords,
  { base }: Language,
): boolean {
  const [first, next] = [words[from], words[to]];
  if (first === undefined || /[-@#/]$/u.test(first.gap)) return true;
  if (next === undefined || !/^[ \u00a0’'-]/u.test(next.gap)) return false;
  if (next.gap.startsWith('-')) return true;
  const isPossessive = /^[’']$/u.test(next.gap) && next.text === 's';
  if (isPossessive) return PEOPLE.has(location.label);
  if (known.notAfter.has(next.text.toLowerCase())) return true;
  // In German every noun has a capital.
  const isName = /^\p{Lu}/u.test(next.text) && /^[ \u00a0]$/u.test(next.gap);
  return isName && (base !== 'de' || PEOPLE.has(location.label));
}

/** Names that people have too. */
const PEOPLE: ReadonlySet<string> = new Set([
  'Jordan',
  'Chad',
  'Israel',
  'Sydney',
  'Paris',
  'London',
  'Lima',
  'Kenya',
  'India',
  'Vienna',
  'Havana',
]);

function isAfterPlaceWord(words: readonly Word[], { from, location }: Candidate, known: LocationWords): boolean {
  let at = from - 1;
  if (!isTight(words[from])) return false;
  while (at > 0 && known.between.has(lower(words[at])) && isTight(words[at]) && !known.inside.has(lower(words[at])))
    at -= 1;
  const word = lower(words[at]);
  const before = isTight(words[at]) ? lower(words[at - 1]) : '';
  if (known.inside.has(word)) return !known.notBefore.has(before) && !(PEOPLE.has(location.label) && word === 'from');
  if (location.point !== null && known.inCity.has(word)) return !known.notBefore.has(before);
  const isPlain = known.weak.has(word) || (at < from - 1 && known.weak.has(lower(words[at + 1])));
  const owner = known.weak.has(word) ? before : word;
  if (isPlain) return known.geography.has(owner) || known.motion.has(owner);
  // German: "im Norden Italiens".
  return (
    at === from - 1 &&
    known.geography.has(word) &&
    /s$/u.test(words[from]?.text ?? '') &&
    words[from]?.text !== location.label
  );
}

/** "Iceland has more than 100 volcanoes." */
function isSubject(words: readonly Word[], { from, to, location }: Candidate, known: LocationWords): boolean {
  const isFirst = from === 0 || (from === 1 && known.between.has(lower(words[0])) && isTight(words[1]));
  return isFirst && !THINGS.has(location.label) && isTight(words[to]) && known.verbs.has(lower(words[to]));
}

/** Names that are written with a capital at the beginning of a sentence also where they mean a thing or a person. */
const THINGS: ReadonlySet<string> = new Set([
  'Turkey',
  'China',
  'Chile',
  'Jordan',
  'Chad',
  'Guinea',
  'Mali',
  'Chine',
  'Peru',
  'Cuba',
  'Paris',
  'Sydney',
  'Lima',
  'Israel',
]);

/** "in France, Germany and Italy" */
function isJoined(words: readonly Word[], { from }: Candidate, known: LocationWords, joinsAt: number): boolean {
  if (joinsAt === -1 || from - joinsAt > MOST_JOINING) return false;
  const between = words.slice(joinsAt, from);
  return (
    between.every((word) => known.joining.has(lower(word)) && /^,? $/u.test(word.gap)) &&
    /^,? $|^[’']$/u.test(words[from]?.gap ?? '') &&
    (between.length > 0 || words[from]?.gap === ', ')
  );
}

/** True if only a space or an apostrophe is between the word and the one before it. */
function isTight(word: Word | undefined): boolean {
  return word !== undefined && /^[ \u00a0’']$/u.test(word.gap);
}

function lower(word: Word | undefined): string {
  return word?.text.toLowerCase() ?? '';
}
