import { Tokenizer } from 'htmlparser2';
import type { Language } from '../language.ts';
import type { Document } from './block.ts';
import { HtmlReader } from './html-reader.ts';

/** What is no part of the text of a page. */
const LEFT_OUT = new Set(
  `head script style nav footer aside form button select textarea noscript template svg math iframe object audio video canvas
  figcaption dialog`.split(/\s+/u),
);
const DRAWINGS = new Set(['svg', 'math']);
/** Of these tags the attributes are read. */
const READ_ATTRIBUTES = new Set(['input', 'ol']);

/**
 * The parts of a page or a fragment of HTML, without its navigation, styles, forms and captions of pictures. The
 * tokenizer is used without the parser around it, whose stack of open tags takes quadratic time.
 */
export function parseHtml(text: string, language: Language): Document {
  const reader = new HtmlReader(language);
  const closings = new LastClosings(text);
  const tag = (start: number, end: number) => text.slice(start, end).toLowerCase();
  let leftOut: string | undefined;
  let depth = 0;
  let isTitle = false;
  let name = '';
  let attribute = '';
  let attributes = new Map<string, string>();
  const endTag = () => {
    if (name === 'input' && attributes.get('type')?.toLowerCase() === 'checkbox' && leftOut === undefined)
      reader.box(attributes.has('checked'));
    if (name === 'ol' && leftOut === undefined) reader.startOfList(attributes.get('start') ?? '');
  };
  const add = (part: string) => {
    if (isTitle) reader.pageTitle(part);
    else if (leftOut === undefined) reader.text(part);
  };
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname(start, end) {
        name = tag(start, end);
        attributes = new Map();
        if (name === 'title') isTitle = true;
        if (leftOut === name) depth += 1;
        else if (leftOut === undefined && LEFT_OUT.has(name) && closings.isClosed(name, start))
          [leftOut, depth] = [name, 1];
        if (leftOut === undefined) reader.open(name);
      },
      onclosetag(start, end) {
        name = tag(start, end);
        if (name === 'title') isTitle = false;
        if (leftOut === undefined) reader.close(name);
        if (leftOut === name) depth -= 1;
        if (depth === 0) leftOut = undefined;
      },
      onattribname(start, end) {
        attribute = READ_ATTRIBUTES.has(name) ? tag(start, end) : '';
        if (attribute !== '') attributes.set(attribute, '');
      },
      onattribdata(start, end) {
        if (attribute !== '') attributes.set(attribute, text.slice(start, end));
      },
      onopentagend: endTag,
      onselfclosingtag() {
        endTag();
        // In a drawing or a formula such a tag has no closing tag.
        if (leftOut !== name || !DRAWINGS.has(name)) return;
        depth -= 1;
        if (depth === 0) leftOut = undefined;
      },
      ontext: (start, end) => add(text.slice(start, end)),
      ontextentity: (codepoint) => add(String.fromCodePoint(codepoint)),
      ...WITHOUT_TEXT,
    },
  );
  tokenizer.write(text);
  tokenizer.end();
  return reader.end();
}

function ignore(): void {}

const WITHOUT_TEXT = {
  onattribentity: ignore,
  onattribend: ignore,
  oncdata: ignore,
  oncomment: ignore,
  ondeclaration: ignore,
  onend: ignore,
  onprocessinginstruction: ignore,
};

/** Finds whether a tag is closed at all: one that is not would leave out the rest of the page. */
class LastClosings {
  readonly #text: string;
  readonly #last = new Map<string, number>();

  constructor(text: string) {
    this.#text = text.toLowerCase();
  }

  isClosed(name: string, at: number): boolean {
    const last = this.#last.get(name) ?? this.#text.lastIndexOf(`</${name}`);
    this.#last.set(name, last);
    return last > at;
  }
}
