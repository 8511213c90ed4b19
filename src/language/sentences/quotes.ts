import type { Language } from '../language.ts';

const PAIRS: Readonly<Record<string, string>> = {
  '“': '”',
  '«': '»',
  '‹': '›',
  '「': '」',
  '『': '』',
  '《': '》',
  '（': '）',
  '(': ')',
};

/** German opens with low marks and closes with the English opening marks; it also reverses guillemets. */
const GERMAN_PAIRS: Readonly<Record<string, string>> = { '„': '“', '‚': '‘', '»': '«', '›': '‹', '(': ')' };

/**
 * Tracks the open quotation marks and brackets of a text that is read part by part. Straight quotation marks alternate.
 */
export class OpenQuotes {
  readonly #pairs: Readonly<Record<string, string>>;
  /** The expected closing marks, the innermost last. */
  readonly #awaited: string[] = [];

  constructor(language: Language) {
    this.#pairs = language.base === 'de' ? GERMAN_PAIRS : PAIRS;
  }

  /** Reads the next part of the text. */
  read(part: string): void {
    for (const character of part) {
      const closing = character === '"' ? '"' : this.#pairs[character];
      if (character === this.#awaited.at(-1)) this.#awaited.pop();
      else if (closing) this.#awaited.push(closing);
    }
  }

  /** True if a mark is open after the text read so far. */
  get isOpen(): boolean {
    return this.#awaited.length > 0;
  }
}
