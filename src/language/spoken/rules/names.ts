import type { Reader, Reading, Rule } from './reader.ts';

const VOWEL = /[AEIOUYÀ-ÖØ-Ý]/u;
/** Longer words of capital letters are words. */
const LONGEST_INITIALISM = 6;

/**
 * Letters one by one: "F.B.I." The full stops keep the voices from reading "A" as an article and "US" as a word.
 */
export function spelled(letters: string): string {
  return Array.from(letters.toUpperCase(), (letter) => `${letter}.`).join('');
}

/** "keepAliveTimeout" → "keep Alive Timeout". */
export function camelWords(name: string): string {
  return name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
}

/** "z. B.", "Mr.", "Mme". A value that ends in a full stop may be the end of its sentence. */
export const abbreviation: Rule = (reader, at) => {
  const { abbreviations, shortWords } = reader.language;
  const { kind, text } = reader.token(at);
  if (kind !== 'word' || /^[\p{L}\p{N}]$/u.test(reader.text(at - 1).slice(-1))) return undefined;
  const found = reader.longest(at, 'abbreviations');
  const words = found && abbreviations[found.text];
  if (found && words !== undefined) return { words: endOf(reader, words, found.end), end: found.end };
  if (!Object.hasOwn(shortWords, text) || reader.text(at + 1) === '.') return undefined;
  return { words: shortWords[text] ?? text, end: at + 1 };
};

function endOf(reader: Reader, words: string, end: number): string {
  if (!words.endsWith('.') || /\.\p{Lu}\.$/u.test(words)) return words;
  const next = reader.token(reader.skipSpace(end));
  return next.text === '' || next.text.includes('\n') || /^\p{Lu}/u.test(next.text) ? words : words.slice(0, -1);
}

/** "C++", "C#", "AT&T", "MP4", "FBI", "U.S.", "report.pdf". */
export const name: Rule = (reader, at) => {
  if (reader.token(at).kind !== 'word') return undefined;
  return (
    initials(reader, at) ?? plusPlus(reader, at) ?? sharp(reader, at) ?? withAnd(reader, at) ?? initialism(reader, at)
  );
};

/** "U.S.", "J.K.": two or more capital letters with full stops. */
function initials(reader: Reader, at: number): Reading | undefined {
  let [end, letters] = [at, ''];
  while (/^\p{Lu}$/u.test(reader.text(end)) && reader.text(end + 1) === '.' && letters.length < LONGEST_INITIALISM) {
    letters += reader.text(end);
    end += 2;
  }
  return letters.length < 2 ? undefined : { words: spelled(letters), end };
}

function plusPlus(reader: Reader, at: number): Reading | undefined {
  const { plus } = reader.language.signs;
  if (reader.text(at + 1) !== '+' || reader.text(at + 2) !== '+') return undefined;
  return { words: `${reader.text(at)} ${plus} ${plus}`, end: at + 3 };
}

function sharp(reader: Reader, at: number): Reading | undefined {
  if (!/^[A-GJ]$/u.test(reader.text(at)) || reader.text(at + 1) !== '#') return undefined;
  return { words: `${reader.text(at)} ${reader.language.signs.sharp}`, end: at + 2 };
}

/** "AT&T", "R&D". */
function withAnd(reader: Reader, at: number): Reading | undefined {
  const [before, after] = [reader.text(at), reader.text(at + 2)];
  if (reader.text(at + 1) !== '&' || !isShortCapitals(before) || !isShortCapitals(after)) return undefined;
  return { words: `${spelled(before)} ${reader.language.signs.and} ${spelled(after)}`, end: at + 3 };
}

const isShortCapitals = (word: string): boolean => /^\p{Lu}{1,3}$/u.test(word);

/** Capital letters that are no word: without a vowel, beside a digit, or known. */
function initialism(reader: Reader, at: number): Reading | undefined {
  const word = reader.text(at);
  if (word.length < 2 || word.length > LONGEST_INITIALISM || !/^\p{Script=Latin}+$/u.test(word)) return undefined;
  if (word !== word.toUpperCase()) return undefined;
  const { language } = reader;
  const isCode = word.length < 4 && [at - 1, at + 1].some((place) => reader.token(place).kind === 'number');
  const isListed = language.spelled.has(word);
  const isHeading = [reader.wordBefore(at), reader.wordAfter(at + 1)].some(
    (other) => other.length > 3 && other === other.toUpperCase() && VOWEL.test(other) && !language.spelled.has(other),
  );
  if (!isCode && (isHeading || !(isListed || !VOWEL.test(word)))) return undefined;
  return { words: spelled(word), end: at + 1 };
}

/** A full stop between two words: a missing space after a sentence, or the dot of a name ("Node.js"). */
export const dot: Rule = (reader, at) => {
  const [before, after] = [reader.token(at - 1), reader.token(at + 1)];
  if (reader.text(at) !== '.' || before.kind !== 'word' || after.kind !== 'word') return undefined;
  if (/\p{Ll}{2}$/u.test(before.text) && /^\p{Lu}\p{Ll}/u.test(after.text)) return { words: '. ', end: at + 1 };
  if (before.text.length < 2) return undefined;
  const isExtension = /^[a-z]{2,4}$/u.test(after.text) && !/[aeiou]/u.test(after.text) && reader.text(at + 2) !== '.';
  const words = isExtension && after.text !== 'br' ? spelled(after.text) : camelWords(after.text);
  return { words: ` ${reader.language.signs.dot} ${words}`, end: at + 2 };
};

/** "and/or": the slash is not spoken; "$75K/year": after an amount it is. */
export const slash: Rule = (reader, at) => {
  if (reader.text(at) !== '/') return undefined;
  const isAmount = [at - 1, at - 2].some((place) => reader.token(place).kind === 'number');
  const isPer = isAmount && /^\p{Ll}{3,}$/u.test(reader.text(at + 1));
  return { words: isPer ? ` ${reader.language.signs.per} ` : ' ', end: at + 1 };
};

/** "2.1.3", "v2.1": versions. */
export const version: Rule = (reader, at) => {
  const { signs, point, decimalMark } = reader.language;
  const isMarked = /^[vV]$/u.test(reader.text(at)) && reader.token(at + 1).kind === 'number' && reader.isFree(at);
  if (isMarked) return { words: `${signs.version} `, end: at + 1 };
  const { kind, text } = reader.token(at);
  if (kind !== 'number' || reader.numeral(at)) return undefined;
  const parts = text
    .split(/[.,_]/u)
    .map((part) => reader.say({ whole: part, decimals: '', isGrouped: false }, 'alone'));
  return { words: parts.join(` ${decimalMark === '.' ? point : signs.dot} `), end: at + 1 };
};
