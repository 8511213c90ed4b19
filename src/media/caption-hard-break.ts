import { type Glyph, LINE_COLUMNS } from './caption-width.ts';

/** Full lines of graphemes, ended earlier after a slash or the like, as in an address. */
export function broken(glyphs: readonly Glyph[]): Glyph[] {
  const parts: Glyph[] = [];
  let rest = glyphs;
  while (rest.length > 0) {
    const count = fullLine(rest);
    const line = rest.slice(0, count);
    parts.push({
      text: line.map((glyph) => glyph.text).join(''),
      start: line[0]?.start ?? 0,
      columns: line.reduce((sum, glyph) => sum + glyph.columns, 0),
    });
    rest = rest.slice(count);
  }
  return parts;
}

function fullLine(glyphs: readonly Glyph[]): number {
  let columns = 0;
  let count = 0;
  let good = 0;
  for (const glyph of glyphs) {
    columns += glyph.columns;
    if (columns > LINE_COLUMNS && count > 0) return good > count / 2 ? good : count;
    count += 1;
    if (/^[/&?=_\-.,，、]$/u.test(glyph.text)) good = count;
  }
  return count;
}
