import type { Language } from '../language.ts';
import { isStopWord } from '../words/stop-words.ts';

/** Never at the end of a sentence: titles, "for example" and similar. Lower case, without the last dot. */
const NEVER_LAST: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(
    'dr mr mrs ms prof rev gen sgt capt lt st mt sen rep gov pres e.g i.e cf vs viz approx fig figs eq ca'.split(' '),
  ),
  de: new Set(
    'dr prof hr fr frl st z z.b d d.h u u.a i o s vgl bzw ca evtl ggf inkl sog nr abb art mio mrd'.split(' '),
  ),
  fr: new Set('dr m mm mme mlle pr st ste p.ex cf env av apr no fig'.split(' ')),
  es: new Set('dr dra sr sra srta d dña prof p p.ej ej núm fig aprox cf vs'.split(' ')),
  pt: new Set('dr dra sr sra srta prof profa p p.ex ex núm fig aprox cf vs'.split(' ')),
  it: new Set('dr dott dott.ssa sig sig.ra sigg prof prof.ssa ing avv p p.es es fig ca cfr vs'.split(' ')),
};

/** At the end or inside of a sentence; the following text decides. */
const SOMETIMES_LAST = new Set(
  'etc inc ltd co corp jr sr a.m p.m u.s u.k u.n e.u b.c a.d ph.d usw bzgl jh u.ä uvm ecc vv ee.uu'.split(' '),
);

const NUMBERED = new Set('no nos nr núm n p pp vol fig art kap abs'.split(' '));

/** No abbreviation is longer; looking further back on a page of full stops would take quadratic time. */
const LONGEST = 24;

/** True where the dot at the end of `before` does not end a sentence, given what follows. */
export function cannotEndSentence(before: string, after: string, language: Language): boolean {
  const last = lastWord(before.slice(-LONGEST));
  if (last === undefined) return false;
  const word = last.toLowerCase();
  if (NEVER_LAST[language.base]?.has(word)) return true;
  if (NUMBERED.has(word) && /^\p{N}/u.test(after)) return true;
  // An initial, as in "J. K. Rowling"; "I." is more often the end of "than I."
  if (/^\p{Lu}$/u.test(last) && last !== 'I') return !startsSentence(after, language) || /^\p{Lu}\./u.test(after);
  if (SOMETIMES_LAST.has(word)) return !startsSentence(after, language);
  return language.base === 'de' && isGermanOrdinal(word, after);
}

/** The word before a final full stop, without opening marks; undefined if there is no full stop or no word. */
function lastWord(before: string): string | undefined {
  if (!before.endsWith('.')) return undefined;
  const word = before.slice(0, -1).split(/\s/u).at(-1);
  return word === '' ? undefined : word?.replace(/^[("'«„“¿¡[]+/u, '');
}

/** "am 3. Oktober", "der 2. Weltkrieg"; a year before a dot ends its sentence. */
function isGermanOrdinal(word: string, after: string): boolean {
  return (
    /^\d{1,2}$/u.test(word) &&
    /^\p{Lu}\p{Ll}+/u.test(after) &&
    !/^(?:Das|Der|Die|Es|Er|Sie|Dann|Danach|Doch)\b/u.test(after)
  );
}

/** A capitalised grammar word ("The", "She") most likely begins a sentence; a capitalised name may continue one. */
function startsSentence(after: string, language: Language): boolean {
  const first = /^[\p{Pi}\p{Ps}"']*([\p{L}'’]+)/u.exec(after)?.[1];
  return first === undefined || isStopWord(first.toLowerCase(), language);
}
