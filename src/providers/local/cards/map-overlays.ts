import { contrast, mixed } from '../../../drawing/colour.ts';
import type { Language } from '../../../language/language.ts';
import type { MapInks, MapLocation, MapOverlay } from '../../../overlays/overlay.ts';
import type { ImageRequest, SpokenNarration } from '../../ports.ts';
import type { Beat } from './beats.ts';
import type { CardDesign } from './card-design.ts';
import { secondsOfOffset } from './content/seconds-of-offset.ts';
import { locationNames } from './locations/country-names.ts';
import { locationsIn } from './locations/locations-in-text.ts';
import type { ColourScheme } from './palettes.ts';

/** Seconds. */
const SHORTEST_MAP = 1.6;
/** A map is there for so long before the first country is spoken, at most. */
const AHEAD = 1.2;
/** A country is filled a little before it is heard, and stays filled for at least so long. */
const FILL_AHEAD = 0.1;
const SHORTEST_FILLED = 1.1;
/** Shares of the frame: what a map leaves free at its edges, and the smallest that is legible. */
const MARGIN = 0.056;
const SMALLEST_RADIUS = 0.13;
/** Of the free circle of a composition. */
const RADIUS_SHARE = 0.96;
/** Contrast of a country to the land around it. */
const VISIBLE = 1.8;

/** The maps of the countries and cities that a scene's beats name as places, in order. */
export function mapOverlays(
  request: ImageRequest,
  { kind, scheme, composition }: CardDesign,
  beats: readonly Beat[],
  { language, spoken }: { readonly language: Language; readonly spoken: SpokenNarration },
): MapOverlay[] {
  const circle = circleOf(request, composition.focus);
  const names = kind === 'closing' || circle === null ? null : locationNames(language);
  if (names === null || circle === null) return [];
  const maps: MapOverlay[] = [];
  for (const beat of beats) {
    const found = locationsIn(beat.text, names, language);
    const [first] = found;
    const length = beat.endSeconds - beat.startSeconds;
    if (first === undefined || length < SHORTEST_MAP) continue;
    const spokenAt = found.map(({ start }) => secondsOfOffset(beat.start + start, spoken) - FILL_AHEAD);
    const earliest = Math.min((spokenAt[0] ?? 0) - AHEAD, beat.endSeconds - SHORTEST_MAP);
    // The first scene of a beat has the map from its beginning if nothing else could be shown before it.
    const startSeconds = earliest - beat.startSeconds < 1 ? beat.startSeconds : earliest;
    const locations = found.map(({ label, country, point }, index): MapLocation => {
      const filledAt = Math.min(spokenAt[index] ?? 0, beat.endSeconds - SHORTEST_FILLED);
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
      inks: mapInks(scheme),
    };
    if (before !== undefined && isSameMap(before, map)) maps.splice(-1, 1, { ...before, endSeconds: map.endSeconds });
    else maps.push(map);
  }
  return maps;
}

/** True for a map of the same places that follows without a gap. */
function isSameMap(before: MapOverlay, map: MapOverlay): boolean {
  const labels = before.locations.map(({ label }) => label);
  return map.startSeconds - before.endSeconds < 0.1 && map.locations.every(({ label }) => labels.includes(label));
}

/** The composition's free circle without the frame's edges, as shares of the frame; null if it is too small. */
function circleOf(
  { width, height }: ImageRequest,
  { x, y, radius }: CardDesign['composition']['focus'],
): Pick<MapOverlay, 'centre' | 'radius'> | null {
  const unit = Math.min(width, height);
  const [side, edge] = [width * MARGIN, height * MARGIN];
  const room = Math.min(radius * RADIUS_SHARE, x - side, width - side - x, y - edge, height - edge - y);
  if (room < SMALLEST_RADIUS * unit) return null;
  return { centre: { x: x / width, y: y / height }, radius: room / unit };
}

/** The colours of a map in a scheme; the label is as legible as a headline. */
export function mapInks({ background, ink, body, accents }: ColourScheme): MapInks {
  const land = mixed(background, body, 0.66);
  const [brightest = ink] = accents.slice(0, 3).toSorted((a, b) => contrast(b, land) - contrast(a, land));
  const fill = contrast(brightest, land) >= VISIBLE ? brightest : ink;
  return { sea: mixed(background, body, 0.16), land, fill, label: background, plate: ink };
}
