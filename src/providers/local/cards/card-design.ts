import type { ImageRequest } from '../../ports.ts';
import type { Composition, Scenery } from './card.ts';
import { besideComposition, centredComposition } from './composition.ts';
import { type Tone, type VisualStyle, visualStyleOf } from './look/visual-styles.ts';
import { variedOrder } from './order.ts';
import { type ColourScheme, type Palette, paletteFrom } from './palettes.ts';
import { Random } from './random.ts';
import { SCENERIES } from './scenery/all-sceneries.ts';
import { sunrise } from './scenery/sunrise.ts';
import { recipeOf } from './video-palette.ts';
import type { CardKind } from './wording/scene-wording.ts';

/** The look of one scene, before anything is drawn or written. */
export interface CardDesign {
  readonly kind: CardKind;
  /** Null if the author wished for none. */
  readonly style: VisualStyle | null;
  readonly palette: Palette;
  readonly scheme: ColourScheme;
  readonly scenery: Scenery;
  /** In pixels of the picture. */
  readonly composition: Composition;
}

/** The tones of videos without a style: mostly dark ones, or mostly light ones. */
const TONES: readonly [readonly [Tone, ...Tone[]], readonly [Tone, ...Tone[]]] = [
  ['night', 'night', 'bold', 'night', 'paper'],
  ['paper', 'paper', 'bold', 'paper', 'night'],
];

/** The same request always gives the same design; two consecutive scenes of a video do not have the same scenery. */
export function designCard(request: ImageRequest): CardDesign {
  const { seed, index } = request;
  const style = visualStyleOf(request.visualStyle);
  const video = new Random(seed);
  const palette = paletteFrom(recipeOf(video, style));
  const tones = style?.tones ?? TONES[video.chance(0.6) ? 0 : 1];
  const isMirrored = shuffledAt([false, true], new Random(`${seed}/sides`), index);
  const kind = cardKindOf(request);
  const isClosing = kind === 'closing';
  const chosen = sceneriesOf(seed, style, index + 1).at(-1) ?? SCENERIES[0];
  const tone = kind === 'middle' ? shuffledAt(tones, new Random(`${seed}/tones`), index) : tones[0];
  return {
    kind,
    style,
    palette,
    scheme: palette[tone],
    scenery: isClosing ? sunrise : chosen,
    composition: isClosing ? centredComposition(request) : besideComposition(request, isMirrored, chosen.floor),
  };
}

/** The sceneries of a video's first scenes, as far as their prompts do not ask for others. */
function sceneriesOf(seed: string, style: VisualStyle | null, count: number): readonly Scenery[] {
  return variedOrder(style?.sceneries ?? SCENERIES, new Random(`${seed}/sceneries`), count);
}

/** An item of an endless order in blocks, each of which has every item of the list once. */
function shuffledAt<T>(list: readonly [T, ...T[]], random: Random, index: number): T {
  let block = random.shuffled(list);
  for (let start = list.length; start <= index; start += list.length) block = random.shuffled(list);
  return block[index % list.length] ?? list[0];
}

function cardKindOf({ index, count }: ImageRequest): CardKind {
  if (index === 0) return 'title';
  return index === count - 1 ? 'closing' : 'middle';
}
