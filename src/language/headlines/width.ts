import { WIDE_SCRIPT } from '../language.ts';

/** The room that a text takes: a Chinese character or kana counts 3, any other UTF-16 unit 1. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE_SCRIPT.test(character) ? 3 : character.length;
  return width;
}
