import { extname } from 'node:path';
import { normalized } from '../unicode.ts';

/** UTF-16 units that are read, and UTF-8 bytes in the result: file systems accept names of 255 bytes. */
const MAX_UNITS = 400;
const MAX_BYTES = 180;

/** Windows file systems reject these characters in a name; others give them a special meaning. */
const FORBIDDEN = /[<>:"/\\|?*]/gu;
/** Line and paragraph separators and all control characters. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
/** Marks that change the direction of text, so that "exe.mp4" could look like "4pm.exe", and invisible characters. */
const INVISIBLE = /[\p{Bidi_Control}\u200b\u2060\ufeff]/gu;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A file name for a title, with the extension of the file's key, e.g. "蜜蜂的舞蹈.mp4": safe on every file system and in a
 * header. "video" replaces a title without usable characters.
 */
export function fileNameOf(title: string, key: string): string {
  const clean = normalized(title.slice(0, MAX_UNITS).toWellFormed(), 'NFC')
    .replace(INVISIBLE, '')
    .replace(BREAKS, ' ')
    .replace(FORBIDDEN, '_')
    .split(/\s/u)
    .filter((word) => word !== '')
    .join(' ');
  const stem = withoutOuterDots(truncated(withoutOuterDots(clean)));
  return `${RESERVED.test(stem) ? '_' : ''}${stem || 'video'}${extname(key)}`;
}

/** As many whole code points as fit. */
function truncated(text: string): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_BYTES) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/**
 * Removes dots and spaces at the ends: a name that begins with a dot is hidden, and Windows removes them at the end.
 */
function withoutOuterDots(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isOuter(text[from])) from++;
  while (to > from && isOuter(text[to - 1])) to--;
  return text.slice(from, to);
}

function isOuter(character: string | undefined): boolean {
  return character === '.' || character === ' ';
}
