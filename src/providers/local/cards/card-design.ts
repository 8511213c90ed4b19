import type { ImageRequest } from '../../ports.ts';
import type { Composition, Scenery } from './card.ts';
import { besideComposition, centredComposition, isWide } from './composition.ts';
import { type GroundColour, type SceneLook, sceneLookOf } from './look/scene-look.ts';
import { type Tone, type VisualStyle, visualStyleOf } from './look/visual-styles.ts';
import { variedOrder } from './order.ts';
import { boldScheme, type ColourScheme, type Palette, paletteFrom } from './palettes.ts';
import { Random } from './random.ts';
import { SCENERIES } from './scenery/all-sceneries.ts';
import { arches } from './scenery/arches.ts';
import { hills } from './scenery/hills.ts';
import { horizon } from './scenery/horizon.ts';
import { leaves } from './scenery/leaves.ts';
import { mountains } from './scenery/mountains.ts';
import { rays } from './scenery/rays.ts';
import { skyline } from './scenery/skyline.ts';
import { sunrise } from './scenery/sunrise.ts';
import { waves } from './scenery/waves.ts';
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

/** Sceneries that look complete below the centred words of the last scene, in wide and in other frames. */
export const CLOSINGS: Readonly<Record<'wide' | 'tall', readonly [Scenery, ...Scenery[]]>> = {
  wide: [sunrise, hills, waves, mountains, skyline, horizon, arches],
  tall: [sunrise, arches, leaves, rays],
};

/** The same request always gives the same design; two consecutive scenes of a video do not have the same scenery. */
export function designCard(request: ImageRequest): CardDesign {
  const { seed, index } = request;
  const style = visualStyleOf(request.visualStyle);
  const video = new Random(seed);
  const recipe = recipeOf(video, style);
  const palette = paletteFrom(recipe);
  const look = lookOf(request);
  const tones = style?.tones ?? TONES[video.chance(0.6) ? 0 : 1];
  const isMirrored = shuffledAt([false, true], new Random(`${seed}/sides`), index);
  const kind = cardKindOf(request);
  const isClosing = kind === 'closing';
  const chosen = sceneryOf(request, style, look);
  const tone = kind === 'middle' ? shuffledAt(tones, new Random(`${seed}/tones`), index) : tones[0];
  const colour = look.colour ?? settingColour(look, index) ?? tone;
  return {
    kind,
    style,
    palette,
    scheme: typeof colour === 'string' ? palette[colour] : boldScheme({ ...recipe, bold: colour }),
    scenery: isClosing ? closingScenery(request, style) : chosen,
    composition: isClosing ? centredComposition(request) : besideComposition(request, isMirrored, chosen.floor),
  };
}

/** That of the prompt; only colours are taken from the style, whose words a prompt that was written for it ends with. */
function lookOf({ prompt, visualStyle, language }: ImageRequest): SceneLook {
  if (visualStyle === undefined) return sceneLookOf(prompt, language);
  const own = prompt.endsWith(`, ${visualStyle}`) ? prompt.slice(0, -visualStyle.length) : prompt;
  const look = sceneLookOf(own, language);
  return { ...look, colour: look.colour ?? sceneLookOf(visualStyle, language).colour };
}

/** At odd places the colours of the video, so that a whole video at the sea is not of one colour. */
function settingColour({ setting }: SceneLook, index: number): GroundColour | null {
  return setting !== null && index % 2 === 0 ? setting.colour : null;
}

/** One of the setting that no neighbour has in the video's order; without a setting, that of the order. */
function sceneryOf({ seed, index }: ImageRequest, style: VisualStyle | null, { setting }: SceneLook): Scenery {
  const order = sceneriesOf(seed, style, index + 2);
  const planned = order[index] ?? SCENERIES[0];
  if (setting === null) return planned;
  const [first, second] = index % 2 === 0 ? setting.even : setting.odd;
  const neighbours = [order[index - 1], order[index + 1]];
  return neighbours.includes(first) ? second : first;
}

/** One that fits the style, and is not that of the scene before. */
function closingScenery(request: ImageRequest, style: VisualStyle | null): Scenery {
  const { seed, index } = request;
  const before = sceneriesOf(seed, style, index + 1)[index - 1];
  const suits = (one: Scenery): boolean => one === sunrise || (style?.sceneries ?? SCENERIES).includes(one);
  const fitting = CLOSINGS[isWide(request) ? 'wide' : 'tall'].filter((one) => one !== before && suits(one));
  return new Random(`${seed}/closing`).shuffled(fitting)[0] ?? sunrise;
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
