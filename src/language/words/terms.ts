import type { Language } from '../language.ts';
import { abbreviationsOf } from '../sentences/abbreviation-lists.ts';
import { cannotEndSentence } from '../sentences/abbreviations.ts';
import { TITLES_WITHOUT_DOT } from '../sentences/unit-words.ts';
import { trimEnd } from '../trim.ts';
import { isStopWord } from './stop-words.ts';
import { type Word, wordsOf } from './words.ts';

/** A word, or several that are one name: "Time Warner", "St. Louis", "AT&T", "C++", "@lumio_app". */
export interface Term extends Word {
  readonly isName: boolean;
}

interface Span {
  readonly start: number;
  readonly end: number;
  /** Number of words in it. */
  readonly count: number;
}

/** In UTF-16 units; names are not longer. */
const LONGEST_NAME = 60;
/** Words of a name, apart from initials and the small words between them. */
const MOST_WORDS = 4;
/** "B." in "Elias B. Stokes", "F.C." in "Alder F.C."; "I" is more often a word or a number. */
const INITIALS = /^(?!I$)\p{Lu}(?:\.\p{Lu}){0,3}$/u;
const CAPITALISED = /^\p{Lu}[\p{L}\p{N}]*(?:['’]s)?$/u;
/** In UTF-16 units; what is read around a full stop to tell whether it belongs to an abbreviation. */
const AROUND = 24;
const SAINT = /^(?:St|Ste|Sta|Mt|Ft)\.? \p{Lu}[\p{L}\p{N}]*/u;
/** "Mr. Smith": the point ends no sentence. */
const TITLE_BEFORE = /(?:^|[^\p{L}])(?:Mrs?|Ms|Dra?|Prof|St|M|Sra?|[Ss]ig|[Ss]ra?)\.$/u;
/** German nouns all have a capital: two of them are a name only after one of these. */
const GERMAN_NAME = /^(?:New|San|Santa|Los|Las|Bad|Sankt|Saint|Rio|El|La|Le) \p{Lu}[\p{L}\p{N}]*/u;

/** The terms of a text in order, without punctuation. */
export function termsOf(text: string, language: Language): Term[] {
  const words = wordsOf(text, language);
  const terms: Term[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at];
    if (!word) break;
    const span = compoundAt(words, at, text) ?? nameAt(words, at, text, language);
    terms.push(span ? joined(text, span, language) : single(word, text, language));
    at += span?.count ?? 1;
  }
  return terms;
}

function single(word: Word, text: string, language: Language): Term {
  const content = word.content && !isQuantity(word, text) && !isAbbreviation(word, text, language);
  return { ...word, content, isName: content && isName(word, text, language) };
}

/** "7h45", "5M", the unit of a number ("2.7 km") or half a currency ("NT$500"). */
function isQuantity({ text: word, start }: Word, text: string): boolean {
  if (/[$€£¥]/u.test(text.charAt(start + word.length))) return true;
  return /^\p{N}/u.test(word) || (word.length < 3 && /\p{N}\s$/u.test(text.slice(Math.max(0, start - 2), start)));
}

/** "Prof.", "Abs. 3": half a word, of which no one knows the other half. Initials are one as well. */
function isAbbreviation({ text: word, start }: Word, text: string, language: Language): boolean {
  const dot = start + word.length;
  if (text.charAt(dot) !== '.' || word.includes('.')) return false;
  if (abbreviationsOf(language.base).sometimesLast.has(word.toLocaleLowerCase(language.tag))) return true;
  const after = text.slice(dot + 1, dot + 1 + AROUND).trimStart();
  return after !== '' && cannotEndSentence(text.slice(Math.max(0, dot - AROUND), dot + 1), after, language);
}

function joined(text: string, { start, end }: Span, language: Language): Term {
  const name = text.slice(start, end);
  const key = name.toLocaleLowerCase(language.tag).replaceAll('’', "'");
  return { text: name, key, start, content: true, isName: !/^\p{Ll}[\p{Ll}-]*$/u.test(name) };
}

/** Words joined by a sign, or with one of their own: "AT&T", "Saint-Étienne", "C#", "@name". */
function compoundAt(words: readonly Word[], at: number, text: string): Span | undefined {
  const first = words[at];
  if (!first) return undefined;
  let end = first.start + first.text.length;
  let count = 1;
  let last = first;
  for (let next = words[at + count]; next && joins(text.slice(end, next.start), last, next); next = words[at + count]) {
    end = next.start + next.text.length;
    last = next;
    count += 1;
  }
  const sign = /^(?:\+\+|#)(?![A-Za-z\d])/u.exec(text.slice(end, end + 3))?.[0] ?? '';
  const isHandle = /(?:^|[^\p{L}\p{N}])@$/u.test(text.slice(Math.max(0, first.start - 2), first.start));
  if (count === 1 && sign === '' && !isHandle) return undefined;
  return { start: first.start - (isHandle ? 1 : 0), end: end + sign.length, count };
}

function joins(gap: string, left: Word, right: Word): boolean {
  if (gap === '&') return true;
  // "Saint-Étienne", "NR-18"
  return gap === '-' && left.content && (right.content || (/^\p{Lu}+$/u.test(left.text) && /^\d+$/u.test(right.text)));
}

function nameAt(words: readonly Word[], at: number, text: string, language: Language): Span | undefined {
  const word = words[at];
  if (!word || !/^\p{Lu}/u.test(word.text)) return undefined;
  const from = text.slice(word.start, word.start + LONGEST_NAME);
  const known = (SAINT.exec(from) ?? (language.base === 'de' ? GERMAN_NAME.exec(from) : null))?.[0];
  const end = known === undefined ? nameEnd(words, at, text, language) : word.start + known.length;
  if (end === undefined) return undefined;
  let count = 1;
  while ((words[at + count]?.start ?? Number.POSITIVE_INFINITY) < end) count += 1;
  return { start: word.start, end, count };
}

/**
 * Where the name that begins with a word ends: "Bank of England", "Elias B. Stokes", "Alder F.C."; undefined for a word
 * that is no name of several words.
 */
function nameEnd(words: readonly Word[], at: number, text: string, language: Language): number | undefined {
  const first = words[at];
  if (!first || language.base === 'de' || !beginsName(first, text, language)) return undefined;
  let last = first;
  let next = at + 1;
  for (let count = 1; count < MOST_WORDS; count += INITIALS.test(last.text) ? 0 : 1) {
    const following = nextOfName(words, next);
    const word = words[following];
    if (!word || word.start + word.text.length - first.start > LONGEST_NAME) break;
    if (!continuesName(last, word, text, language)) break;
    last = word;
    next = following + 1;
  }
  if (last === first) return undefined;
  const end = last.start + last.text.replace(/['’]s$/u, '').length;
  return end + (last.text.includes('.') && text.charAt(end) === '.' ? 1 : 0);
}

/** The index of the next word that is not one of the small words of a name: "Prince of the Air". */
function nextOfName(words: readonly Word[], at: number): number {
  let next = at;
  while (next < at + 2 && /^(?:of|the)$/u.test(words[next]?.text ?? '')) next += 1;
  return next;
}

function beginsName(word: Word, text: string, language: Language): boolean {
  if (INITIALS.test(word.text) && text.charAt(word.start + word.text.length) === '.') return true;
  const isTitle = TITLES_WITHOUT_DOT.has(word.text) || isAbbreviation(word, text, language);
  return (
    word.text.length > 1 && CAPITALISED.test(word.text) && !isTitle && (word.content || !opensSentence(word, text))
  );
}

/** True for a word after "Bank of ", or after "Elias B. "; the full stop of an initial may also end a sentence. */
function continuesName(last: Word, word: Word, text: string, language: Language): boolean {
  const isInitial = INITIALS.test(word.text);
  if (!isInitial && (!CAPITALISED.test(word.text) || isAbbreviation(word, text, language))) return false;
  if (/['’]s$/u.test(last.text) || /[+#&]/u.test(text.charAt(word.start + word.text.length))) return false;
  const gap = text.slice(last.start + last.text.length, word.start);
  if (/^ (?:of |the ){0,2}$/u.test(gap)) return true;
  const isGrammar = isStopWord(word.text.toLocaleLowerCase(language.tag), language);
  return gap === '. ' && INITIALS.test(last.text) && (isInitial || !isGrammar);
}

/** A capital inside a sentence or inside the word; German nouns have one too, and tell nothing. */
function isName(word: Word, text: string, language: Language): boolean {
  if (/.\p{Lu}/u.test(word.text) || /\p{L}\.\p{L}/u.test(word.text)) return true;
  return /^\p{Lu}/u.test(word.text) && language.base !== 'de' && !opensSentence(word, text);
}

/** True if a word is the first of its sentence. */
export function opensSentence(word: Pick<Word, 'start'>, text: string): boolean {
  const before = text.slice(Math.max(0, word.start - 8), word.start);
  const outside = trimEnd(before, /[^\S\n]|["'“‘«„¿¡(]/u);
  if (TITLE_BEFORE.test(outside)) return false;
  return outside === '' || /[.!?:…。！？\n]/u.test(trimEnd(outside, /["'”’»)]/u).slice(-1));
}
