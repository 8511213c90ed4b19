import type { Block } from '../../../language/document/block.ts';
import type { Language } from '../../../language/language.ts';
import { joinSentences } from '../../../language/sentences/join-sentences.ts';
import { sentencesOf } from '../../../language/sentences/sentences.ts';
import type { SceneCode } from '../../ports.ts';
import { shownCode } from './shown-code.ts';

/** A block that is spoken, and the code that is shown with its last sentence or its first one. */
export interface SpokenBlock extends Block {
  readonly codeAfter?: string;
  readonly codeBefore?: string;
}

/** Code, and the place of a character of the sentence with which it is shown (UTF-16 units). */
export interface CodeMark {
  readonly code: string;
  readonly at: number;
}

export interface JoinedBlock {
  readonly text: string;
  readonly marks: readonly CodeMark[];
}

interface NarrationWithCode {
  readonly narration: string;
  readonly code?: readonly SceneCode[];
}

/** A block with code, unless it has some in this place. Code that shows nothing is left out. */
export function withCode(
  block: SpokenBlock,
  { codeAfter, codeBefore }: { readonly codeAfter?: string | undefined; readonly codeBefore?: string | undefined },
): SpokenBlock {
  const after = block.codeAfter ?? shownOf(codeAfter);
  const before = block.codeBefore ?? shownOf(codeBefore);
  const { codeAfter: _, codeBefore: __, ...plain } = block;
  return {
    ...plain,
    ...(after === undefined ? {} : { codeAfter: after }),
    ...(before === undefined ? {} : { codeBefore: before }),
  };
}

function shownOf(code: string | undefined): string | undefined {
  return code === undefined ? undefined : shownCode(code) || undefined;
}

/** Code below a heading, which is not spoken, is shown with the first sentence after it. */
export function withoutCodeOfHeadings(
  blocks: readonly SpokenBlock[],
  isHeading: (block: SpokenBlock, index: number) => boolean,
): SpokenBlock[] {
  let waiting: string | undefined;
  return blocks.map((block, i) => {
    if (!isHeading(block, i)) {
      const own = withCode(block, { codeBefore: waiting });
      waiting = undefined;
      return own;
    }
    waiting ??= block.codeAfter;
    const { codeAfter: _, ...heading } = block;
    return heading;
  });
}

/** Blocks as one text. */
export function joinBlocks(blocks: readonly SpokenBlock[]): JoinedBlock {
  const marks: CodeMark[] = [];
  let end = 0;
  for (const [i, { text, codeBefore, codeAfter }] of blocks.entries()) {
    const before = blocks[i - 1]?.text;
    end += before === undefined ? text.length : joinSentences([before, text]).length - before.length;
    if (codeBefore !== undefined) marks.push({ code: codeBefore, at: end - text.length });
    if (codeAfter !== undefined) marks.push({ code: codeAfter, at: end - 1 });
  }
  return { text: joinSentences(blocks.map(({ text }) => text)), marks };
}

/**
 * The parts of a text as narrations, each with the code of its sentences. The parts follow one another in the text; the
 * places of the code ascend.
 */
export function codeOfParts(
  text: string,
  parts: readonly string[],
  marks: readonly CodeMark[],
  language: Language,
): NarrationWithCode[] {
  let end = 0;
  let next = 0;
  return parts.map((narration) => {
    const start = text.indexOf(narration, end);
    end = start + narration.length;
    const own: CodeMark[] = [];
    for (let mark = marks[next]; mark !== undefined && mark.at < end; mark = marks[next]) {
      if (mark.at >= start) own.push({ ...mark, at: mark.at - start });
      next += 1;
    }
    return withCodeOf(narration, own, language);
  });
}

/** A narration with the code of its sentences: one for each, the first. The places of the code ascend. */
export function withCodeOf(narration: string, marks: readonly CodeMark[], language: Language): NarrationWithCode {
  if (marks.length === 0) return { narration };
  const starts = sentencesOf(narration, language).map(({ start }) => start);
  const code: SceneCode[] = [];
  let sentence = 0;
  for (const { code: text, at } of marks) {
    while ((starts[sentence + 1] ?? Number.POSITIVE_INFINITY) <= at) sentence += 1;
    const start = starts[sentence];
    if (start !== undefined && start <= at && start !== code.at(-1)?.start) code.push({ text, start });
  }
  return code.length === 0 ? { narration } : { narration, code };
}
