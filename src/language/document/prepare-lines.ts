import { dialogueLines } from '../sentences/dialogue.ts';
import { trimEnd } from '../trim.ts';
import { withFencedCode } from './indented-code.ts';

/** Bullets of other programs; Markdown knows "-", "*" and "+". */
const PRINTED_BULLET = /^(\s{0,20})[•‣●○◦■□▪▫◆◇►▶➤➔→·–—](?:\uFE0F)?\s{1,9}(?=\S)/u;
/** "1、", "（1）", "(1)" */
const PRINTED_NUMBER = /^(\s{0,20})(?:[(（](\d{1,3})[)）]\s{0,9}|(\d{1,3})、\s{0,9})(?=\S)/u;
const BULLET = /^\s{0,20}[-*+]\s{1,9}\S/u;
/** Boxes of tasks as other programs print them. */
const OPEN_BOX = /^(\s{0,20})[☐⬜](?:\uFE0F)?\s{1,9}(?=\S)/u;
const CHECKED_BOX = /^(\s{0,20})[✓✔☑✅](?:\uFE0F)?\s{1,9}(?=\S)/u;
/** "- 5 °C", "> 90 %", "+ 3 €": a sign of a number, unless the lines around it are items as well. */
const SIGNED = /^(\s{0,20})([-+>])(?=\s\d[\d.,]{0,12}\s?[°%‰€$£¥])/u;
/** "1989. The wall falls", "3. Oktober": no items. */
const DATED = /^(\s{0,20}\d{4,9}|\s{0,20}\d{1,2})\.(?=\s)/u;
const MONTH =
  /^\s?(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?!\p{L})/u;
const FENCE = /^ {0,3}(`{3,}|~{3,})/u;
/** Labels of the parts of a song, and sounds of subtitles. */
const DIRECTION =
  /^\s{0,9}[[(（【](?:verse|chorus|pre-chorus|bridge|intro|outro|hook|refrain|strophe|couplet|estribillo|estrofa|refrão|ritornello|strofa|music|musik|musique|música|musica|applause|applaus|laughter|主歌|副歌|間奏|间奏|音樂|音乐|掌聲|掌声|笑聲|笑声)(?:[ :]?\d{0,2})[\])）】]\s*$/iu;
/** A drawing of several lines; the words in it are no text. */
const DRAWING = /^\s{0,9}<svg(?=[\s>]|$)/iu;
const DRAWING_END = /<\/svg\s{0,9}>/iu;
const PIPES = /^\s{0,3}\|.*\|\s*$/u;
const DELIMITERS = /^\s{0,3}\|[\s:|-]+\|\s*$/u;
const UNDERLINE = /^ {0,3}(=+|-{2,}|_{3,}|\*{3,})\s*$/u;
const FOOTNOTE = /^ {0,3}\[\^[^\]\s]{1,50}\]:/u;
/** A definition of a link leads somewhere; "[Anna]: Hello" is text. */
const NO_DEFINITION = /^( {0,3})\[(?=[^\]]{1,100}\]:\s{0,9}(?![<#./]|\S{0,200}[/.:#])\S)/u;
const CLOSED = /[.!?。！？…:：;；,，][\p{Pf}\p{Pe}"'”’]{0,3}$/u;
const LONGEST_HEADING = 90;

/**
 * Changes what people write so that a parser of CommonMark understands it: bullets of other programs become "-",
 * lines of dialogues items that keep their dash, underlined headings "#", indented code is fenced, and signs and dates that look like marks are escaped. Definitions of footnotes and fences
 * without an end are removed. Expects cleaned text.
 */
export function prepareLines(text: string): string {
  const lines = withFences(text.split('\n'));
  const fences = closedFences(lines);
  const dialogue = dialogueLines(lines);
  const lastDrawing = lines.findLastIndex((line) => DRAWING_END.test(line));
  let isDrawing = false;
  const prepared: string[] = [];
  let isFootnote = false;
  let fence: string | undefined;
  lines.forEach((line, i) => {
    const mark = fences.get(i);
    if (mark !== undefined) fence = fence === undefined ? mark : undefined;
    if (fence !== undefined || mark !== undefined) {
      prepared.push(line);
      return;
    }
    // A parser of CommonMark ends a block of HTML at an empty line.
    const opens = !isDrawing && i < lastDrawing && DRAWING.test(line) && !DRAWING_END.test(line);
    if (opens || isDrawing) {
      isDrawing = !DRAWING_END.test(line);
      return;
    }
    isFootnote = FOOTNOTE.test(line) || (isFootnote && /^(?:\s{2,}|\t)\S/u.test(line));
    if (isFootnote || FENCE.test(line) || DIRECTION.test(line)) return;
    if (PIPES.test(line) && !PIPES.test(lines[i - 1] ?? '') && !DELIMITERS.test(lines[i + 1] ?? ''))
      prepared.push(...emptyHeader(line));
    const underline = UNDERLINE.exec(line)?.[1];
    if (dialogue.has(i)) prepared.push(`- ${line.trim()}`);
    else if (underline === undefined) prepared.push(preparedLine(line, lines[i - 1], lines[i + 1]));
    else underlineOrRule(prepared, underline, lines[i - 2]);
  });
  return prepared.join('\n');
}

/** Lines in which indented code is fenced. */
function withFences(lines: readonly string[]): string[] {
  const fences = closedFences(lines);
  const inside = new Set<number>();
  let isOpen = false;
  for (const at of lines.keys()) {
    if (fences.has(at)) isOpen = !isOpen;
    if (isOpen) inside.add(at);
  }
  return withFencedCode(lines, (at) => inside.has(at));
}

/** A table without a line of dashes has no header. */
function emptyHeader(row: string): string[] {
  const columns = row.split('|').length - 2;
  return ['', `${'| '.repeat(columns)}|`, `${'|-'.repeat(columns)}|`];
}

function preparedLine(line: string, before: string | undefined, after: string | undefined): string {
  if (SIGNED.test(line) && !BULLET.test(before ?? '') && !BULLET.test(after ?? ''))
    return line.replace(SIGNED, String.raw`$1\$2`);
  const dated = DATED.exec(line);
  if (dated && (/\d{4}/u.test(dated[1] ?? '') || MONTH.test(line.slice(dated[0].length))))
    return line.replace(DATED, String.raw`$1\.`);
  return line
    .replace(OPEN_BOX, '$1- [ ] ')
    .replace(CHECKED_BOX, '$1- [x] ')
    .replace(PRINTED_BULLET, '$1- ')
    .replace(
      PRINTED_NUMBER,
      (_, space: string, inBrackets?: string, bare?: string) => `${space}${inBrackets ?? bare ?? ''}. `,
    )
    .replace(NO_DEFINITION, String.raw`$1\[`);
}

/** "Title\n=====" is a heading, and "The last sentence.\n---" a rule below a paragraph. */
function underlineOrRule(prepared: string[], underline: string, twoAbove: string | undefined): void {
  const above = prepared.at(-1)?.trim() ?? '';
  const isMark = /^[=-]/u.test(underline);
  const isAlone = (twoAbove ?? '').trim() === '';
  if (
    above !== '' &&
    isMark &&
    isAlone &&
    above.length <= LONGEST_HEADING &&
    !CLOSED.test(above) &&
    !BULLET.test(above)
  ) {
    prepared.pop();
    prepared.push(`${underline.startsWith('=') ? '#' : '##'} ${trimEnd(above, /#/u)}`);
  } else if (underline.length > 2 || above === '') prepared.push('', underline.startsWith('=') ? '' : '***', '');
}

/** The lines that open or close a fence, with the mark; a fence without an end is left out. */
function closedFences(lines: readonly string[]): ReadonlyMap<number, string> {
  const fences = new Map<number, string>();
  let open: { readonly line: number; readonly mark: string } | undefined;
  lines.forEach((line, i) => {
    const mark = FENCE.exec(line)?.[1];
    if (mark === undefined) return;
    if (open === undefined) open = { line: i, mark };
    else if (mark.startsWith(open.mark) && line.trim() === mark) {
      fences.set(open.line, open.mark).set(i, mark);
      open = undefined;
    }
  });
  return fences;
}
