import { hasContent, joinLines, paragraphsOf } from '../text/clean.ts';

/** A piece of a document: a heading, or a paragraph on one line without any mark of Markdown. */
export interface Block {
  readonly heading: boolean;
  /** 1 to 6 for a heading, 0 for a paragraph. */
  readonly level: number;
  readonly text: string;
}

const HEADING = /^ {0,3}(#{1,6})[^\S\n]+(.*?)[^\S\n]*#*$/u;
const RULE = /^ {0,3}(?:[-*_=][^\S\n]*){3,}$/u;
const FENCE = /^ {0,3}(?:```|~~~)/u;
const BULLET = /^\s*[-*+•‣][^\S\n]+(?:\[[ xX]\][^\S\n]+)?/u;
const NUMBER = /^\s*\d{1,3}[.)][^\S\n]+/u;
const CLOSED = /[\p{Po}\p{Pf}\p{Pe}"]$/u;
const CHINESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;

/** Parts cleaned text into headings and paragraphs. Marks go, every word stays; only comments and pictures are left out. */
export function blocksOf(text: string): Block[] {
  const visible = text.replace(/<!--[\s\S]*?-->/gu, '');
  return paragraphsOf(visible)
    .flatMap(blocksOfParagraph)
    .filter((block) => block.text !== '');
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
      blocks.push({ heading: true, level: heading[1]?.length ?? 1, text: withoutMarks(heading[2] ?? '') });
    } else if (RULE.test(line)) close();
    else if (!FENCE.test(line)) open.push(plainLine(line, numbered));
  }
  close();
  return blocks;
}

/** A list item is said as a sentence of its own: without a mark, and with a full stop if it has no end yet. */
function plainLine(line: string, numbered: boolean): string {
  const bare = line.replace(/^\s*(?:>[^\S\n]?)+/u, '');
  const item = bare.replace(BULLET, '').replace(numbered ? NUMBER : /^(?!)/u, '');
  if (item === bare || CLOSED.test(item.trimEnd()) || !hasContent(item)) return item;
  return `${item.trimEnd()}${CHINESE.test(item.trimEnd()) ? '。' : '.'}`;
}

/** Emphasis, code, links and their like, without their marks. `2 * 3`, `snake_case` and `#tag` are left alone. */
function withoutMarks(line: string): string {
  return line
    .replace(/!\[[^\]]{0,300}\]\([^)]{0,2000}\)/gu, '')
    .replace(/\[([^[\]]{1,300})\]\([^()\s]{1,2000}(?:\([^()\s]*\)[^()\s]*)?(?:\s+"[^"]*")?\)/gu, '$1')
    .replace(/\[\^[^\]]{1,50}\]/gu, '')
    .replace(/(`+)(.+?)\1/gu, '$2')
    .replace(/(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*])\1(?!\*)/gu, '$2')
    .replace(/(?<![\p{L}\p{N}_])(_{1,3})(?=[^\s_])(.+?)(?<=[^\s_])\1(?![\p{L}\p{N}_])/gu, '$2')
    .replace(/~~(?=\S)(.+?)~~/gu, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!~>-])/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
}
