const GRAPHEME_IS_EMOJI = /^\p{RGI_Emoji}$/v;

/** The emoji of a text in order. A skin tone, flag or joined family is one emoji. */
export function emojiIn(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), (part) => part.segment).filter((grapheme) =>
    GRAPHEME_IS_EMOJI.test(grapheme),
  );
}

/** The text with every emoji replaced by `instead`; other text stays as it is. */
export function withoutEmoji(text: string, instead = ''): string {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) =>
    GRAPHEME_IS_EMOJI.test(segment) ? instead : segment,
  ).join('');
}
