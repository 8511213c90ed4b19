import { joinText } from '../../../language/clean.ts';
import type { Block } from '../../../language/document/block.ts';
import type { Language } from '../../../language/language.ts';
import { cutAt, endsOfRuns } from '../../../language/runs.ts';
import { sentencesOf } from '../../../language/sentences/sentences.ts';
import { isSpeakable } from '../../../language/spoken/speakable.ts';
import { speakingSeconds } from '../../../language/spoken/speaking-rate.ts';
import type { SceneCode } from '../../ports.ts';
import { evenRuns } from './balance.ts';
import {
  codeOfParts,
  type JoinedBlock,
  joinBlocks,
  type SpokenBlock,
  withCode,
  withoutCodeOfHeadings,
} from './code-of-sentences.ts';
import { withSpokenQuestions } from './questions.ts';
import { titleHeading, withSubject } from './spoken-headings.ts';

/** A scene without its visual prompt. */
export interface Draft {
  readonly narration: string;
  /** The author's heading directly above it; shown, and spoken only as a part of the narration. Only the first scene below a heading has it. */
  readonly heading?: string;
  /** The author's code, in the order of its sentences. */
  readonly code?: readonly SceneCode[];
}

/** A picture that is shown longer is boring, and a caption file of one scene gets too large. */
const LONGEST_SECONDS = 40;
const LONGEST_CHARACTERS = 600;
const CHUNK_CHARACTERS = 12;
/** A run of marks and white space that contains a mark ends a clause. */
const CLAUSE_ENDS = /[\s,;:，；：、—–]+/gu;
const CLAUSE_END = /[,;:，；：、—–]/u;

/**
 * One scene for each paragraph, and for each list with the line that leads to it. Long ones are split at sentence ends
 * (else clause ends, else between words) into even parts. Headings are not spoken, unless there is no text below them, or it is
 * not understood without (`withSubject`).
 * Code is shown while the sentence before it is spoken, and not spoken, unless there is nothing else.
 */
export function scriptScenes(blocks: readonly Block[], language: Language, speed: number): Draft[] {
  const scenes: Draft[] = [];
  let heading: string | undefined;
  const title = titleHeading(blocks, language);
  for (const { kind, ...block } of joinLists(spokenAndHeadings(speakableBlocks(blocks, language)))) {
    if (kind === 'heading') {
      heading = block.text;
      continue;
    }
    const { text, marks } = withSubject(block, heading, { language, title, kind });
    for (const draft of codeOfParts(text, evenParts(text, language, speed), marks, language)) {
      scenes.push(heading === undefined ? draft : { ...draft, heading });
      heading = undefined;
    }
  }
  return scenes;
}

/**
 * The blocks without code, unless no other one can be spoken; each with the code after it. A block of only emoji, dots or
 * dashes joins the text before it, else the text after it, since it cannot be spoken alone; where there is only a heading,
 * it is left out. Questions that are headings are spoken before their answers.
 */
export function speakableBlocks(blocks: readonly Block[], language: Language): SpokenBlock[] {
  const isSpoken = ({ text }: Block): boolean => isSpeakable(text, language.tag);
  const hasText = blocks.some((block) => block.kind !== 'code' && isSpoken(block));
  const joined: { block: SpokenBlock; readonly texts: string[] }[] = [];
  let silent: string[] = [];
  let first: string | undefined;
  for (const block of blocks) {
    const last = joined.at(-1);
    if (hasText && block.kind === 'code') {
      if (last === undefined) first ??= block.text;
      else last.block = withCode(last.block, { codeAfter: block.text });
    } else if (!isSpoken(block)) (last && last.block.kind !== 'heading' ? last.texts : silent).push(block.text);
    else if (block.kind === 'heading') joined.push({ block, texts: [block.text] });
    else {
      joined.push({ block: withCode(block, { codeBefore: first }), texts: [...silent, block.text] });
      silent = [];
      first = undefined;
    }
  }
  return withSpokenQuestions(
    joined.map(({ block, texts }) => (texts.length === 1 ? block : { ...block, text: joinText(texts) })),
  );
}

/** A heading followed by neither text nor a lower heading would be lost: it is spoken. */
export function spokenAndHeadings(blocks: readonly SpokenBlock[]): SpokenBlock[] {
  const spoken = blocks.map((block, i): SpokenBlock => {
    const next = blocks[i + 1];
    const leads = next !== undefined && (next.kind !== 'heading' || next.level > block.level);
    return block.kind === 'heading' && !leads ? { ...block, kind: 'paragraph', level: 0 } : block;
  });
  return withoutCodeOfHeadings(spoken, ({ kind }) => kind === 'heading');
}

/** Items in a row, and rows of a table, become one block; with the line before them if that ends with a colon. */
function joinLists(blocks: readonly SpokenBlock[]): (JoinedBlock & Pick<Block, 'kind'>)[] {
  const joined: SpokenBlock[][] = [];
  for (const block of blocks) {
    const open = joined.at(-1);
    const last = open?.at(-1);
    const isPart = block.kind === 'item' || block.kind === 'row';
    const leads = last?.kind === block.kind || (last?.kind === 'paragraph' && /[:：]$/u.test(last.text));
    if (open && isPart && leads) open.push(block);
    else joined.push([block]);
  }
  return joined.map((group) => ({ kind: group[0]?.kind ?? 'paragraph', ...joinBlocks(group) }));
}

/** A text in as few parts of scene size (40 seconds, 600 UTF-16 units) as possible, all about equally long. */
export function evenParts(text: string, language: Language, speed: number): string[] {
  const burden = (part: string) => burdenOf(part, language, speed);
  if (burden(text) <= 1) return [text];
  const units = unitsOf(text, language, burden);
  const ends = evenRuns(units.map(burden), 1);
  return ends.map((end, i) =>
    units
      .slice(ends[i - 1] ?? 0, end)
      .join('')
      .trim(),
  );
}

/** The size of a part: 1 is the maximum of a scene. */
function burdenOf(part: string, language: Language, speed: number): number {
  return Math.max(part.length / LONGEST_CHARACTERS, speakingSeconds(part, language, speed) / LONGEST_SECONDS);
}

/** Pieces that fit, each with the white space after it, so that joining them restores the text. */
function unitsOf(text: string, language: Language, burden: (part: string) => number): string[] {
  const starts = sentencesOf(text, language).map((sentence) => sentence.start);
  return slices(text, starts.slice(1)).flatMap((sentence) =>
    burden(sentence) <= 1 ? [sentence] : smaller(sentence, language, burden),
  );
}

/**
 * Splits a sentence too long for a scene into clauses, a clause too long into words, and a word too long into
 * characters.
 */
function smaller(sentence: string, language: Language, burden: (part: string) => number): string[] {
  const clauses = cutAt(sentence, endsOfRuns(sentence, CLAUSE_ENDS, CLAUSE_END));
  if (clauses.length > 1)
    return clauses.flatMap((clause) => (burden(clause) <= 1 ? [clause] : smaller(clause, language, burden)));
  const words = pieces(sentence, language, 'word');
  return chunks(words.flatMap((word) => (burden(word) <= 1 ? [word] : pieces(word, language, 'grapheme'))));
}

function pieces(text: string, language: Language, granularity: 'word' | 'grapheme'): string[] {
  return [...new Intl.Segmenter(language.tag, { granularity }).segment(text)].map(({ segment }) => segment);
}

/** Groups single words or characters into chunks, so that 20,000 of them are split as fast as a page of sentences. */
function chunks(small: readonly string[]): string[] {
  const joined: string[] = [];
  let open = '';
  for (const piece of small) {
    if (open !== '' && (open + piece).length > CHUNK_CHARACTERS) {
      joined.push(open);
      open = '';
    }
    open += piece;
  }
  return [...joined, open];
}

function slices(text: string, starts: readonly number[]): string[] {
  return [0, ...starts].map((start, i) => text.slice(start, starts[i]));
}
