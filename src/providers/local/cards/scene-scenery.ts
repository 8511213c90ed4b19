import { languageOf } from '../../../language/language.ts';
import type { ImageRequest } from '../../ports.ts';
import type { Scenery } from './card.ts';
import { isWide } from './composition.ts';
import type { SettingName } from './look/look-words.ts';
import { type SceneLook, settingsIn } from './look/scene-look.ts';
import { isSerious, isSober } from './look/serious-words.ts';
import type { VisualStyle } from './look/visual-styles.ts';
import { variedOrder } from './order.ts';
import { Random } from './random.ts';
import { SCENERIES } from './scenery/all-sceneries.ts';
import { blueprint } from './scenery/blueprint.ts';
import { bokeh } from './scenery/bokeh.ts';
import { confetti } from './scenery/confetti.ts';
import { contours } from './scenery/contours.ts';
import { cutouts } from './scenery/cutouts.ts';
import { halftone } from './scenery/halftone.ts';
import { hills } from './scenery/hills.ts';
import { horizon } from './scenery/horizon.ts';
import { leaves } from './scenery/leaves.ts';
import { mountains } from './scenery/mountains.ts';
import { orbits } from './scenery/orbits.ts';
import { panes } from './scenery/panes.ts';
import { pebbles } from './scenery/pebbles.ts';
import { rays } from './scenery/rays.ts';
import { ribbons } from './scenery/ribbons.ts';
import { skyline } from './scenery/skyline.ts';
import { slabs } from './scenery/slabs.ts';
import { stage } from './scenery/stage.ts';
import { stars } from './scenery/stars.ts';
import { sunrise } from './scenery/sunrise.ts';
import { waves } from './scenery/waves.ts';
import { hasThingToSee } from './thing-to-see.ts';

/** Sceneries that look complete below the centred words of the last scene, in wide and in other frames. */
export const CLOSINGS: Readonly<Record<'wide' | 'tall', readonly [Scenery, ...Scenery[]]>> = {
  wide: [sunrise, hills, waves, mountains, skyline, horizon],
  tall: [sunrise, leaves, rays],
};
/** The same of the last scene of a serious film, or of one that speaks of trouble, in every frame. */
export const QUIET_CLOSINGS: readonly [Scenery, ...Scenery[]] = [contours, halftone];
/** Where the scene before may have each of these: the calmest that is left. */
export const OTHER_CLOSINGS: readonly Scenery[] = [blueprint, bokeh];

/** Sceneries with a plate, a planet, a sun or a stage in their middle, or a ring around it: without a motif they look empty. */
const FRAMES: ReadonlySet<Scenery> = new Set([
  pebbles,
  panes,
  cutouts,
  stage,
  confetti,
  leaves,
  orbits,
  blueprint,
  horizon,
]);

/** The settings that a scenery suits in which viewers recognise a place; all others are shapes. */
const PLACES: ReadonlyMap<Scenery, readonly SettingName[]> = new Map([
  [skyline, ['city', 'office']],
  [waves, ['sea']],
  [mountains, ['mountains']],
  [hills, ['mountains', 'forest', 'desert']],
  [leaves, ['forest']],
  [horizon, ['sea', 'desert']],
  [stars, ['space']],
  [orbits, ['space']],
]);
/** Quiet shapes for even and for odd places, as in `SETTINGS`: different ones, so that neighbours differ. */
const QUIET: Readonly<Record<'even' | 'odd', readonly Scenery[]>> = {
  even: [slabs, ribbons],
  odd: [contours, pebbles, halftone, cutouts, panes, blueprint],
};

/** True if a scene, or the whole film by its title, has a subject that pictures of leisure would fight with. */
export function isSeriousScene({ title, heading = '', narration, language }: ImageRequest): boolean {
  return isSerious(`${title}\n${heading}\n${narration}`, languageOf(language).base);
}

/** True if it is serious, or the scene or the title speaks of a loss, a failure or a danger. */
function isSoberScene({ title, heading = '', narration, language }: ImageRequest): boolean {
  return isSober(`${title}\n${heading}\n${narration}`, languageOf(language).base);
}

/**
 * The scenery of a scene that is not the last. A serious scene has quiet shapes. Else it is one of the setting that the prompt
 * names; without one, it is that of the video's order, unless the title or the scene names another place than it shows.
 */
export function sceneryOf(request: ImageRequest, style: VisualStyle | null, look: SceneLook): Scenery {
  const { seed, index } = request;
  const order = sceneriesOf(seed, style, index + 2);
  const neighbours = [order[index - 1], order[index + 1]];
  const isEmpty = !hasThingToSee(request);
  const quiet = quietScenery(request, style, neighbours, isEmpty);
  const wanted = wantedScenery(request, look, order, quiet);
  return (isEmpty && FRAMES.has(wanted)) || (wanted === confetti && isSoberScene(request)) ? quiet : wanted;
}

/** That of the order, of the setting, or the quiet one, whether or not it would look empty. */
function wantedScenery(
  request: ImageRequest,
  { setting }: SceneLook,
  order: readonly Scenery[],
  quiet: Scenery,
): Scenery {
  const { index } = request;
  const planned = order[index] ?? SCENERIES[0];
  const neighbours = [order[index - 1], order[index + 1]];
  if (isSeriousScene(request)) return isQuiet(planned) ? planned : quiet;
  if (setting === null) return suitsPlace(planned, request) ? planned : quiet;
  const [first, second] = index % 2 === 0 ? setting.even : setting.odd;
  return neighbours.includes(first) ? second : first;
}

/** A part of a long scene that has a ground of its own. */
export interface LaterPart {
  readonly text: string;
  /** Where it begins in the narration, in UTF-16 units. */
  readonly start: number;
  /** Nothing is shown beside the words of the whole scene: they take most of its width. */
  readonly isPlain: boolean;
}

/**
 * The scenery of a later part of a long scene, by the rules for a scene of its text: none that the scene has had, nor one that
 * the scenes around have in the video's order. It leaves words at least as much room as the scene's first, for which they are
 * divided.
 */
export function laterScenery(request: ImageRequest, part: LaterPart, { style, look, used }: LaterLook): Scenery {
  const { seed, index } = request;
  const scene = sceneOfPart(request, part);
  const isEmpty = !hasThingToSee(scene);
  const isSeriousPart = isSeriousScene(request);
  const isSoberPart = isSoberScene(request);
  const order = sceneriesOf(seed, style, index + 2);
  const around = [order[index - 1], order[index + 1]];
  const { setting } = look;
  const styled =
    isSeriousPart || setting === null ? (style?.sceneries ?? SCENERIES) : [...setting.even, ...setting.odd];
  const random = new Random(`${seed}/${index}/sceneries/${used.length}`);
  const quiet = [...QUIET.even, ...QUIET.odd, bokeh];
  const suits = (one: Scenery): boolean =>
    (!isSeriousPart || isQuiet(one)) &&
    suitsPlace(one, request) &&
    !(isEmpty && FRAMES.has(one)) &&
    !(isSoberPart && one === confetti) &&
    (one.floor ?? 1) >= (used[0].floor ?? 1);
  const suitable = [...random.shuffled(styled), ...random.shuffled(quiet)].filter(suits);
  const unused = suitable.filter((one) => !used.includes(one));
  return (
    unused.find((one) => !around.includes(one)) ?? unused[0] ?? suitable.find((one) => one !== used.at(-1)) ?? bokeh
  );
}

interface LaterLook {
  readonly style: VisualStyle | null;
  readonly look: SceneLook;
  /** The sceneries of the scene's grounds so far. */
  readonly used: readonly [Scenery, ...Scenery[]];
}

/** A part as a scene by itself that is not the first. */
function sceneOfPart({ heading: _, context, ...request }: ImageRequest, { text, start }: LaterPart): ImageRequest {
  const isOfSubject = context?.subject !== undefined && context.subject.start <= start;
  const subject = isOfSubject ? { context: { subject: { ...context.subject, start: 0 } } } : {};
  return { ...request, narration: text, index: Math.max(1, request.index), ...subject };
}

/** That of the last scene: one that fits the style and the text, and is not that of the scene before. */
export function closingScenery(request: ImageRequest, style: VisualStyle | null): Scenery {
  const { seed, index } = request;
  const order = sceneriesOf(seed, style, index + 1);
  const before = order[index - 1];
  const random = new Random(`${seed}/closing`);
  if (isSoberScene(request)) {
    // The scene before is likely to be serious too.
    const around = [order[index - 2], order[index]];
    const quiet = [true, false].map((isEmpty) =>
      quietScenery({ ...request, index: index - 1 }, style, around, isEmpty),
    );
    const closings = [...random.shuffled(QUIET_CLOSINGS), ...OTHER_CLOSINGS];
    return closings.find((one) => one !== before && !quiet.includes(one)) ?? bokeh;
  }
  const suits = (one: Scenery): boolean => one === sunrise || (style?.sceneries ?? SCENERIES).includes(one);
  const fitting = CLOSINGS[isWide(request) ? 'wide' : 'tall'].filter(
    (one) => one !== before && suits(one) && suitsPlace(one, request),
  );
  return random.shuffled(fitting)[0] ?? sunrise;
}

/** False for a place that is none of those that the title or the scene names. */
function suitsPlace(scenery: Scenery, { title, heading = '', narration, language }: ImageRequest): boolean {
  const places = PLACES.get(scenery);
  if (places === undefined) return true;
  const named = settingsIn(`${title}\n${heading}\n${narration}`, language);
  return named.length === 0 || places.some((place) => named.includes(place));
}

function isQuiet(scenery: Scenery): boolean {
  return [...QUIET.even, ...QUIET.odd].includes(scenery);
}

/**
 * One that no neighbour has in the video's order, of the style if that has any; they take turns. It has no empty middle
 * where the scene shows nothing there.
 */
function quietScenery(
  { index }: ImageRequest,
  style: VisualStyle | null,
  neighbours: readonly (Scenery | undefined)[],
  isEmpty: boolean,
): Scenery {
  const all = index % 2 === 0 ? QUIET.even : QUIET.odd;
  const list = isEmpty ? all.filter((one) => !FRAMES.has(one)) : all;
  const turn = Math.floor(index / 2) % list.length;
  const free = [...list.slice(turn), ...list.slice(0, turn)].filter((one) => !neighbours.includes(one));
  return free.find((one) => style?.sceneries.includes(one)) ?? free[0] ?? bokeh;
}

/** The sceneries of a video's first scenes, as far as their prompts and texts do not ask for others. */
function sceneriesOf(seed: string, style: VisualStyle | null, count: number): readonly Scenery[] {
  return variedOrder(style?.sceneries ?? SCENERIES, new Random(`${seed}/sceneries`), count);
}
