import { withoutDirectionControls } from '../../../unicode.ts';

/** At most so many UTF-16 units, in whole characters, with … where something was cut off. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Without line ends, which begin a header or a further line elsewhere, and without other invisible characters. */
export function oneLine(text: string, most: number): string {
  return shortened(withoutDirectionControls(text.toWellFormed()).replace(CONTROLS, ' ').trim(), most);
}

/** The lines of a longer text. */
export function linesIn(text: string, most: number): string[] {
  return shortened(text, most)
    .split('\n')
    .map((line) => oneLine(line, most));
}

const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** The text with each character replaced, cut off between two characters where the result would be longer than `most`. */
export function escapedWithin(text: string, most: number, replace: (character: string) => string): string {
  let result = '';
  for (const character of text) {
    const escaped = replace(character);
    if (result.length + escaped.length > most) break;
    result += escaped;
  }
  return result;
}
