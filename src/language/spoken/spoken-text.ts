import { normalized } from '../../unicode.ts';

/**
 * The text for the voice, and the origin of each of its UTF-16 units. Captions show the original, so that every part
 * rewritten for speech (digits, symbols, addresses) still maps to the visible text.
 */
export interface SpokenText {
  readonly text: string;
  /** For each unit of `text`, the offset in the original; never decreasing. */
  readonly origins: readonly number[];
}

/** The replacement of a match; undefined leaves it unchanged. */
export type Rewrite = (match: RegExpExecArray) => string | undefined;

/**
 * Characters that are visible or invisible but not spoken: pictures, controls, invisible marks, and code points that
 * Unicode has not assigned.
 */
const unspokenCharacters =
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]|\u{FE0F}|\u{20E3}/u;
/**
 * Fractions, powers, ordinals and "№", whose compatibility forms mean something else: "2½" would be "21/2", "10²" would
 * be "102", and "1º" would be "1o".
 */
const compositeSigns = /^[¼½¾⅐-⅞²³¹⁰⁴-⁹⁻№ºª]$/u;
/** Characters whose plain form is in the voices' rules. */
const plainForms = new Map([
  ['’', "'"],
  ['‘', "'"],
  ['ʼ', "'"],
  ['“', '"'],
  ['”', '"'],
  ['−', '-'],
  ['‐', '-'],
  ['‑', '-'],
  ['ⁿ', '^n'],
  ['℃', '°C'],
  ['℉', '°F'],
]);

/**
 * NFKC (so that full-width digits are digits), with pictures and controls replaced by spaces; line breaks are kept.
 * Works on grapheme clusters, because a letter and its combining marks must be composed together.
 */
export function spokenText(original: string): SpokenText {
  const builder = new SpokenTextBuilder();
  for (const { segment, index } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(original)) {
    // A full-width comma after a plain digit ends a clause: "答案是1，200人" is no 1,200.
    const isClauseEnd = segment === '，' && /\d/.test(original.charAt(index - 1));
    for (const character of isClauseEnd ? ', ' : sayable(segment)) builder.add(character, index);
  }
  return builder.done();
}

function sayable(cluster: string): string {
  if (/^(?:\r?\n|\r|\u2028|\u2029)$/u.test(cluster)) return '\n';
  if (compositeSigns.test(cluster)) return cluster;
  if (cluster === '™') return ' ';
  // A circled digit is a mark of its own, not a digit of the number beside it.
  if (/^[①-⓿❶-➓]$/u.test(cluster)) return ` ${normalized(cluster, 'NFKC')} `;
  const plain = plainForms.get(cluster) ?? normalized(cluster, 'NFKC');
  return Array.from(plain, (character) => (unspokenCharacters.test(character) ? ' ' : character)).join('');
}

/** Replaces each match of a global pattern; every unit of a replacement maps to the beginning of its match. */
export function rewrite(spoken: SpokenText, pattern: RegExp, rewriteMatch: Rewrite): SpokenText {
  const builder = new SpokenTextBuilder();
  let done = 0;
  for (const match of spoken.text.matchAll(pattern)) {
    const replacement = rewriteMatch(match);
    if (replacement === undefined) continue;
    builder.copy(spoken, done, match.index);
    builder.add(replacement, spoken.origins[match.index] ?? 0);
    done = match.index + match[0].length;
  }
  builder.copy(spoken, done, spoken.text.length);
  return builder.done();
}

/** Composes a spoken text from parts of another one and replacements. */
export class SpokenTextBuilder {
  readonly #parts: string[] = [];
  readonly #origins: number[] = [];

  add(replacement: string, origin: number): void {
    this.#parts.push(replacement);
    for (let unit = 0; unit < replacement.length; unit += 1) this.#origins.push(origin);
  }

  copy(from: SpokenText, start: number, end: number): void {
    this.#parts.push(from.text.slice(start, end));
    for (let unit = start; unit < end; unit += 1) this.#origins.push(from.origins[unit] ?? 0);
  }

  done(): SpokenText {
    return { text: this.#parts.join(''), origins: this.#origins };
  }
}
