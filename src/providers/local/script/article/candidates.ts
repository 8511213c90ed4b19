import { hasContent } from '../../../../language/clean.ts';
import type { Block } from '../../../../language/document/markdown.ts';
import type { Language } from '../../../../language/language.ts';
import { dependsOnPrevious } from '../../../../language/sentences/references.ts';
import { sentencesOf } from '../../../../language/sentences/sentences.ts';
import { speakingSeconds } from '../../../../language/spoken/speaking-rate.ts';
import { centrality } from '../../../../language/words/centrality.ts';
import { type Vector, vectorsOf } from '../../../../language/words/vectors.ts';
import { contentKeys } from '../../../../language/words/words.ts';
import { evenParts } from '../script-scenes.ts';

/** A sentence of an article with all values needed for the choice. */
export interface Candidate {
  readonly text: string;
  /** Index of its paragraph, from 0. */
  readonly paragraph: number;
  readonly vector: Vector;
  /** Its worth to a listener; the average is near 1. */
  readonly worth: number;
  readonly seconds: number;
  /** True if it is not understandable without the previous sentence. */
  readonly isDependent: boolean;
}

/** The longest line without closing punctuation that counts as a heading, in UTF-16 units. */
const LONGEST_PLAIN_HEADING = 90;

/**
 * The sentences of an article in order, without headings, each with its worth. A sentence too long for a scene is split
 * into parts.
 */
export function candidatesOf(blocks: readonly Block[], language: Language, speed: number): Candidate[] {
  const spoken = blocks.filter((block) => !isArticleHeading(block));
  // Only short lines, such as a poem: then the lines are the text.
  const paragraphs = (spoken.length > 0 ? spoken : blocks).map((block) =>
    // The whole article may be one sentence without an end, which would make a film of many hours.
    sentencesOf(block.text, language).flatMap(({ text }) => evenParts(text, language, speed)),
  );
  const places = paragraphs.flatMap((list, paragraph) =>
    list.filter(hasContent).map((text, i) => ({ text, paragraph, opensParagraph: i === 0 })),
  );
  const vectors = vectorsOf(places.map(({ text }) => contentKeys(text, language)));
  const central = centrality(
    vectors,
    places.map((place, i) => prior(i, place.opensParagraph)),
  );
  return places.map(({ text, paragraph }, i) => ({
    text,
    paragraph,
    vector: vectors[i] ?? new Map<string, number>(),
    worth: (central[i] ?? 0) * soundness(text, vectors[i]?.size ?? 0),
    seconds: speakingSeconds(text, language, speed),
    isDependent: i > 0 && dependsOnPrevious(text, language),
  }));
}

/**
 * Text pasted from a web page often has a line for each paragraph without empty lines between them. If at least half of
 * the lines are whole sentences, lines are paragraphs; otherwise they are only wrapped.
 */
export function withParagraphs(text: string): string {
  const lines = text.trim().split('\n');
  const whole = lines.filter((line) => /[.!?。！？…]["'”’»」』)）]?\s*$/u.test(line.slice(-4))).length;
  const blank = lines.some((line) => line.trim() === '');
  return !blank && 2 * whole >= lines.length ? lines.join('\n\n') : text;
}

/** True for a short single line without closing punctuation: a heading without markup. */
export function isArticleHeading(block: Block): boolean {
  return block.heading || (block.text.length <= LONGEST_PLAIN_HEADING && !/[\p{Po}\p{Pf}\p{Pe}"]$/u.test(block.text));
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
  if (/[?？]["”」]?$/u.test(text)) factor *= 0.6;
  if (/[:：]$/u.test(text)) factor *= 0.3;
  if (citesYear(text) || /https?:/u.test(text)) factor *= 0.6;
  if (words < 3) factor *= 0.4;
  if (text.length > 320) factor *= 0.7;
  return factor;
}
