import { joinText } from '../../../language/clean.ts';
import type { SpokenBlock } from './code-of-sentences.ts';

/** Headings of a text of questions and answers. One question alone may be the title of an article. */
const FEWEST = 2;
const QUESTION = /[?？]["'”’»」]?$/u;

/**
 * The blocks with the questions that are headings before their answers, which are not understood without them. The headings
 * stay, and are shown.
 */
export function withSpokenQuestions(blocks: readonly SpokenBlock[]): SpokenBlock[] {
  const isQuestion = (block: SpokenBlock | undefined, next: SpokenBlock | undefined): boolean =>
    block?.kind === 'heading' && QUESTION.test(block.text) && next !== undefined && next.kind !== 'heading';
  const count = blocks.filter((block, i) => isQuestion(block, blocks[i + 1])).length;
  if (count < FEWEST) return [...blocks];
  return blocks.map((block, i) => {
    const before = blocks[i - 1];
    const isAnswer = isQuestion(before, block) && block.kind !== 'code';
    return isAnswer ? { ...block, text: joinText([before?.text ?? '', block.text]) } : block;
  });
}
