import type { Token } from 'markdown-it';
import MarkdownIt from 'markdown-it';
import type { Language } from '../language.ts';
import type { Block, Document } from './block.ts';
import { parseHtml } from './html.ts';
import { inlineText } from './inline.ts';
import { asSentence, rowText } from './items.ts';
import { prepareLines } from './prepare-lines.ts';
import { withoutOpenTasks } from './tasks.ts';

/** Indented code is off, because it is more often an indented poem; prepareLines knows it, and underlined headings. */
const PARSER = new MarkdownIt({ html: true }).disable(['code', 'lheading']);

/** The parts of Markdown: CommonMark with tables, strikethrough and tasks. */
export function parseMarkdown(text: string, language: Language): Document {
  return { blocks: new BlockReader(language).read(withoutOpenTasks(PARSER.parse(prepareLines(text), {}))) };
}

/** An open list, and the numbers of its items. */
interface List {
  readonly ordered: boolean;
  /** True if its numbers are those of a list; else its items are paragraphs that begin with a number. */
  readonly counts: boolean;
  items: number;
  first: number | undefined;
}

/** Reads the tokens of a document in order. */
class BlockReader {
  readonly #language: Language;
  readonly #blocks: Block[] = [];
  readonly #lists: List[] = [];
  #quotes = 0;
  #heading = 0;
  #inTable = false;
  #label = '';
  #headers: string[] = [];
  #cells: string[] = [];

  constructor(language: Language) {
    this.#language = language;
  }

  read(tokens: readonly Token[]): Block[] {
    const counting = countingLists(tokens);
    for (const [i, token] of tokens.entries()) this.#readToken(token, counting.has(i));
    return this.#blocks;
  }

  #readToken(token: Token, counts: boolean): void {
    switch (token.type) {
      case 'heading_open':
        this.#heading = Number(token.tag.slice(1));
        break;
      case 'heading_close':
        this.#heading = 0;
        break;
      case 'bullet_list_open':
      case 'ordered_list_open':
        this.#lists.push({ ordered: token.type === 'ordered_list_open', counts, items: 0, first: undefined });
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        this.#lists.pop();
        break;
      case 'list_item_open':
        this.#label = this.#labelOf(token);
        break;
      case 'blockquote_open':
        this.#quotes += 1;
        break;
      case 'blockquote_close':
        this.#quotes -= 1;
        break;
      case 'inline':
        this.#readText(inlineText(token.children ?? []));
        break;
      case 'fence':
        this.#blocks.push({ kind: 'code', level: 0, text: token.content.trimEnd() });
        break;
      case 'html_block':
        this.#blocks.push(...parseHtml(token.content, this.#language).blocks);
        break;
      default:
        this.#readTable(token.type);
    }
  }

  /** The number of an item. Markdown counts on where all numbers are the same; "3. Oktober" is no list of one item. */
  #labelOf(token: Token): string {
    const list = this.#lists.at(-1);
    if (!list?.ordered) return '';
    list.first ??= Number(token.info);
    list.items += 1;
    return list.counts ? `${list.first + list.items - 1}. ` : `${token.info}${token.markup} `;
  }

  #readTable(type: string): void {
    if (type === 'table_open') this.#inTable = true;
    else if (type === 'table_close') {
      // A table of one row has no headers.
      if (this.#cells === this.#headers)
        this.#blocks.push({ kind: 'row', level: 0, text: rowText([], this.#headers, this.#language) });
      this.#inTable = false;
      [this.#headers, this.#cells] = [[], []];
    } else if (type === 'thead_close') this.#headers = this.#cells;
    else if (type === 'tr_open') this.#cells = [];
    else if (type === 'tr_close' && this.#cells !== this.#headers && this.#headers.length > 0)
      this.#blocks.push({ kind: 'row', level: 0, text: rowText(this.#headers, this.#cells, this.#language) });
  }

  #readText(text: string): void {
    if (text === '' && !this.#inTable) return;
    if (this.#inTable) this.#cells.push(text.replaceAll('\n', ' '));
    else if (this.#heading > 0)
      this.#blocks.push({ kind: 'heading', level: this.#heading, text: text.replaceAll('\n', ' ') });
    else if (this.#lists.length > 0) {
      const { ordered = false, counts = false } = this.#lists.at(-1) ?? {};
      this.#blocks.push(
        ordered && !counts && this.#label !== ''
          ? { kind: 'paragraph', level: 0, text: `${this.#label}${text}` }
          : { kind: 'item', level: 0, text: asSentence(`${this.#label}${text}`, this.#language), ordered },
      );
      this.#label = '';
    } else this.#blocks.push({ kind: this.#quotes > 0 ? 'quote' : 'paragraph', level: 0, text });
  }
}

/**
 * The indices of the tokens that open a list whose numbers count: 1, or more than one item in steps of one (or, as
 * Markdown allows, all the same).
 */
function countingLists(tokens: readonly Token[]): ReadonlySet<number> {
  const counting = new Set<number>();
  const open: { readonly at: number; readonly numbers: number[] }[] = [];
  tokens.forEach((token, i) => {
    if (token.type === 'ordered_list_open') open.push({ at: i, numbers: [] });
    else if (token.type === 'bullet_list_open') open.push({ at: i, numbers: [] });
    else if (token.type === 'list_item_open') open.at(-1)?.numbers.push(Number(token.info));
    else if (token.type.endsWith('_list_close')) {
      const list = open.pop();
      if (list && doCount(list.numbers)) counting.add(list.at);
    }
  });
  return counting;
}

function doCount(numbers: readonly number[]): boolean {
  const [first = 0, second] = numbers;
  if (second === undefined) return first === 1;
  const step = second - first;
  return (step === 0 || step === 1) && numbers.every((number, i) => number === first + i * step);
}
