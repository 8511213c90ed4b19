// Writes data/world-map.json from the unpacked npm package world-atlas 2.0.2, which has 8 MB and is therefore no dependency:
// npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz && node scripts/world-map/write.ts package
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { OTHER_NAMES } from './country-codes.ts';
import { type Point, simplified } from './simplify.ts';

/** Units per degree. */
const UNITS = 10;
/** Degrees: nearer points are left out. */
const TOLERANCE = 0.09;
/** Square degrees. A smaller island is left out unless it is the country's largest. */
const SMALLEST_ISLAND = 0.08;

const arcIndices = z.array(z.number().int());
const polygon = z.array(arcIndices);
const topologySchema = z.object({
  transform: z.object({ scale: z.tuple([z.number(), z.number()]), translate: z.tuple([z.number(), z.number()]) }),
  arcs: z.array(z.array(z.tuple([z.number(), z.number()]))),
  objects: z.object({
    countries: z.object({
      geometries: z.array(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('Polygon'), arcs: polygon, properties: z.object({ name: z.string() }) }),
          z.object({
            type: z.literal('MultiPolygon'),
            arcs: z.array(polygon),
            properties: z.object({ name: z.string() }),
          }),
        ]),
      ),
    }),
  }),
});

const folder = process.argv[2];
if (folder === undefined) throw new Error('Give the folder of the unpacked package world-atlas.');
const topology = topologySchema.parse(JSON.parse(readFileSync(`${folder}/countries-50m.json`, 'utf8')));
const { scale, translate } = topology.transform;

/** Borders are simplified before they are joined to rings, so that both sides of one stay the same. */
const arcs = topology.arcs.map((arc) => {
  let [x, y] = [0, 0];
  const points = arc.map(([dx, dy]): Point => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
  return simplified(points, TOLERANCE);
});

function ringOf(indices: readonly number[]): Point[] {
  return indices.flatMap((index, at) => {
    const arc = index >= 0 ? (arcs[index] ?? []) : (arcs[~index] ?? []).toReversed();
    return at === 0 ? arc : arc.slice(1);
  });
}

function areaOf(ring: readonly Point[]): number {
  const twice = ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice / 2);
}

/** Whole units: the first point, then the differences. Empty if fewer than three points are left. */
function encoded(ring: readonly Point[]): number[] {
  const numbers: number[] = [];
  let [lastX, lastY] = [0, 0];
  for (const point of ring) {
    const [x, y] = [Math.round(point[0] * UNITS), Math.round(point[1] * UNITS)];
    if (numbers.length > 0 && x === lastX && y === lastY) continue;
    numbers.push(x - lastX, y - lastY);
    [lastX, lastY] = [x, y];
  }
  return numbers.length >= 8 ? numbers : [];
}

/** A square of one unit, for a country that is smaller. Outer rings are clockwise. */
function dotAt([outer = []]: readonly (readonly Point[])[]): number[] {
  const [[x, y] = [0, 0]] = outer;
  return [Math.round(x * UNITS), Math.round(y * UNITS), 0, 1, 1, 0, 0, -1, -1, 0];
}

const codes = new Map<string, string>();
const regionNames = new Intl.DisplayNames('en', { type: 'region' });
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
for (const code of LETTERS.flatMap((first) => LETTERS.map((second) => first + second))) {
  const name = regionNames.of(code);
  // Of two codes for one name, e.g. that of a former state, the current one.
  const isCurrent = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
  if (name !== undefined && name !== code && isCurrent) codes.set(name, code);
}

/** Natural Earth shows who controls a region; by resolution 68/262 of the United Nations, Crimea is a part of Ukraine. */
function isCrimea([outer = []]: readonly (readonly Point[])[]): boolean {
  return outer.every(([x, y]) => x > 32 && x < 37 && y > 44 && y < 46.5);
}

const countries: Record<string, number[][][]> = {};
for (const geometry of topology.objects.countries.geometries) {
  const { name } = geometry.properties;
  const code = OTHER_NAMES[name] === undefined ? codes.get(name) : OTHER_NAMES[name];
  if (code === undefined) throw new Error(`${name} has no code.`);
  const polygons = (geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs).map((rings) => rings.map(ringOf));
  const areas = polygons.map(([outer = []]) => areaOf(outer));
  const largest = Math.max(...areas);
  for (const [at, rings] of polygons.entries()) {
    if ((areas[at] ?? 0) < SMALLEST_ISLAND && areas[at] !== largest) continue;
    const own = rings.map(encoded).filter((ring) => ring.length > 0);
    const kept = own.length === 0 && areas[at] === largest ? [dotAt(rings)] : own;
    // Land that belongs to no country of ISO 3166-1 is land of the map.
    const key = isCrimea(rings) ? 'UA' : (code ?? '');
    if (kept.length > 0) countries[key] = [...(countries[key] ?? []), kept];
  }
}

const sorted = Object.fromEntries(Object.entries(countries).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(new URL('../../data/world-map.json', import.meta.url), `${JSON.stringify(sorted)}\n`);
