type Direction = 'ltr' | 'rtl';

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}]/u;

/** The direction of a line: that of its first letter (Unicode Bidirectional Algorithm, rules P2 and P3). */
export function directionOf(line: string): Direction {
  return letterDirection(line) ?? 'ltr';
}

/**
 * The indices of a line's words from left to right, for words that are drawn one by one: rule L2 of the Unicode
 * Bidirectional Algorithm for whole words. Words without letters have the direction of the word before them if they are
 * numbers, or if the word after them has it too; else that of the line.
 */
export function visualOrder(words: readonly string[], line: Direction): number[] {
  const known = words.map(letterDirection);
  const before = nearest(known, line);
  const after = nearest(known.toReversed(), line).reverse();
  const directions = words.map((word, at): Direction => {
    const previous = before[at] ?? line;
    return /\p{L}|\p{Nd}/u.test(word) || previous === after[at] ? previous : line;
  });
  const order: number[] = [];
  let run: number[] = [];
  const close = () => {
    for (const at of run.reverse()) order.push(at);
    run = [];
  };
  // A run of words against the direction of the line is reversed in it.
  for (const [at, direction] of directions.entries()) {
    if (direction === line) {
      close();
      order.push(at);
    } else run.push(at);
  }
  close();
  return line === 'ltr' ? order : order.reverse();
}

function letterDirection(text: string): Direction | undefined {
  const letter = /\p{L}/u.exec(text)?.[0];
  if (letter === undefined) return undefined;
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}

/** For each word its own direction, or that of the last one before it that has one. */
function nearest(known: readonly (Direction | undefined)[], first: Direction): Direction[] {
  let last = first;
  return known.map((direction) => {
    last = direction ?? last;
    return last;
  });
}
