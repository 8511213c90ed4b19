/** A text inside a document with markup, and where each of its UTF-16 units is there. */
export interface MarkedUpText {
  readonly document: string;
  /** For each unit of the text, its offset in UTF-16 units of the document; never decreasing. */
  readonly offsets: readonly number[];
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
/** XML 1.0 §2.2: they cannot be in a document, not even as references; nor is a tabulator spoken. */
const FORBIDDEN = /(?!\n)\p{Cc}|[\uFFFE\uFFFF]/u;

/** Puts a text between the tags of a document, so that it has no tags of its own. */
export function markedUp(before: string, text: string, after: string): MarkedUpText {
  const parts = [before];
  const offsets: number[] = [];
  let length = before.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    const written = ESCAPES[unit] ?? (FORBIDDEN.test(unit) ? ' ' : unit);
    offsets.push(length);
    parts.push(written);
    length += written.length;
  }
  return { document: parts.join('') + after, offsets };
}

/** The value of an attribute. */
export function attribute(value: string): string {
  return markedUp('', value, '').document;
}

/** The unit of the text that is at an offset of the document, or the last one before it. */
export function unitAt(offsets: readonly number[], offset: number): number {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** For each UTF-16 unit of a document its offset in bytes of UTF-8, and the length of all at the end. */
export function byteOffsets(document: string): readonly number[] {
  const offsets: number[] = [];
  let bytes = 0;
  for (const character of document) {
    // Both halves of a pair begin where the pair does.
    for (let unit = 0; unit < character.length; unit += 1) offsets.push(bytes);
    bytes += Buffer.byteLength(character);
  }
  return [...offsets, bytes];
}
