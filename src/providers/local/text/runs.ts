/**
 * Offsets at which runs end that hold a certain character, in ascending order; an end of the whole text is left out.
 * `run` is a global pattern of one repeated class. What a look-behind over such a run would find, in linear time.
 */
export function* endsOfRuns(text: string, run: RegExp, holding: RegExp): Generator<number> {
  for (const match of text.matchAll(run)) {
    const end = match.index + match[0].length;
    if (end < text.length && holding.test(match[0])) yield end;
  }
}

/** A text cut at such offsets. */
export function cutAt(text: string, ends: Iterable<number>): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const end of ends) {
    parts.push(text.slice(start, end));
    start = end;
  }
  return [...parts, text.slice(start)];
}
