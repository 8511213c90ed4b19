import type { Token } from 'markdown-it';

/** "[x] " or "[ ] ", where the text of an item begins. */
const BOX = /^\[([ xX])\](?:\s|$)/u;
/** A box at the beginning of a line, which may be an item that is indented so far that it is text. */
const BOX_OF_LINE = /^([-*+] )?\[[ xX]\](?:\s|$)/u;
/** Tokens with text. */
const CONTENT: ReadonlySet<string> = new Set(['inline', 'fence', 'html_block']);

/** An open item of a list. */
interface Item {
  /** True if it, or else the item that it is part of, has an empty box. */
  isOpen: boolean;
  hasText: boolean;
}

/**
 * The tokens of a document without boxes of tasks, which are removed from the given tokens. In a list with checked and
 * unchecked tasks the unchecked ones are left out, with all that is below them except checked ones: spoken beside the
 * others, they would seem to be done. A list and the lists inside it are one.
 */
export function withoutOpenTasks(tokens: readonly Token[]): Token[] {
  const omitted = new Set<number>();
  const items: Item[] = [];
  let depth = 0;
  let hasDone = false;
  let open: number[] = [];
  tokens.forEach((token, i) => {
    const item = items.at(-1);
    if (token.type.endsWith('_list_open')) depth += 1;
    else if (token.type.endsWith('_list_close')) {
      depth -= 1;
      if (depth > 0) return;
      if (hasDone) for (const at of open) omitted.add(at);
      [hasDone, open] = [false, []];
    } else if (token.type === 'list_item_open') items.push({ isOpen: item?.isOpen ?? false, hasText: false });
    else if (token.type === 'list_item_close') items.pop();
    else if (CONTENT.has(token.type)) {
      const box = item?.hasText === false ? boxOf(token) : undefined;
      if (item !== undefined) {
        item.isOpen = box === undefined ? item.isOpen : box === ' ';
        item.hasText = true;
        if (item.isOpen) open.push(i);
      }
      hasDone ||= box !== undefined && box !== ' ';
      removeBoxes(token);
    }
  });
  return tokens.filter((_, i) => !omitted.has(i));
}

/** What is in the box where the text begins: "x", "X", " ", or undefined if there is none. */
function boxOf(token: Token): string | undefined {
  const first = token.children?.find(({ content }) => !/^<label(?=[\s>])/iu.test(content));
  if (first?.type === 'html_inline' && /^<input\s[^>]{0,200}type=["']?checkbox/iu.test(first.content))
    return /\schecked(?=[\s=/>])/iu.test(first.content) ? 'x' : ' ';
  return first?.type === 'text' ? BOX.exec(first.content)?.[1] : undefined;
}

function removeBoxes(token: Token): void {
  let beginsLine = true;
  for (const child of token.children ?? []) {
    if (beginsLine && child.type === 'text') child.content = child.content.replace(BOX_OF_LINE, '$1');
    beginsLine = child.type === 'softbreak' || child.type === 'hardbreak';
  }
}
