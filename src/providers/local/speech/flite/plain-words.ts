import { normalized } from '../../../../unicode.ts';

/** A word for Flite and its origin. */
export interface PlainWord {
  /** In ASCII, with at most a comma after it. */
  readonly text: string;
  /** Position in the piece, in code points. */
  readonly position: number;
}

/** Letters whose plain form is not what is left of them without their marks. */
const plainLetters = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['ø', 'o'],
  ['Ø', 'O'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['đ', 'd'],
  ['Đ', 'D'],
  ['ð', 'th'],
  ['Ð', 'Th'],
  ['þ', 'th'],
  ['Þ', 'Th'],
  ['ı', 'i'],
]);

/** Punctuation at which a sentence pauses; Flite pauses in the same way at each. */
const pausing = /[,;:!?)\]…—–]|\.\./u;
const blanks = /(\s+)/u;

/** Capitals that Flite would read as a word: "US" as "us", "UN" as "un". Longer ones, such as "NASA", it reads well. */
const shortCapitals = /^([A-Z]{2,3})((?:'?s)?|\d{1,4})$/;
/** Short words that people write in capitals for emphasis. */
const emphasized = new Set(
  (
    'ALL AM AN AND ANY ARE AS AT BAD BE BIG BUT BY CAN DAY DID DO END FOR GET GO HAD HAS HE HER HIM HIS HOT HOW IF IN IS ITS ' +
    'LET LOT MAN MAY ME MY NEW NO NOT NOW OF OFF OLD ON ONE OR OUR OUT OWN SAW SAY SEE SHE SO THE TO TOO TOP TWO UP USE WAR ' +
    'WAS WAY WE WHY WON YES YET YOU'
  ).split(' '),
);

/** Acronyms of two or three capitals that are read as words. */
const acronyms = new Set('GIF PIN RAM ROM SIM ZIP'.split(' '));
/** Flite says "A" as the article, unless a pause follows. */
const LETTER_A = 'ay';

/**
 * The words of a sentence as Flite should read them: without the marks of letters, which it would skip with their letter,
 * with commas as the only punctuation, and abbreviations as letters. The end of the sentence is left to the caller.
 */
export function plainWords(sentence: string): readonly PlainWord[] {
  const words: PlainWord[] = [];
  // A sentence in capitals has no abbreviations that could be recognized.
  const isLoud = !/\p{Ll}/u.test(sentence);
  let position = 0;
  const runs = sentence.split(blanks);
  for (const [index, run] of runs.entries()) {
    const previous = words.at(-1);
    const plain = plainWord(run, isLoud);
    const text = !isLoud && isLetterA(run, previous, runs[index + 2] ?? '') ? plain.replace('A', LETTER_A) : plain;
    if (/[A-Za-z0-9]/.test(text)) words.push({ text, position });
    // A dash between blanks: the word before it pauses.
    else if (previous && pausing.test(run) && !previous.text.endsWith(','))
      words[words.length - 1] = withComma(previous);
    position += Array.from(run).length;
  }
  return words;
}

function withComma(word: PlainWord): PlainWord {
  return { ...word, text: `${word.text},` };
}

function plainWord(run: string, isLoud: boolean): string {
  const characters = Array.from(run);
  const plain = trimMarks(characters.map(plainCharacter).join(''));
  const word = isLoud ? plain.toLowerCase() : spelled(plain);
  const lastLetter = characters.findLastIndex((character) => /[\p{L}\p{M}\p{N}]/u.test(character));
  const after = characters.slice(lastLetter + 1).join('');
  return pausing.test(after) || endsSentence(word, after) ? `${word},` : word;
}

/** "plan A is", but not in "It ended. A dog came" and "the book A Tale of Two Cities". */
function isLetterA(run: string, previous: PlainWord | undefined, next: string): boolean {
  if (run.replace(/[^\p{L}\p{N}]/gu, '') !== 'A' || previous === undefined) return false;
  return !previous.text.endsWith(',') && !/^["“‘'(]A$/u.test(run) && !/^["“‘'(]?\p{Lu}/u.test(next);
}

/** "CEO's" → "C E O's", "CO2" → "C O 2". */
function spelled(word: string): string {
  const [, capitals, end = ''] = shortCapitals.exec(word) ?? [];
  if (capitals === undefined || emphasized.has(capitals) || acronyms.has(capitals)) return word;
  const letters = Array.from(capitals, (letter) => (letter === 'A' ? LETTER_A : letter));
  return `${letters.join(' ')}${/^\d/.test(end) ? ' ' : ''}${end}`;
}

/** A full stop inside a piece: after a longer word it is the end of a sentence that was not recognized as one. */
function endsSentence(word: string, after: string): boolean {
  return after.includes('.') && word.length > 4 && !word.includes('.');
}

function plainCharacter(character: string): string {
  if (character === '—' || character === '–') return ', ';
  if (character === '/') return ' ';
  const plain = plainLetters.get(character) ?? normalized(character, 'NFKD').replace(/\p{M}/gu, '');
  return /^[ -~]*$/.test(plain) ? plain : '';
}

/** Without punctuation at both ends, which would end an utterance or be named. */
function trimMarks(word: string): string {
  const characters = Array.from(word);
  const start = characters.findIndex((character) => /[A-Za-z0-9$']/.test(character));
  const end = characters.findLastIndex((character) => /[A-Za-z0-9%']/.test(character));
  return start < 0 ? '' : characters.slice(start, end + 1).join('');
}
