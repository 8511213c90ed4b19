import { contrast, mixed } from '../../../drawing/colour.ts';
import type { Language } from '../../../language/language.ts';
import type { ColourScheme } from '../../../overlays/ground.ts';
import type { MapInks, MapLocation, MapOverlay } from '../../../overlays/overlay.ts';
import type { ImageRequest, SpokenNarration } from '../../ports.ts';
import type { Beat } from './beats.ts';
import type { CardDesign } from './card-design.ts';
import { isWide } from './composition.ts';
import { secondsOfOffset } from './content/seconds-of-offset.ts';
import { locationNames } from './locations/country-names.ts';
import { locationsIn } from './locations/locations-in-text.ts';
import type { SceneShot } from './scene-shots.ts';

/** Seconds. */
const SHORTEST_MAP = 1.6;
/** In the title scene, which stays for a moment after its last word. */
const SHORTEST_TITLE_MAP = 0.9;
/** A map is there for so long before the first country is spoken, at most. */
const AHEAD = 1.2;
/** A country is filled a little before it is heard, and stays filled for at least so long. */
const FILL_AHEAD = 0.1;
const SHORTEST_FILLED = 1.1;
/** Shares of the frame: what a map leaves free at its edges, and the smallest that is legible. */
const MARGIN = 0.06;
const SMALLEST_RADIUS = 0.13;
const CAPTION_GAP = 0.02;
/** Of the free circle of a composition. */
const RADIUS_SHARE = 0.96;
/** Contrast of a country to the land around it. */
const VISIBLE = 1.8;

/**
 * The maps of the countries and cities that a scene's beats name as places, in order. Each is shown once in a scene, for as
 * long as sentences about it follow one another. The places of the title are shown in the title scene, and later only beside
 * others: a film about one country does not show its map again and again. Nor does it show those that the request's context says
 * an earlier scene has shown.
 */
export function mapOverlays(
  request: ImageRequest,
  shots: readonly SceneShot[],
  { language, spoken }: { readonly language: Language; readonly spoken: SpokenNarration },
): MapOverlay[] {
  const kind = shots[0]?.design.kind ?? 'middle';
  const names = kind === 'closing' ? null : locationNames(language);
  if (names === null) return [];
  const titled = locationsIn(request.title, names, language);
  const mapped = request.context?.mapped ?? [];
  const known = new Set(kind === 'title' ? [] : [...titled.map(({ label }) => label), ...mapped]);
  const shortest = kind === 'title' ? SHORTEST_TITLE_MAP : SHORTEST_MAP;
  const maps: MapOverlay[] = [];
  for (const [index, { beat, design }] of shots.flatMap(beatsWithDesign).entries()) {
    const circle = circleOf(request, design.composition);
    if (circle === null) continue;
    const own = locationsIn(beat.text, names, language);
    const found = kind === 'title' && index === 0 && own.length === 0 ? titled : own;
    const [first] = found;
    const length = beat.endSeconds - beat.startSeconds;
    if (first === undefined || length < shortest) continue;
    // A title is read before anything is spoken.
    const spokenAt = found.map(({ start }) =>
      found === own ? secondsOfOffset(beat.start + start, spoken) - FILL_AHEAD : beat.startSeconds,
    );
    const earliest = Math.min((spokenAt[0] ?? 0) - AHEAD, beat.endSeconds - shortest);
    // What is shown before it would be there for too short a time.
    const startSeconds = earliest - beat.startSeconds < 1 ? beat.startSeconds : earliest;
    const locations = found.map(({ label, country, point }, at): MapLocation => {
      const filledAt = Math.min(spokenAt[at] ?? 0, beat.endSeconds - SHORTEST_FILLED);
      return { label, country, point, startSeconds: Math.max(startSeconds, filledAt) };
    });
    const before = maps.at(-1);
    const map: MapOverlay = {
      kind: 'map',
      startSeconds,
      endSeconds: beat.endSeconds,
      language: language.tag,
      ...circle,
      locations,
      inks: mapInks(design.scheme),
    };
    if (before !== undefined && isSameMap(before, map)) maps.splice(-1, 1, { ...before, endSeconds: map.endSeconds });
    else if (locations.some(({ label }) => !known.has(label))) maps.push(map);
    for (const { label } of locations) known.add(label);
  }
  return maps;
}

function beatsWithDesign({ beats, design }: SceneShot): { readonly beat: Beat; readonly design: CardDesign }[] {
  return beats.map((beat) => ({ beat, design }));
}

/** True for a map of the same places, at the same place in the frame, that follows without a gap. */
function isSameMap(before: MapOverlay, map: MapOverlay): boolean {
  const labelsOf = ({ locations }: MapOverlay): string => locations.map(({ label }) => label).join('\n');
  const isThere = map.centre.x === before.centre.x && map.centre.y === before.centre.y;
  return isThere && map.startSeconds - before.endSeconds < 0.1 && labelsOf(before) === labelsOf(map);
}

/**
 * The composition's free circle without the frame's edges, and in a tall frame above the words, as shares of the frame;
 * null if it is too small.
 */
function circleOf(
  request: ImageRequest,
  { focus, words }: CardDesign['composition'],
): Pick<MapOverlay, 'centre' | 'radius'> | null {
  const { width, height, captionSafeHeight } = request;
  const unit = Math.min(width, height);
  const [left, top] = [width * MARGIN, height * MARGIN];
  const lowest = height - Math.max(top, captionSafeHeight + height * CAPTION_GAP);
  const bottom = isWide(request) ? lowest : words.y;
  const wanted = focus.radius * RADIUS_SHARE;
  const radius = Math.min(wanted, focus.x - left, width - left - focus.x, (bottom - top) / 2);
  if (radius < SMALLEST_RADIUS * unit) return null;
  const y = Math.min(Math.max(focus.y, top + radius), bottom - radius);
  return { centre: { x: focus.x / width, y: y / height }, radius: radius / unit };
}

/** The colours of a map in a scheme; the label is as legible as a headline. */
export function mapInks({ background, ink, body, accents }: ColourScheme): MapInks {
  const land = mixed(background, body, 0.66);
  const [brightest = ink] = accents.slice(0, 3).toSorted((a, b) => contrast(b, land) - contrast(a, land));
  const fill = contrast(brightest, land) >= VISIBLE ? brightest : ink;
  return { sea: mixed(background, body, 0.16), land, fill, label: background, plate: ink };
}
