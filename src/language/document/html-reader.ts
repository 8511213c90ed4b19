import { type Language, WIDE_SCRIPT } from '../language.ts';
import type { Block, Document } from './block.ts';
import { HtmlTasks } from './html-tasks.ts';
import { raised, withoutFootnoteMarks, withSpacesBetweenSentences } from './inline-text.ts';
import { asSentence, rowText } from './items.ts';
import { joinParagraph, MARKED_BREAK } from './line-breaks.ts';
import { joinWithoutCalls, type LinkParts } from './link-calls.ts';

/** Tags that begin and end a block of text. */
const BLOCKS = new Set(
  `address article blockquote body caption center dd details div dl dt fieldset figure h1 h2 h3 h4 h5 h6 header hr html legend
  li main ol p pre section summary table tbody tfoot thead tr ul`.split(/\s+/u),
);

/** Collects the text between the tags of blocks. A missing closing tag loses no text. */
export class HtmlReader {
  readonly #language: Language;
  readonly #blocks: Block[] = [];
  /** Where the blocks of the outermost open list begin. */
  #listStart = 0;
  #parts: string[] = [];
  /** True if the parts have no text. */
  #isBlank = true;
  #links: LinkParts[] = [];
  #link = 0;
  #title = '';
  #heading = 0;
  readonly #lists: { readonly isNumbered: boolean; items: number }[] = [];
  readonly #tasks = new HtmlTasks<Block>();
  /** The number of the open item, until its text. */
  #label = '';
  #quotes = 0;
  #isCode = false;
  #isRaised = false;
  #headers: string[] = [];
  /** The cells of the open row. */
  #cells: string[] | undefined;
  #isCell = false;
  #isHeaderRow = false;
  #hasRows = false;

  constructor(language: Language) {
    this.#language = language;
  }

  open(name: string): void {
    if (name === 'br') this.#parts.push(MARKED_BREAK);
    else if (name === 'sup') this.#isRaised = true;
    else if (name === 'a') this.#link = this.#parts.length;
    else if (name === 'td' || name === 'th') this.#openCell(name);
    else if (name === 'tr') this.#openRow();
    else if (BLOCKS.has(name)) this.#openBlock(name);
  }

  close(name: string): void {
    if (name === 'sup') this.#isRaised = false;
    else if (name === 'a') this.#links.push({ from: Math.min(this.#link, this.#parts.length), to: this.#parts.length });
    else if (name === 'td' || name === 'th') this.#closeCell();
    else if (name === 'tr') this.#closeRow();
    else if (name === 'table') this.#closeTable();
    else if (BLOCKS.has(name)) this.#closeBlock(name);
  }

  /** A check box in the text. */
  box(isChecked: boolean): void {
    if (this.#isBlank) this.#tasks.box(isChecked);
  }

  /** The number of the first item of the list that was opened last, as it is written; another text changes nothing. */
  startOfList(number: string): void {
    const list = this.#lists.at(-1);
    if (list !== undefined && /^\d{1,3}$/u.test(number)) list.items = Number(number) - 1;
  }

  text(part: string): void {
    this.#isBlank &&= part.trim() === '';
    const blank = this.#heading > 0 ? /\n\s{0,99}\n/u.exec(part) : null;
    if (blank === null) this.#parts.push(this.#isRaised ? raised(part) : part);
    else {
      // A heading has no empty lines: its closing tag is missing.
      this.#parts.push(part.slice(0, blank.index));
      this.#closeBlock('p');
      this.#parts.push(part.slice(blank.index));
    }
  }

  /** A part of the title of the page. */
  pageTitle(part: string): void {
    this.#title += part;
  }

  end(): Document {
    this.#closeTable();
    this.#flush();
    while (this.#lists.length > 0) this.#closeList();
    const title = this.#title.replace(/\s+/gu, ' ').trim();
    const hasHeading = this.#blocks.some((block) => block.kind === 'heading');
    return title === '' || hasHeading ? { blocks: this.#blocks } : { title, blocks: this.#blocks };
  }

  #openBlock(name: string): void {
    this.#flush();
    const level = /^h([1-6])$/u.exec(name)?.[1];
    this.#heading = level === undefined ? 0 : Number(level);
    if (name === 'ol' || name === 'ul') {
      if (this.#lists.length === 0) this.#listStart = this.#blocks.length;
      this.#lists.push({ isNumbered: name === 'ol', items: 0 });
      this.#tasks.openList();
    }
    if (name === 'li') {
      this.#label = this.#nextLabel();
      this.#tasks.openItem();
    }
    if (name === 'blockquote') this.#quotes += 1;
    if (name === 'pre') this.#isCode = true;
    if (name === 'table') [this.#headers, this.#hasRows] = [[], false];
  }

  #closeBlock(name: string): void {
    this.#flush();
    this.#heading = 0;
    if ((name === 'ol' || name === 'ul') && this.#lists.length > 0) this.#closeList();
    if (name === 'li') this.#tasks.closeItem();
    if (name === 'blockquote') this.#quotes = Math.max(0, this.#quotes - 1);
    if (name === 'pre') this.#isCode = false;
  }

  #closeList(): void {
    this.#lists.pop();
    const leftOut = new Set(this.#tasks.closeList());
    // Only the blocks of this list are inspected: a page may have many lists.
    if (leftOut.size > 0)
      for (const one of this.#blocks.splice(this.#listStart)) if (!leftOut.has(one)) this.#blocks.push(one);
  }

  #flush(): void {
    if (this.#cells !== undefined) {
      this.#parts.push(' ');
      return;
    }
    const raw = this.#takeText();
    if (raw.trim() === '') return;
    if (this.#isCode) {
      this.#blocks.push({ kind: 'code', level: 0, text: raw.slice(lineBeginOf(raw)).trimEnd() });
      return;
    }
    const text = this.#plain(raw);
    if (this.#heading > 0)
      this.#blocks.push({ kind: 'heading', level: this.#heading, text: text.replaceAll('\n', ' ') });
    else if (this.#lists.length > 0) {
      const ordered = this.#lists.at(-1)?.isNumbered ?? false;
      const item: Block = {
        kind: 'item',
        level: 0,
        text: asSentence(`${this.#label}${text}`, this.#language),
        ordered,
      };
      this.#blocks.push(item);
      this.#tasks.text(item);
      this.#label = '';
    } else this.#blocks.push({ kind: this.#quotes > 0 ? 'quote' : 'paragraph', level: 0, text });
  }

  /** The text since the last block, which is then empty. */
  #takeText(): string {
    const text = joinWithoutCalls(this.#parts, this.#links);
    [this.#parts, this.#links, this.#link] = [[], [], 0];
    this.#isBlank = true;
    return text;
  }

  #nextLabel(): string {
    const list = this.#lists.at(-1);
    if (list === undefined || !list.isNumbered) return '';
    list.items += 1;
    return `${list.items}. `;
  }

  /** A line feed in HTML is white space, and nothing between Chinese characters. */
  #plain(raw: string): string {
    const isChinese = !this.#language.spaced && WIDE_SCRIPT.test(raw);
    const lines = raw.replaceAll('\n', isChinese ? '' : ' ');
    return withSpacesBetweenSentences(joinParagraph(withoutFootnoteMarks(lines, false)));
  }

  #openRow(): void {
    this.#closeRow();
    this.#flush();
    this.#cells = [];
    this.#isHeaderRow = true;
  }

  #openCell(name: string): void {
    this.#closeCell();
    if (name === 'td') this.#isHeaderRow = false;
    this.#isCell = true;
    this.#takeText();
  }

  #closeCell(): void {
    if (this.#isCell) this.#cells?.push(this.#plain(this.#takeText()).replaceAll('\n', ' '));
    if (this.#cells !== undefined) this.#takeText();
    this.#isCell = false;
  }

  #closeRow(): void {
    this.#closeCell();
    const cells = this.#cells ?? [];
    this.#cells = undefined;
    if (cells.length === 0) return;
    if (this.#isHeaderRow && this.#headers.length === 0) this.#headers = cells;
    else {
      this.#blocks.push({ kind: 'row', level: 0, text: rowText(this.#headers, cells, this.#language) });
      this.#hasRows = true;
    }
  }

  /** A table of one row has no headers. */
  #closeTable(): void {
    this.#closeRow();
    if (!this.#hasRows && this.#headers.length > 0)
      this.#blocks.push({ kind: 'row', level: 0, text: rowText([], this.#headers, this.#language) });
    [this.#headers, this.#hasRows] = [[], false];
  }
}

/** Where the first line that is not empty begins, with its indentation. */
function lineBeginOf(raw: string): number {
  const indented = raw.length - raw.trimStart().length;
  return raw.lastIndexOf('\n', indented) + 1;
}
