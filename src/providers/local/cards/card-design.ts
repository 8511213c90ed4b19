import type { ImageRequest } from '../../ports.ts';
import type { Composition, Scenery } from './card.ts';
import { besideComposition, centredComposition } from './composition.ts';
import type { ColourScheme, Palette } from './palettes.ts';
import { Random } from './random.ts';
import { SCENERIES } from './scenery/all-sceneries.ts';
import { sunrise } from './scenery/sunrise.ts';
import { paletteOf } from './video-palette.ts';
import type { CardKind } from './wording/scene-wording.ts';

/** The look of one scene, before anything is drawn or written. */
export interface CardDesign {
  readonly kind: CardKind;
  readonly palette: Palette;
  readonly scheme: ColourScheme;
  readonly scenery: Scenery;
  /** In pixels of the picture. */
  readonly composition: Composition;
}

/** The same request always gives the same design; two consecutive scenes never have the same scenery. */
export function designCard(request: ImageRequest): CardDesign {
  const video = new Random(request.seed);
  const palette = paletteOf(video);
  const dominant = video.chance(0.6) ? palette.night : palette.paper;
  const order = video.shuffled(SCENERIES);
  const boldAt = video.below(3);
  const kind = cardKindOf(request);
  const isClosing = kind === 'closing';
  const chosen = order[request.index % order.length] ?? SCENERIES[0];
  return {
    kind,
    palette,
    scheme: kind === 'middle' && request.index % 3 === boldAt ? palette.bold : dominant,
    scenery: isClosing ? sunrise : chosen,
    composition: isClosing
      ? centredComposition(request)
      : besideComposition(request, request.index % 2 === 1, chosen.floor),
  };
}

function cardKindOf({ index, count }: ImageRequest): CardKind {
  if (index === 0) return 'title';
  return index === count - 1 ? 'closing' : 'middle';
}
