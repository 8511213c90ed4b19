/** An open item of a list. */
interface Item {
  /** The number of open lists around it. */
  readonly depth: number;
  /** True if it, or else the item that it is part of, has an empty check box. */
  isOpen: boolean;
  hasText: boolean;
}

/**
 * The check boxes in the lists of a page. As in Markdown, the open tasks of a list that also has checked ones are left out, with all that is
 * below them except checked ones; a list and the lists inside it are one.
 */
export class HtmlTasks<T> {
  #depth = 0;
  readonly #items: Item[] = [];
  #hasDone = false;
  #open: T[] = [];

  openList(): void {
    this.#depth += 1;
  }

  /** The blocks that are left out, if no list is open any more. */
  closeList(): readonly T[] {
    this.#depth = Math.max(0, this.#depth - 1);
    this.#closeItems(this.#depth + 1);
    if (this.#depth > 0) return [];
    const leftOut = this.#hasDone ? this.#open : [];
    [this.#hasDone, this.#open] = [false, []];
    return leftOut;
  }

  openItem(): void {
    // Its closing tag may be missing.
    this.#closeItems(this.#depth);
    this.#items.push({ depth: this.#depth, isOpen: this.#items.at(-1)?.isOpen ?? false, hasText: false });
  }

  closeItem(): void {
    this.#closeItems(this.#depth);
  }

  /** A check box, which is that of its item where no text is before it. */
  box(isChecked: boolean): void {
    const item = this.#items.at(-1);
    if (item === undefined || item.hasText) return;
    item.isOpen = !isChecked;
    this.#hasDone ||= isChecked;
  }

  /** A block of the open item. */
  text(block: T): void {
    const item = this.#items.at(-1);
    if (item === undefined) return;
    item.hasText = true;
    if (item.isOpen) this.#open.push(block);
  }

  #closeItems(depth: number): void {
    while ((this.#items.at(-1)?.depth ?? -1) >= depth) this.#items.pop();
  }
}
