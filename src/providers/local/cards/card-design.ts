import { emojiIn } from '../../../drawing/emoji.ts';
import type { FontBook } from '../../../drawing/font-book.ts';
import { assertedText } from '../../../language/headlines/asserted.ts';
import { languageOf } from '../../../language/language.ts';
import type { ImageRequest } from '../../ports.ts';
import type { Composition, Scenery } from './card.ts';
import { besideComposition, centredComposition } from './composition.ts';
import { type ColourScheme, PALETTE_NAMES, type Palette, paletteAt } from './palettes.ts';
import { Random } from './random.ts';
import { SCENERIES } from './scenery/all-sceneries.ts';
import { sunrise } from './scenery/sunrise.ts';
import { motifFor } from './wording/motifs.ts';
import { type CardKind, wordingOf } from './wording/scene-wording.ts';
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

/** In UTF-16 units; a thing that is named later is not the subject of the scene. */
const LONGEST_READ = 4_000;

/**
 * The author's emoji, else a thing that the text names without denying it. A motif named in the headline is preferred, so
 * that words and picture match.
 */
function motifOf(
  { title, narration, prompt, language }: ImageRequest,
  kind: CardKind,
  wording: Wording,
): string | null {
  const [emoji] = kind === 'title' ? emojiIn(title + narration) : emojiIn(narration);
  if (emoji !== undefined) return emoji;
  const sources = kind === 'title' ? [title, narration] : [wording.headline, narration, prompt];
  for (const source of sources) {
    const motif = motifFor(
      assertedText(source.slice(0, LONGEST_READ), languageOf(language)),
      languageOf(language).base,
    );
    if (motif !== null) return motif;
  }
  return null;
}
