import { type Glyph, LINE_COLUMNS } from './glyph-width.ts';

/** Full lines of graphemes; a line ends earlier after a slash or a similar character, as in a web address. */
export function hardBreak(glyphs: readonly Glyph[]): Glyph[] {
  const parts: Glyph[] = [];
  for (let from = 0; from < glyphs.length; ) {
    const to = lineEnd(glyphs, from);
    const line = glyphs.slice(from, to);
    parts.push({
      text: line.map((glyph) => glyph.text).join(''),
      start: line[0]?.start ?? 0,
      columns: line.reduce((sum, glyph) => sum + glyph.columns, 0),
    });
    from = to;
  }
  return parts;
}

/** Index after the last glyph of the line that begins at `from`. */
function lineEnd(glyphs: readonly Glyph[], from: number): number {
  let columns = 0;
  let good = from;
  for (let at = from; at < glyphs.length; at += 1) {
    const glyph = glyphs[at];
    columns += glyph?.columns ?? 0;
    if (columns > LINE_COLUMNS && at > from) return good - from > (at - from) / 2 ? good : at;
    if (/^[/&?=_\-.,，、]$/u.test(glyph?.text ?? '')) good = at + 1;
  }
  return glyphs.length;
}
