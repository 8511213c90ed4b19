import { widthOf } from '../../../language/headlines/width.ts';
import type { ColourScheme, Composition, Ground } from '../../../overlays/ground.ts';
import type { ImageRequest } from '../../ports.ts';
import type { Scenery } from './card.ts';
import { besideComposition, centredComposition } from './composition.ts';
import { type GroundColour, type SceneLook, sceneLookOf } from './look/scene-look.ts';
import { type Tone, type VisualStyle, visualStyleOf } from './look/visual-styles.ts';
import { boldScheme, type Palette, paletteFrom } from './palettes.ts';
import { Random } from './random.ts';
import type { Recipe } from './recipe.ts';
import { closingScenery, isSeriousScene, type LaterPart, laterScenery, sceneryOf } from './scene-scenery.ts';
import { namesNothing } from './thing-to-see.ts';
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
  /** The number of the ground in its scene, from 0. */
  readonly part: number;
}

/** The tones of videos without a style: mostly dark ones, or mostly light ones. */
const TONES: readonly [readonly [Tone, ...Tone[]], readonly [Tone, ...Tone[]]] = [
  ['night', 'night', 'bold', 'night', 'paper'],
  ['paper', 'paper', 'bold', 'paper', 'night'],
];

/** As `widthOf` measures it: about 5 s of speech. */
const LONGEST_CLOSING = 80;

/** The same request always gives the same design; two consecutive scenes of a video do not have the same scenery. */
export function designCard(request: ImageRequest): CardDesign {
  const { seed, index } = request;
  const { style, recipe, palette, tones, look } = videoLookOf(request);
  const kind = cardKindOf(request);
  const isClosing = kind === 'closing';
  const chosen = sceneryOf(request, style, look);
  const planned = kind === 'middle' ? shuffledAt(tones, new Random(`${seed}/tones`), index) : tones[0];
  const tone = planned === 'bold' && style === null && isSeriousScene(request) ? 'night' : planned;
  const colour = look.colour ?? settingColour(look, index) ?? tone;
  return {
    kind,
    style,
    palette,
    scheme: schemeOf(colour, palette, recipe),
    scenery: isClosing ? closingScenery(request, style) : chosen,
    composition: isClosing
      ? centredComposition(request)
      : besideComposition(request, isMirroredAt(request, 0), {
          floor: chosen.floor,
          isAlone: chosen.floor === undefined && namesNothing(request),
        }),
    part: 0,
  };
}

/**
 * The look of a long scene from a later part on: another scenery than the scene's grounds before it have, words on the other
 * side, and another tone of the video's palette where the style has one and no colour is asked for.
 */
export function designLater(
  request: ImageRequest,
  before: readonly [CardDesign, ...CardDesign[]],
  part: LaterPart,
): CardDesign {
  const { seed, index } = request;
  const { style, recipe, palette, tones, look } = videoLookOf(request);
  const number = before.length;
  const [first] = before;
  const used = before.map(({ scenery }) => scenery);
  const scenery = laterScenery(request, part, { style, look, used: [first.scenery, ...used.slice(1)] });
  const wanted = new Random(`${seed}/${index}/tones/${number}`).shuffled(tones);
  const allowed = wanted.map((tone) => (tone === 'bold' && style === null && isSeriousScene(request) ? 'night' : tone));
  const previous = before.at(-1)?.scheme;
  const tone = allowed.find((one) => palette[one].background !== previous?.background) ?? tones[0];
  return {
    kind: 'middle',
    style,
    palette,
    scheme: schemeOf(look.colour ?? tone, palette, recipe),
    scenery,
    composition: besideComposition(request, isMirroredAt(request, number), {
      floor: scenery.floor,
      isAlone: scenery.floor === undefined && part.isPlain,
    }),
    part: number,
  };
}

/** What is painted of a design. */
export function groundOf({ scenery, scheme, composition, part }: CardDesign, request: ImageRequest): Ground {
  const { seed, index, width, height } = request;
  const own = part === 0 ? `${seed}/${index}` : `${seed}/${index}/${part}`;
  const turn = index + part;
  return { width, height, scenery: scenery.name, scheme, composition, filmSeed: seed, seed: own, turn };
}

interface VideoLook {
  readonly style: VisualStyle | null;
  readonly recipe: Recipe;
  readonly palette: Palette;
  readonly tones: readonly [Tone, ...Tone[]];
  readonly look: SceneLook;
}

/** What all grounds of a scene have in common. */
function videoLookOf(request: ImageRequest): VideoLook {
  const style = visualStyleOf(request.visualStyle);
  const video = new Random(request.seed);
  const recipe = recipeOf(video, style);
  const tones = style?.tones ?? TONES[video.chance(0.6) ? 0 : 1];
  return { style, recipe, palette: paletteFrom(recipe), tones, look: lookOf(request) };
}

/** Whether words are on the right; the grounds of a scene alternate. */
function isMirroredAt({ seed, index }: ImageRequest, part: number): boolean {
  const isFirstMirrored = shuffledAt([false, true], new Random(`${seed}/sides`), index);
  return part % 2 === 0 ? isFirstMirrored : !isFirstMirrored;
}

function schemeOf(colour: GroundColour | Tone, palette: Palette, recipe: Recipe): ColourScheme {
  return typeof colour === 'string' ? palette[colour] : boldScheme({ ...recipe, bold: colour });
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

/** An item of an endless order in blocks, each of which has every item of the list once. */
function shuffledAt<T>(list: readonly [T, ...T[]], random: Random, index: number): T {
  let block = random.shuffled(list);
  for (let start = list.length; start <= index; start += list.length) block = random.shuffled(list);
  return block[index % list.length] ?? list[0];
}

/**
 * The last scene has words in its centre and no motif, unless it names something to see, or says so much that a viewer would
 * miss a picture.
 */
function cardKindOf(request: ImageRequest): CardKind {
  const { index, count, narration } = request;
  if (index === 0) return 'title';
  const isShort = index === count - 1 && widthOf(narration) <= LONGEST_CLOSING;
  return isShort && namesNothing(request) ? 'closing' : 'middle';
}
