/**
 * Ends of runs that contain a certain character, as ascending offsets; the end of the whole text is left out. `run` is
 * a global pattern of one repeated class. Equivalent to a look-behind over such a run, in linear time.
 */
export function* endsOfRuns(text: string, run: RegExp, holding: RegExp): Generator<number> {
  for (const match of text.matchAll(run)) {
    const end = match.index + match[0].length;
    if (end < text.length && holding.test(match[0])) yield end;
  }
}

/** Splits a text at such offsets. */
export function cutAt(text: string, ends: Iterable<number>): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const end of ends) {
    parts.push(text.slice(start, end));
    start = end;
  }
  return [...parts, text.slice(start)];
}
