import { normalized } from '../../../../unicode.ts';
import type { MotifName } from './motif-lexicon.ts';

export interface MotifWord {
  /** In lower case. */
  readonly text: string;
  readonly isCapitalised: boolean;
  /** True if its capital, or a title before it, says that it is a part of a proper name. */
  readonly isName: boolean;
  /** True if only a space is before it. */
  readonly followsDirectly: boolean;
  /** True if only an apostrophe or a hyphen is before it: "l’eau", "five-story". */
  readonly isElided: boolean;
}

/** A text in which names of motifs are looked for. */
export interface MotifContext {
  readonly words: readonly MotifWord[];
  /** False if words elsewhere in the text say that the name means something else. */
  allows(name: Pick<MotifName, 'needs' | 'excludedBy'>): boolean;
}

const TITLES = new Set(
  (
    'mr mrs ms miss dr prof professor st saint sir lady frau herr herrn familie m mme mlle madame monsieur maître señor señora sr sra don doña ' +
    'senhor senhora dona sig signor signora signorina dott dottor ing onorevole bürgermeister bürgermeisterin'
  ).split(' '),
);
/** Shares of a line's longer words with a capital, above which capitals are its style ("Harbor Bridge to Close"). */
const TITLE_CASE = 0.75;
const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
/** Chinese has no spaces between words. */
const BEGINS_A_WORD = /^=?(?!\p{Script=Han})\p{L}/u;
const LONGER = 4;
const FEWEST_IN_TITLE_CASE = 2;

/**
 * In German, whose nouns all have a capital, only titles and initials say what is a name. `around` has the words that
 * decide what a name means.
 */
export function motifContext(text: string, base: string, around = text): MotifContext {
  const words = normalized(text, 'NFC')
    .split('\n')
    .flatMap((line) => wordsOfLine(line, base));
  return { words, allows: allowedBeside(around) };
}

/** Whether the words of a text let a name mean its motif. */
export function allowedBeside(text: string): MotifContext['allows'] {
  const lowered = normalized(text, 'NFC').toLowerCase();
  const written = ` ${Array.from(lowered.matchAll(WORDS), ([word]) => word).join(' ')} `;
  const found = new Map<string, boolean>();
  // Each hint is looked for once, so that the time grows with the text's length only.
  const has = (hint: string): boolean => {
    const known = found.get(hint);
    if (known !== undefined) return known;
    const isIn = BEGINS_A_WORD.test(hint)
      ? written.includes(hint.startsWith('=') ? ` ${hint.slice(1)} ` : ` ${hint}`)
      : lowered.includes(hint);
    found.set(hint, isIn);
    return isIn;
  };
  return ({ needs, excludedBy }) => (needs.length === 0 || needs.some(has)) && !excludedBy.some(has);
}

function wordsOfLine(line: string, base: string): MotifWord[] {
  const parts = Array.from(line.matchAll(WORDS), ({ 0: text, index }) => ({ text, index }));
  const longer = parts.filter(({ text }) => text.length >= LONGER);
  const capitals = longer.filter(({ text }) => isCapitalised(text));
  const hasSmallLetters = /\p{Ll}/u.test(line);
  const isSentence = /[.!?]["”’»)]?$/u.test(line.trimEnd());
  const isTitleCase =
    !isSentence && longer.length >= FEWEST_IN_TITLE_CASE && capitals.length > longer.length * TITLE_CASE;
  return parts.map(({ text, index }, at) => {
    const previous = parts[at - 1];
    const between = previous === undefined ? '' : line.slice(previous.index + previous.text.length, index);
    const begins = previous === undefined || /[.!?:;…"“„«»¿¡(*•]/u.test(between);
    const capital = isCapitalised(text);
    const isAbbreviation = text.length > 1 && text === text.toUpperCase();
    const isTitled = previous !== undefined && TITLES.has(previous.text.toLowerCase()) && isCapitalised(previous.text);
    const hasInitial = previous !== undefined && /^\p{Lu}$/u.test(previous.text) && between.startsWith('.');
    const isMarked = (capital && !begins && !isTitleCase) || (isAbbreviation && hasSmallLetters);
    return {
      text: text.toLowerCase(),
      isCapitalised: capital,
      followsDirectly: between === ' ',
      isElided: between === "'" || between === '’' || between === '-',
      isName: capital && (isTitled || hasInitial || (isMarked && (base !== 'de' || isAbbreviation))),
    };
  });
}

function isCapitalised(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}
