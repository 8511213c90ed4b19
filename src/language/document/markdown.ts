import { hasContent, joinLines, paragraphsOf } from '../clean.ts';
import { trimEnd } from '../trim.ts';
import { withoutMarks } from './inline-marks.ts';

/** A part of a document: a heading, or a paragraph on one line without Markdown marks. */
export interface Block {
  readonly heading: boolean;
  /** 1 to 6 for a heading, 0 for a paragraph. */
  readonly level: number;
  readonly text: string;
}

const HEADING = /^ {0,3}(#{1,6})[^\S\n]+/u;
const RULE = /^ {0,3}(?:[-*_=][^\S\n]*){3,}$/u;
const FENCE = /^ {0,3}(?:```|~~~)/u;
const BULLET = /^\s*[-*+•‣][^\S\n]+(?:\[[ xX]\][^\S\n]+)?/u;
const NUMBER = /^\s*\d{1,3}[.)][^\S\n]+/u;
const CLOSED = /[\p{Po}\p{Pf}\p{Pe}"]$/u;
const CHINESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;

/**
 * Splits cleaned text into headings and paragraphs. Marks are removed, every word is kept; only comments and pictures
 * are left out.
 */
export function blocksOf(text: string): Block[] {
  return paragraphsOf(withoutComments(text))
    .flatMap(blocksOfParagraph)
    .filter((block) => block.text !== '');
}

/** Removes `<!-- … -->`; an unclosed comment is text. */
function withoutComments(text: string): string {
  const kept: string[] = [];
  let done = 0;
  for (let from = text.indexOf('<!--'); from >= 0; from = text.indexOf('<!--', done)) {
    const close = text.indexOf('-->', from + 4);
    if (close < 0) break;
    kept.push(text.slice(done, from));
    done = close + 3;
  }
  return kept.join('') + text.slice(done);
}

function blocksOfParagraph(paragraph: string): Block[] {
  const lines = paragraph.split('\n');
  const numbered = lines.filter((line) => NUMBER.test(line)).length > 1;
  const blocks: Block[] = [];
  let open: string[] = [];
  const close = () => {
    blocks.push({ heading: false, level: 0, text: withoutMarks(joinLines(open.join('\n'))) });
    open = [];
  };
  for (const line of lines) {
    const heading = HEADING.exec(line);
    if (heading) {
      close();
      const words = withoutClosingMarks(line.slice(heading[0].length));
      blocks.push({ heading: true, level: heading[1]?.length ?? 1, text: withoutMarks(words) });
    } else if (RULE.test(line)) close();
    else if (!FENCE.test(line)) open.push(plainLine(line, numbered));
  }
  close();
  return blocks;
}

/** "Words ##" → "Words"; the sign of "C#" is part of its word. */
function withoutClosingMarks(words: string): string {
  const bare = trimEnd(words.trimEnd(), /#/u);
  return bare === '' || /\s/u.test(bare.slice(-1)) ? bare : words;
}

/**
 * A list item is spoken as a separate sentence: without its mark, and with a full stop if it has no closing
 * punctuation.
 */
function plainLine(line: string, numbered: boolean): string {
  const bare = line.replace(/^\s*(?:>[^\S\n]?)+/u, '');
  const item = bare.replace(BULLET, '').replace(numbered ? NUMBER : /^(?!)/u, '');
  if (item === bare || CLOSED.test(item.trimEnd()) || !hasContent(item)) return item;
  return `${item.trimEnd()}${CHINESE.test(item.trimEnd()) ? '。' : '.'}`;
}
