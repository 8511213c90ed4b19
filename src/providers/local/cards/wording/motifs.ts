import { emojiIn } from '../../../../drawing/emoji.ts';
import { clausesByRole } from './main-clauses.ts';
import { isLikenedInChinese, isMeasuredBy, likenedWords } from './motif-comparisons.ts';
import { allowedBeside, type MotifContext, motifContext } from './motif-context.ts';
import { basesOf } from './motif-inflection.ts';
import type { MotifName } from './motif-lexicon.ts';
import { cuesIn, MOTIF_LEXICONS } from './motif-lexicons.ts';
import { isPlace, type Motif, NO_MOTIFS, rankOf } from './motif-signs.ts';

/** Before a place that is named in passing, by language: "in our town". */
const BEFORE_PLACES: Readonly<Record<string, ReadonlySet<string>>> = {
  en: set('in at behind near around outside inside across of from to by beside under opposite'),
  de: set('in im am an auf aus bei beim hinter vor neben durch um von vom zum zur nach unter gegenüber'),
  fr: set('dans en à au aux de du des derrière devant près vers par sous chez'),
  es: set('en a al de del por desde hacia tras bajo cerca frente'),
  pt: set('em no na nos nas ao à de do da dos das por pelo pela sob atrás perto'),
  it: set('in nel nella nei nelle a al alla ai alle di del della dei delle da dal dalla dai dalle dietro sotto per'),
};
/** Before a season that only says when. */
const BEFORE_SEASONS = set('this last next every each diesen letzten nächsten jeden cet chaque este cada quest ogni');
/** Before a summer, whose sun is less certain than the snow of a winter: "In summer the leaves are green." */
const BEFORE_SUMMERS = set('in during im en d no durante di');
const SUMMERS = set('summer sommer été verano verão estate');
const SEASONS = set(
  'summer winter autumn sommer herbst été hiver automne verano invierno otoño verão outono estate inverno autunno',
);
/** Before a war that only says when: "during the war". */
const BEFORE_WARS = set(
  'during before after since im seit vor während nach pendant durant avant après depuis durante antes después tras desde depois após prima dopo',
);
/** Words between the preposition and the place: "in the middle of our old town" has two prepositions. */
const BETWEEN = 2;

/** What a name names where it stands: its motif, or null if the words mean nothing to see there. */
interface Naming {
  readonly motif: Motif | null;
  readonly length: number;
}

/** UTF-16 units; longer words are no German compounds. */
const LONGEST_COMPOUND = 40;
const SHORTEST_PART = 3;
/** Before a Chinese noun of one character. */
const MEASURE_WORDS = new Set('隻只條条匹尾');
/** Motifs that say less than one of those beside them, where a text names both: "In the forest grow spruces and firs." */
const SPECIFIC: Readonly<Record<Motif, ReadonlySet<Motif>>> = {
  '🌳': new Set(['🌲', '🌴']),
  '🐦': new Set(['🦉', '🦅', '🐧', '🦆', '🐔', '🦢', '🪿', '🦜', '🐦‍⬛', '🪶']),
  '🌸': new Set(['🌹', '🌻', '🌷']),
  '🎵': new Set(['🎸', '🎹', '🎻', '🥁', '🎺']),
  '🌙': new Set(['🌕', '🌑', '🌓']),
  '🌍': new Set(['🌕', '🌑', '🌓', '🌙', '🪐']),
  '🏙️': new Set(['🛕', '🏰', '⛪', '🏛️']),
};

/** What is known about a text from others. */
export interface MotifSurroundings {
  /** A longer text, whose words decide between two meanings. */
  readonly around?: string;
  /** Motifs that have nothing to do with the rest of the film, so that they are most likely a second meaning, or beside the point. */
  readonly unrelated?: ReadonlySet<Motif>;
}

/** Of what only a subordinate clause names, what is clearly to be seen. */
const LOWEST_SUBORDINATE_RANK = 3;

/**
 * The motif of a text in the language of a primary subtag: the first emoji that the author wrote, else the most concrete
 * thing that its main clauses name, the first of several, else one of the others. A word with a second meaning counts only
 * beside words that decide between them, which may also be elsewhere in the text `around` it; names of people and idioms
 * never do, nor motifs that are `unrelated` to the film. Null if nothing is certain.
 */
export function motifFor(
  text: string,
  base: string,
  { around = text, unrelated = NO_MOTIFS }: MotifSurroundings = {},
): Motif | null {
  const [own] = emojiIn(text);
  if (own !== undefined) return own;
  const { main, subordinate } = clausesByRole(text, base);
  const surroundings = { around, unrelated };
  const motif = motifIn(main, base, surroundings);
  if (motif !== null || subordinate === '') return motif;
  const other = motifIn(subordinate, base, surroundings);
  return other !== null && rankOf(other) >= LOWEST_SUBORDINATE_RANK ? other : null;
}

/** The motifs of all that a text names, in order, whatever it says about it. */
export function motifsNamedIn(text: string, base: string, around = text): Motif[] {
  const all = base === 'zh' ? chineseMotifs(text, around) : motifsNamed(text, base, around);
  return all.filter(cuesIn(around, base));
}

function motifIn(text: string, base: string, { around, unrelated }: Required<MotifSurroundings>): Motif | null {
  const named = motifsNamedIn(text, base, around).filter((motif) => !unrelated.has(motif));
  let best: Motif | null = null;
  for (const motif of named) if (best === null || rankOf(motif) > rankOf(best)) best = motif;
  const specific = best === null ? undefined : SPECIFIC[best];
  return named.find((motif) => specific?.has(motif)) ?? best;
}

/** The motifs that a text names, in order. */
function motifsNamed(text: string, base: string, around: string): Motif[] {
  const context = motifContext(text, base, around);
  const likened = likenedWords(context.words, base);
  const motifs: Motif[] = [];
  let at = 0;
  /** Where the last name ends. */
  let end = -1;
  while (at < context.words.length) {
    const naming = namingAt(context, at, base);
    // An English compound is what its last word is: "fish soup" is a soup.
    const isLikened = likened.has(at) || isMeasuredBy(context.words, at, base);
    if (naming?.motif && base === 'en' && at === end && context.words[at]?.followsDirectly) motifs.pop();
    if (naming?.motif && !isLikened) motifs.push(naming.motif);
    at += naming?.length ?? 1;
    if (naming?.motif) end = at;
  }
  return motifs;
}

function namingAt(context: MotifContext, at: number, base: string): Naming | null {
  const word = context.words[at];
  const lexicon = MOTIF_LEXICONS[base]?.();
  if (word === undefined || lexicon === undefined) return null;
  let found: MotifName | undefined;
  for (const form of basesOf(word.text, base)) {
    const names = lexicon.byBeginning.get(form) ?? [];
    const match = names.find((name) => isNamed(name, context, at, { base, isWord: form === word.text }));
    if (match !== undefined && (found === undefined || isLonger(match, found))) found = match;
  }
  if (found !== undefined) {
    const isPerson = word.isName && found.words.length === 1 && !found.countsInNames;
    const isRightForm = base !== 'de' || word.isCapitalised || found.isVerb || found.words.length > 1;
    // "Occhiali da spiaggia": what something is for.
    const isPurpose = base === 'it' && context.words[at - 1]?.text === 'da';
    const isPassed = isPurpose || (found.motif !== null && isInPassing(found, context, at, base));
    const isNothing = isPerson || !isRightForm || isPassed;
    return { motif: isNothing ? null : found.motif, length: found.words.length };
  }
  const part = base === 'de' && word.isCapitalised && !word.isName ? partOf(word.text) : undefined;
  return part === undefined ? null : { motif: part.motif, length: 1 };
}

/** "in our town", "behind the building", "this summer". */
function isInPassing(
  { motif, words: [name = ''] }: MotifName,
  { words }: MotifContext,
  at: number,
  base: string,
): boolean {
  const isSeason = SEASONS.has(name);
  if (motif === 'sword')
    return BEFORE_WARS.has(words[at - 1]?.text ?? '') || BEFORE_WARS.has(words[at - 2]?.text ?? '');
  if (motif === null || (!isPlace(motif) && !isSeason)) return false;
  if (isSeason) {
    const before = words[at - 1]?.text ?? '';
    return BEFORE_SEASONS.has(before) || (SUMMERS.has(name) && BEFORE_SUMMERS.has(before));
  }
  return words.slice(Math.max(0, at - BETWEEN), at).some(({ text }) => BEFORE_PLACES[base]?.has(text) === true);
}

/** A phrase, or one that blocks others, decides against a word. */
function isLonger(one: MotifName, other: MotifName): boolean {
  if (one.words.length !== other.words.length) return one.words.length > other.words.length;
  return one.motif === null && other.motif !== null;
}

function isNamed(
  name: MotifName,
  context: MotifContext,
  at: number,
  { base, isWord }: { readonly base: string; readonly isWord: boolean },
): boolean {
  if (!isWord && !name.isInflected) return false;
  const { words } = name;
  for (let next = 1; next < words.length; next++) {
    const word = context.words[at + next]?.text;
    if (word === undefined) return false;
    if (word !== words[next] && !basesOf(word, base).includes(words[next] ?? '')) return false;
  }
  return context.allows(name);
}

/** What a German compound is ("Apfelbaum" is a tree), else what it has to do with. */
function partOf(word: string): MotifName | undefined {
  const { lastParts, firstParts } = MOTIF_LEXICONS['de']?.() ?? {};
  if (word.length > LONGEST_COMPOUND) return undefined;
  for (let from = SHORTEST_PART; from <= word.length - SHORTEST_PART; from++)
    for (const form of basesOf(word.slice(from), 'de')) {
      const found = lastParts?.get(form);
      if (found !== undefined) return found;
    }
  for (let to = word.length - SHORTEST_PART; to >= SHORTEST_PART; to--) {
    const found = firstParts?.get(word.slice(0, to));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As `motifsNamed`; the longest name at each place counts. */
function chineseMotifs(text: string, around: string): Motif[] {
  const { byBeginning } = MOTIF_LEXICONS['zh']?.() ?? {};
  const singles = singleCharacterWords(text);
  const allows = allowedBeside(around);
  const nameAt = (at: number): MotifName | undefined =>
    byBeginning
      ?.get(text.charAt(at))
      ?.find(
        (name) =>
          text.startsWith(writtenIn(name), at) &&
          (writtenIn(name).length > 1 || singles.has(at) || MEASURE_WORDS.has(text.charAt(at - 1))) &&
          allows(name),
      );
  const motifs: Motif[] = [];
  let at = 0;
  while (at < text.length) {
    const found = nameAt(at);
    // "小貓頭鷹" is a little owl, not a kitten.
    if (text.charAt(at) === '小' && lengthOf(nameAt(at + 1)) >= lengthOf(found)) {
      at += 1;
      continue;
    }
    if (found?.motif && !isLikenedInChinese(text, at)) motifs.push(found.motif);
    at += Math.max(1, lengthOf(found));
  }
  return motifs;
}

function lengthOf(name: MotifName | undefined): number {
  return name === undefined ? 0 : writtenIn(name).length;
}

function writtenIn({ words: [name = ''] }: MotifName): string {
  return name;
}

function singleCharacterWords(text: string): Set<number> {
  const words = new Intl.Segmenter('zh', { granularity: 'word' }).segment(text);
  return new Set(Array.from(words, ({ segment, index }) => (segment.length === 1 ? index : -1)));
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
