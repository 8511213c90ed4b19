/** A part of a document, without the marks of Markdown or HTML. */
export interface Block {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'quote' | 'row' | 'code';
  /** 1 to 6 for a heading, 0 otherwise. */
  readonly level: number;
  /**
   * In normal form: wrapped lines are joined. A line feed is a break that the author made (a poem, an address); code has
   * one after each line.
   */
  readonly text: string;
  /** True for an item of a numbered list, which leans on the item before it. Its text begins with its number: "2. Wash the rice." */
  readonly ordered?: boolean;
}

export interface Document {
  /** From front matter, the subject of a message or the title of a page. */
  readonly title?: string;
  /** In order; none is empty. */
  readonly blocks: readonly Block[];
}
