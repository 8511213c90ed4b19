import { emojiIn, withoutEmoji } from '../../../drawing/emoji.ts';
import type { FontBook } from '../../../drawing/font-book.ts';
import { keyWordsOf } from '../../../language/headlines/headline-words.ts';
import type { ImageRequest } from '../../ports.ts';
import type { Composition, Scenery } from './card.ts';
import { besideComposition, centredComposition } from './composition.ts';
import { type ColourScheme, PALETTE_NAMES, type Palette, paletteAt } from './palettes.ts';
import { Random } from './random.ts';
import { SCENERIES } from './scenery/all-sceneries.ts';
import { sunrise } from './scenery/sunrise.ts';
import { motifFor } from './wording/motifs.ts';
import type { Wording } from './words-layout.ts';

/** All decisions made before drawing begins. */
export interface CardDesign {
  readonly palette: Palette;
  readonly scheme: ColourScheme;
  readonly scenery: Scenery;
  readonly composition: Composition;
  readonly wording: Wording;
  /** One emoji, or null. */
  readonly motif: string | null;
  /** The scene's number, if it replaces the motif; else empty. */
  readonly numeral: string;
}

type CardKind = 'title' | 'middle' | 'closing';

/** The same request always gives the same design; two consecutive scenes never have the same scenery. */
export function designCard(request: ImageRequest, fonts: FontBook): CardDesign {
  const video = new Random(request.seed);
  const palette = paletteAt(video.below(PALETTE_NAMES.length));
  const dominant = video.chance(0.6) ? palette.night : palette.paper;
  const order = video.shuffled(SCENERIES);
  const boldAt = video.below(3);
  const kind = cardKindOf(request);
  const isClosing = kind === 'closing';
  const wording = wordingOf(request, kind, fonts);
  const motif = isClosing ? null : motifOf(request, kind, wording);
  const numeral = kind === 'middle' && motif === null ? wording.kicker : '';
  const chosen = order[request.index % order.length] ?? SCENERIES[0];
  return {
    palette,
    scheme: kind === 'middle' && request.index % 3 === boldAt ? palette.bold : dominant,
    scenery: isClosing ? sunrise : chosen,
    composition: isClosing
      ? centredComposition(request)
      : besideComposition(request, request.index % 2 === 1, chosen.floor),
    // A number shown large in the picture is not repeated above the headline.
    wording: numeral === '' ? wording : { ...wording, kicker: '' },
    motif,
    numeral,
  };
}

function cardKindOf({ index, count }: ImageRequest): CardKind {
  if (index === 0) return 'title';
  return index === count - 1 ? 'closing' : 'middle';
}

/** A motif named in the headline is preferred, so that words and picture match. */
function motifOf({ title, narration, prompt }: ImageRequest, kind: CardKind, wording: Wording): string | null {
  const sources =
    kind === 'title' ? [title, narration] : [emojiIn(narration).join(''), wording.headline, narration, prompt];
  return sources.map(motifFor).find((motif) => motif !== null) ?? null;
}

function wordingOf(request: ImageRequest, kind: CardKind, fonts: FontBook): Wording {
  const { language, index } = request;
  const plain = (text: string): string => drawable(withoutEmoji(text), fonts).replace(/\s+/gu, ' ').trim();
  const title = plain(request.title);
  // An emoji ends a phrase: words on its two sides are not combined.
  const narration = drawable(withoutEmoji(request.narration, '\n'), fonts);
  const spoken = keyWordsOf(narration, language);
  if (kind === 'title') {
    const second =
      title.length > 80 ? [] : [spoken.headline, ...spoken.others].filter((phrase) => !title.includes(phrase));
    return { language, kicker: '', headline: title || spoken.headline, secondary: joinPhrases(second.slice(0, 1)) };
  }
  const headline =
    spoken.headline ||
    (request.narration.trim() === '' ? title || keyWordsOf(plain(request.prompt), language).headline : '');
  const isClosing = kind === 'closing';
  const secondary = isClosing
    ? title.length <= 60 && title !== headline
      ? title
      : ''
    : joinPhrases(isSingleShortWord(spoken.others) ? [] : spoken.others);
  return { language, kicker: isClosing ? '' : String(index + 1).padStart(2, '0'), headline, secondary };
}

/** A single short word below a headline looks misplaced. */
function isSingleShortWord([first = '', second]: readonly string[]): boolean {
  return second === undefined && first.length < 10 && !first.includes(' ');
}

function joinPhrases(phrases: readonly string[]): string {
  return phrases.filter((phrase) => phrase !== '').join('  ·  ');
}

/** Removes words that the bundled fonts cannot draw: an empty box is worse than a missing word. */
function drawable(text: string, fonts: FontBook): string {
  if (fonts.covers(text)) return text;
  return text
    .split(/(\s+)/u)
    .filter((word) => fonts.covers(word))
    .join('')
    .trim();
}
