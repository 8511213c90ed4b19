/** What Windows-1252 has for the bytes 0x80 to 0x9F; the other bytes are the characters of their number. */
const WINDOWS = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i));
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Two to four characters that may be one character of UTF-8, read as Windows-1252: each but the first is a byte of 0x80 to 0xBF. */
const WRONG =
  /[\u00C2-\u00DF][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[\u00E0-\u00EF][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}|[\u00F0-\u00F4][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{3}/gu;
/**
 * What no language writes: "Ã©", "â€™", "â‚¬", "Â£", "ðŸ˜", and two Chinese characters in a row. "Ã" before a quotation mark may
 * be Portuguese in capitals: "MAÇÃ»".
 */
const CERTAIN =
  /Ã[\u00A1-\u00A9\u00AC-\u00B9\u00BC-\u00BF]|(?<!\p{Lu})Ã[ª«º»]|(?<!\p{Lu})Â[\u00A1-\u00AA\u00AC-\u00BA\u00BC-\u00BF]|(?<=[\p{Ll}.,;:!?])Â\u00A0|â€[\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â‚¬|ðŸ[\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}|[\u00E3-\u00E9][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}[\u00E3-\u00E9][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}/u;
/** "lÃ " and "Ã  la": the no-break space of "Ã\u00A0" became a space. */
const LOST_GRAVE = /(?<!\p{Lu})Ã (?=([\s\p{P}]|$)?)/gu;
/** A text that was read wrongly twice, as pages of pages are. */
const TIMES = 2;

/**
 * Repairs a text that is UTF-8, but was read as Windows-1252: "cafÃ©" → "café", "itâ€™s" → "it’s". A text without a sequence that
 * only this explains is not changed.
 */
export function withoutMojibake(text: string): string {
  let repaired = text;
  for (let time = 0; time < TIMES && CERTAIN.test(repaired); time += 1)
    repaired = repaired
      .replace(WRONG, decoded)
      .replace(LOST_GRAVE, (_, end?: string) => (end === undefined ? 'à ' : 'à'));
  return repaired;
}

/**
 * The quotation marks, dashes and so on of Windows-1252, where a text has the control characters of their numbers: "It\u0092s" →
 * "It’s". U+0085 is a line end.
 */
export function withWindowsMarks(text: string): string {
  return text.replace(/[\u0080-\u0084\u0086-\u009F]/gu, (mark) => WINDOWS.charAt(mark.charCodeAt(0) - 0x80));
}

function decoded(wrong: string): string {
  const bytes = Uint8Array.from(wrong, byteOf);
  try {
    return UTF8.decode(bytes);
  } catch {
    // No sequence of UTF-8: the characters are themselves.
    return wrong;
  }
}

function byteOf(character: string): number {
  const place = WINDOWS.indexOf(character);
  return place < 0 ? character.charCodeAt(0) : 0x80 + place;
}
