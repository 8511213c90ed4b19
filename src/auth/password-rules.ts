import { normalized } from '../unicode.ts';
import { lettersIn, repeatedPart, withoutLeet, withoutWalks, wordsIn } from './password-patterns.ts';

/** Lengths count code points after NFKC, as NIST SP 800-63B asks. */
export const PASSWORD_LENGTH = { least: 12, most: 200 } as const;

const MIN_DISTINCT_CHARACTERS = 5;
/** Shorter words are part of many good passwords. */
const WORD_CHARACTERS = 4;
/** A shorter number is a date, a phone number or another that is not random. */
const NUMBER_DIGITS = 20;

export interface PasswordProblem {
  readonly code: 'TOO_SHORT' | 'TOO_LONG' | 'INVALID';
  readonly message: string;
}

/** What everyone tries first, in lower case. */
export interface WordList {
  has(word: string): boolean;
}

/** What new passwords must fulfil; existing ones are not checked again. */
export class PasswordRules {
  readonly #common: WordList;

  constructor(common: WordList) {
    this.#common = common;
  }

  /** The problem of a new password, or null. `names` are the owner's user name, e-mail address and the like. */
  problem(password: string, names: readonly string[]): PasswordProblem | null {
    const plain = normalized(password, 'NFKC');
    const length = [...plain].length;
    const { least, most } = PASSWORD_LENGTH;
    if (length < least) return { code: 'TOO_SHORT', message: `A password needs at least ${least} characters.` };
    if (length > most) return { code: 'TOO_LONG', message: `A password may have at most ${most} characters.` };
    const folded = plain.toLowerCase();
    if (this.#isNamed(folded, names))
      return { code: 'INVALID', message: 'The password is too close to your name or e-mail address: choose another.' };
    if (this.#isCommon(folded) || this.#isCommon(withoutLeet(folded)))
      return { code: 'INVALID', message: 'This password is one of those that are tried first: choose another.' };
    return null;
  }

  /** Whether nothing but common words, digits and signs is left beside a name. */
  #isNamed(folded: string, names: readonly string[]): boolean {
    for (const part of names.flatMap(partsOf)) {
      if (!folded.includes(part)) continue;
      const rest = lettersIn(folded.replaceAll(part, ''));
      if (rest.length < WORD_CHARACTERS || this.#areCommonWords(rest)) return true;
    }
    return false;
  }

  #isCommon(folded: string): boolean {
    if (new Set(folded).size < MIN_DISTINCT_CHARACTERS) return true;
    if (/^[\p{Nd}\s./:+-]+$/u.test(folded) && folded.length < NUMBER_DIGITS) return true;
    const part = repeatedPart(folded);
    if ([...part].length < PASSWORD_LENGTH.least && part !== folded) return true;
    const unwalked = withoutWalks(folded);
    if (unwalked.length < WORD_CHARACTERS) return true;
    return [folded, unwalked].some((text) => this.#isOneCommonWord(text));
  }

  #isOneCommonWord(text: string): boolean {
    const letters = lettersIn(text);
    return (
      this.#common.has(text) ||
      this.#areCommonWords(wordsIn(text)) ||
      // Of a random password a few letters may be a short word.
      (letters.length > WORD_CHARACTERS && this.#areCommonWords(letters))
    );
  }

  /** Whether the text is a common word or two of them, also the same one several times. */
  #areCommonWords(text: string): boolean {
    if (this.#common.has(text) || this.#common.has(repeatedPart(text))) return true;
    for (let end = WORD_CHARACTERS; end <= text.length - WORD_CHARACTERS; end++)
      if (this.#common.has(text.slice(0, end)) && this.#common.has(text.slice(end))) return true;
    return false;
  }
}

/** A name and its parts, also those of an e-mail address, without its ending. */
function partsOf(name: string): string[] {
  const folded = normalized(name, 'NFKC').toLowerCase();
  const [local = '', domain = ''] = folded.split('@');
  const parts = [folded, local, ...local.split(/[^\p{L}\p{N}]+/u), domain, ...domain.split('.').slice(0, -1)];
  const words = folded.split(/\s+/);
  return [...new Set([...parts, ...words])]
    .filter((part) => [...part].length >= WORD_CHARACTERS)
    .sort((one, other) => other.length - one.length);
}
