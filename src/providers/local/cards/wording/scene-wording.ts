import { emojiIn, withoutEmoji } from '../../../../drawing/emoji.ts';
import type { FontBook } from '../../../../drawing/font-book.ts';
import { withHosts } from '../../../../language/headlines/addresses.ts';
import type { Room } from '../../../../language/headlines/cut.ts';
import { CARD_ROOM, headlinesOf } from '../../../../language/headlines/headlines.ts';
import { languageOf } from '../../../../language/language.ts';
import type { Words } from '../../../../overlays/overlay.ts';
import type { ImageRequest } from '../../../ports.ts';

export type CardKind = 'title' | 'middle' | 'closing';

/** A sentence that is spoken is shown whole; a very long one is cut where its meaning allows it. */
const SPOKEN_ROOM: Room = { comfortable: CARD_ROOM.longest, longest: CARD_ROOM.longest };
/** A second line is small: only a short whole sentence. */
const SECOND_LINE_ROOM: Room = { comfortable: 60, longest: 60 };
/** In UTF-16 units; below a longer title there is no second line. */
const LONG_TITLE = 80;
/** Emoji that deny the thing beside them. */
const DENYING = /[❌🚫⛔🙅🚭📵🚳🚷]/u;

/**
 * The words of a card: the author's heading or a whole sentence of the narration, in the author's letters. Sentences with
 * characters that no bundled font has are not shown; a sentence with a missing word could say the opposite.
 */
export function wordingOf(request: ImageRequest, kind: CardKind, fonts: FontBook): Words {
  const { language, narration } = request;
  const title = plainHeading(request.title, fonts);
  const heading = plainHeading(request.heading ?? '', fonts);
  const spoken = sentencesFrom(narration, request, fonts, SPOKEN_ROOM);
  const secondOf = (headline: string): string =>
    sentencesFrom(narration, request, fonts, SECOND_LINE_ROOM).find(
      (line) => !line.includes('…') && !saysAgain(line, headline),
    ) ?? '';
  const headline = heading || (spoken[0] ?? '');
  switch (kind) {
    case 'title': {
      const shown = title || headline;
      return { language, headline: shown, secondary: shown.length > LONG_TITLE ? '' : secondOf(shown) };
    }
    case 'middle': {
      const shown = headline || emptyCardText(request, title, fonts);
      // Captions show the same sentence.
      const secondary = heading === '' || request.captionSafeHeight > 0 ? '' : secondOf(heading);
      return { language, headline: shown, secondary };
    }
    case 'closing': {
      const shown = headline || emptyCardText(request, title, fonts);
      return { language, headline: shown, secondary: '' };
    }
    default:
      return kind satisfies never;
  }
}

/** For a scene without narration: the title, or its prompt. */
function emptyCardText(request: ImageRequest, title: string, fonts: FontBook): string {
  if (request.narration.trim() !== '') return '';
  return title || (sentencesFrom(request.prompt, request, fonts, CARD_ROOM)[0] ?? '');
}

function sentencesFrom(text: string, { language }: ImageRequest, fonts: FontBook, room: Room): string[] {
  return headlinesOf(text, languageOf(language), room)
    .map((line) => withoutEmojiAround(line).trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line) && fonts.covers(line));
}

/** Emoji at either end decorate, and are shown as the motif; inside a sentence they may be a word of it. */
function withoutEmojiAround(line: string): string {
  const segments = Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment);
  const isWords = (segment: string): boolean =>
    segment.trim() !== '' && (emojiIn(segment).length === 0 || DENYING.test(segment));
  return segments.slice(segments.findIndex(isWords), segments.findLastIndex(isWords) + 1).join('');
}

function saysAgain(line: string, headline: string): boolean {
  return headline.includes(line) || line.includes(headline);
}

/** A title or heading with the hosts of its addresses, without its emoji and without words that the bundled fonts cannot draw. */
export function plainHeading(text: string, fonts: FontBook): string {
  const words = withoutEmoji(withHosts(text)?.text ?? text).split(/\s+/u);
  return words.filter((word) => word !== '' && fonts.covers(word)).join(' ');
}
