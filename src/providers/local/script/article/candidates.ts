import { hasContent } from '../../../../language/clean.ts';
import type { Block } from '../../../../language/document/block.ts';
import { isHeadingAt } from '../../../../language/document/plain-heading.ts';
import { wordSegmenter } from '../../../../language/headlines/qualifiers.ts';
import { takesBack } from '../../../../language/headlines/statements.ts';
import type { Language } from '../../../../language/language.ts';
import { prohibits } from '../../../../language/sentences/prohibitions.ts';
import { dependsOnPrevious } from '../../../../language/sentences/references.ts';
import { type Sentence, sentencesOf } from '../../../../language/sentences/sentences.ts';
import { lacksSpeaker } from '../../../../language/sentences/speakers.ts';
import { speakingSeconds } from '../../../../language/spoken/speaking-rate.ts';
import { centrality } from '../../../../language/words/centrality.ts';
import { type Vector, vectorsOf } from '../../../../language/words/vectors.ts';
import { contentKeys } from '../../../../language/words/words.ts';
import { type SpokenBlock, withoutCodeOfHeadings } from '../code-of-sentences.ts';
import { evenParts, speakableBlocks } from '../script-scenes.ts';
import { promisedBy } from './promised.ts';

/** A sentence of an article, and its position. */
export interface Place {
  readonly text: string;
  /** Index of its paragraph, from 0; items of one list are one paragraph. */
  readonly paragraph: number;
  /** Index of its section, which the headings part. */
  readonly section: number;
  /** The heading of its section. */
  readonly heading?: string;
  /** Index among all sentences of the article. */
  readonly index: number;
  /** Its block, and where it is in the text of the block: text.slice(start, end). */
  readonly block: Block;
  readonly start: number;
  readonly end: number;
  /** True if it belongs to the sentence before it, whatever its words: an item, or a part of a long sentence. */
  readonly continues: boolean;
  /** Code that is shown while it is spoken. */
  readonly code?: string;
}

/** A sentence with all values needed for the choice. */
export interface Candidate extends Place {
  readonly vector: Vector;
  /** Its worth to a listener; the average is near 1. */
  readonly worth: number;
  readonly seconds: number;
  /** True if it is not understandable without the previous sentence. */
  readonly isDependent: boolean;
  /**
   * True if the previous sentence misleads without it: it answers that, takes it back, or goes on with what someone
   * says. It is dependent as well.
   */
  readonly closes: boolean;
  /** True if it says what must not be done, so that a listener may come to harm without it, or what the title promises. */
  readonly isEssential: boolean;
}

/** A sentence that takes longer to speak is split at semicolons. Seconds. */
const LONG_SENTENCE = 20;
const OPENING_MARK = /^["“„«「]/u;
const WHOLE_QUOTATION = /^["“„«「][^\n]{1,400}["”“»」][.!?。！？]?$/u;
/** Least worth of a warning: more than a sentence that reassures has. */
const ESSENTIAL = 3;

/**
 * The sentences of an article in order, without headings, each with its worth. A sentence too long for a scene is split
 * into parts. Of the sentences with the words of the `title` one is essential.
 */
export function candidatesOf(blocks: readonly Block[], language: Language, speed: number, title: string): Candidate[] {
  const places = placesOf(speakableBlocks(blocks, language), language, speed);
  const keys = places.map(({ text }) => contentKeys(text, language));
  const vectors = vectorsOf(keys);
  const central = centrality(
    vectors,
    places.map(({ paragraph }, i) => prior(i, paragraph !== places[i - 1]?.paragraph)),
  );
  const segmenter = wordSegmenter(language);
  const candidates = places.map((place, i) => {
    const before = places[i - 1];
    const closes = closesPrevious(place, before, language, segmenter);
    const isEssential = prohibits(place.text, language);
    return {
      ...place,
      vector: vectors[i] ?? new Map<string, number>(),
      worth: (central[i] ?? 0) * soundness(place.text, vectors[i]?.size ?? 0),
      isEssential,
      seconds: speakingSeconds(place.text, language, speed),
      isDependent: closes || isDependent(place, before, language),
      closes,
    };
  });
  const sentences = candidates.map((one, i) => ({
    text: one.text,
    keys: keys[i] ?? [],
    worth: one.worth,
    isAlone: !one.isDependent && !isQuestion(one.text) && !/[:：]$/u.test(one.text),
  }));
  // A title that was made of the first sentences promises nothing.
  const first = candidates[0]?.text ?? '';
  const isMade = first.startsWith(title.replace(/…$/u, '')) || title.startsWith(first);
  const promised = isMade ? new Set<number>() : promisedBy(title, sentences, language);
  return candidates.map((one, i) =>
    one.isEssential || promised.has(i) ? { ...one, isEssential: true, worth: Math.max(one.worth, ESSENTIAL) } : one,
  );
}

/** A sentence never depends on one in another section: that is another story. */
function isDependent(place: Place, before: Place | undefined, language: Language): boolean {
  if (before === undefined || before.section !== place.section) return false;
  return (
    place.continues ||
    /[:：]$/u.test(before.text) ||
    dependsOnPrevious(place.text, language) ||
    lacksSpeaker(place.text, language)
  );
}

function closesPrevious(
  place: Place,
  before: Place | undefined,
  language: Language,
  segmenter: Intl.Segmenter,
): boolean {
  if (before === undefined || before.section !== place.section) return false;
  if (isQuestion(before.text)) return true;
  return before.block === place.block && (goesOnSaying(before, place) || takesBack(place.text, language, segmenter));
}

/** "“I do not miss the sea,” he says. “I miss the silence.”": the second half of a quotation often has its point. */
function goesOnSaying(before: Place, { text }: Place): boolean {
  return WHOLE_QUOTATION.test(text) && OPENING_MARK.test(before.text) && !WHOLE_QUOTATION.test(before.text);
}

function isQuestion(text: string): boolean {
  return /[?？]["”」]?$/u.test(text);
}

function placesOf(blocks: readonly SpokenBlock[], language: Language, speed: number): Place[] {
  const headings = new Set([...blocks.keys()].filter((i) => isHeadingAt(blocks, i, language)));
  // Only headings, such as an outline: then they are the text.
  if (headings.size === blocks.length) headings.clear();
  const places: Place[] = [];
  let section = 0;
  let paragraph = -1;
  let heading: string | undefined;
  let last: Block | undefined;
  for (const [at, block] of withoutCodeOfHeadings(blocks, (_, i) => headings.has(i)).entries()) {
    if (headings.has(at)) {
      heading = block.text;
      section += 1;
    } else {
      if (block.kind !== 'item' || last?.kind !== 'item') paragraph += 1;
      const continues = block.ordered === true && last?.ordered === true;
      const common = { paragraph, section, block, ...(heading === undefined ? {} : { heading }) };
      const parts = partsOf(block.text, language, speed).filter(({ text }) => hasContent(text));
      for (const [i, { text, start, end, isPart }] of parts.entries()) {
        const after = i === parts.length - 1 ? block.codeAfter : undefined;
        const code = after ?? (i === 0 ? block.codeBefore : undefined);
        places.push({
          ...common,
          index: places.length,
          text,
          start,
          end,
          continues: isPart || (i === 0 ? continues : block.kind === 'item'),
          ...(code === undefined ? {} : { code }),
        });
      }
    }
    last = block;
  }
  return places;
}

/** The sentences of a text; those that are too long for a scene, or long and made of several, in parts. */
function partsOf(text: string, language: Language, speed: number): (Sentence & { readonly isPart: boolean })[] {
  return sentencesOf(text, language).flatMap((sentence) => {
    const seconds = speakingSeconds(sentence.text, language, speed);
    const clauses = seconds > LONG_SENTENCE ? sentence.text.split(/(?<=[;；])\s{0,9}/u) : [sentence.text];
    // The whole article may be one sentence without an end, which would make a film of many hours.
    const parts = clauses.flatMap((clause) => evenParts(clause, language, speed));
    let at = 0;
    return parts.map((part, i) => {
      const start = sentence.start + sentence.text.indexOf(part, at);
      at = start - sentence.start + part.length;
      return { text: part, start, end: start + part.length, isPart: i > 0 };
    });
  });
}

/**
 * Text pasted from a web page often has a line for each paragraph without empty lines between them. If at least half of
 * the lines are whole sentences, lines are paragraphs; otherwise they are only wrapped. Lines with marks of Markdown
 * are not touched.
 */
export function withParagraphs(text: string): string {
  const lines = text.trim().split('\n');
  const whole = lines.filter((line) => /[.!?。！？…]["'”’»」』)）]?\s*$/u.test(line.slice(-4))).length;
  const isPlain = lines.every(
    (line) => line.trim() !== '' && !/^\s{0,20}(?:[-*+|>#<`~•‣●■▪◦➤✓–]|\d{1,3}[.)、])/u.test(line),
  );
  return isPlain && 2 * whole >= lines.length ? lines.join('\n\n') : text;
}

/** Authors put important content first: in the article, and in each paragraph. */
function prior(index: number, opensParagraph: boolean): number {
  return index === 0 ? 4 : opensParagraph ? 2 : 1;
}

/** True for four digits inside brackets, as in "(Smith 1998)". */
function citesYear(text: string): boolean {
  let isOpen = false;
  let hasYear = false;
  for (const [token] of text.matchAll(/[[(（)\]）]|\d{4}/gu)) {
    if (/[)\]）]/u.test(token)) {
      if (hasYear) return true;
      isOpen = false;
    } else if (/\d/u.test(token)) hasYear = isOpen;
    else isOpen = true;
  }
  return false;
}

/** Questions, fragments, introductions of lists and parentheses are poor narration. */
function soundness(text: string, words: number): number {
  let factor = 1;
  if (isQuestion(text)) factor *= 0.6;
  if (/[:：]$/u.test(text)) factor *= 0.3;
  if (citesYear(text) || /https?:/u.test(text)) factor *= 0.6;
  if (words < 3) factor *= 0.4;
  if (text.length > 320) factor *= 0.7;
  return factor;
}
