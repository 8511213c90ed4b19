import { geoArea, geoCentroid, geoDistance } from 'd3-geo';
import type { MapLocation } from '../overlay.ts';
import type { Position, WorldMap } from './world-map.ts';

/** A part of the earth: all that is nearer to the centre than the angle. Degrees. */
export interface MapView {
  readonly centre: Position;
  readonly angle: number;
}

/** Parts of a country that are smaller than this share of its largest, or farther away, may be outside of the view. */
const MAIN_PART = 0.12;
const NEAR = 50;
/** Degrees. In a smaller view no coast would be recognized. */
const SMALLEST = 17;
const LARGEST = 62;
const SMALLEST_OF_SEVERAL = 20;
const LARGEST_OF_SEVERAL = 50;
/** Of a country's own extent, and of that of several. */
const AROUND_ONE = 1.9;
const AROUND_SEVERAL = 1.3;
/** Shares of the angle: the countries are above the middle, and the label is below it. */
const UP = 0.14;
const DEGREES = 180 / Math.PI;
const NOWHERE: MapView = { centre: [0, 0], angle: 0 };

/** A location with the region that is shown for it. */
export interface SeenLocation {
  readonly location: MapLocation;
  readonly view: MapView;
}

/** The region of each location: the same one for all, or, if they are far apart, one for each. */
export function withViews(world: WorldMap, locations: readonly MapLocation[]): SeenLocation[] {
  const parts = locations.map((location) => extentOf(world, location));
  const withView = (viewAt: (part: MapView) => MapView): SeenLocation[] =>
    locations.map((location, index) => ({ location, view: viewAt(parts[index] ?? NOWHERE) }));
  const ownView = ({ centre, angle }: MapView): MapView =>
    movedDown(centre, Math.min(LARGEST, Math.max(SMALLEST, angle * AROUND_ONE)));
  if (parts.length === 1) return withView(ownView);
  const centre = geoCentroid({ type: 'MultiPoint', coordinates: parts.map((part) => part.centre) });
  const reach = Math.max(...parts.map((part) => geoDistance(centre, part.centre) * DEGREES + part.angle));
  if (reach * AROUND_SEVERAL > LARGEST_OF_SEVERAL) return withView(ownView);
  const shared = movedDown(centre, Math.max(SMALLEST_OF_SEVERAL, reach * AROUND_SEVERAL));
  return withView(() => shared);
}

function extentOf(world: WorldMap, { country, point }: MapLocation): MapView {
  const polygons = world.get(country) ?? [];
  const parts = polygons.map((coordinates) => {
    const polygon = { type: 'Polygon' as const, coordinates };
    return { coordinates, area: geoArea(polygon), middle: geoCentroid(polygon) };
  });
  const [largest] = parts.toSorted((one, other) => other.area - one.area);
  const main = parts
    .filter(({ area }) => area >= (largest?.area ?? 0) * MAIN_PART)
    .filter(({ middle }) => geoDistance(middle, largest?.middle ?? middle) * DEGREES <= NEAR)
    .map(({ coordinates }) => coordinates);
  if (main.length === 0) return point === null ? NOWHERE : { centre: [point.longitude, point.latitude], angle: 0 };
  const centre = geoCentroid({ type: 'MultiPolygon', coordinates: main });
  const distances = main.flatMap(([outer = []]) => outer.map((position) => geoDistance(centre, position) * DEGREES));
  return { centre, angle: Math.max(...distances) };
}

function movedDown([longitude, latitude]: Position, angle: number): MapView {
  return { centre: [longitude, Math.max(-90, latitude - angle * UP)], angle };
}
