import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Degrees east and north. */
export type Position = [number, number];

/** Polygons by ISO 3166-1 alpha-2; land without such a code is at ''. Each polygon has its outer ring first, then its lakes. */
export type WorldMap = ReadonlyMap<string, Position[][][]>;

/** The file has tenths of degrees: the first point of each ring, then the differences. */
const UNITS = 10;

const fileSchema = z.record(z.string(), z.array(z.array(z.array(z.number().int()))));

/** Reads data/world-map.json, 0.1 MB, which a build has beside it too. */
export function readWorldMap(): WorldMap {
  const path = join(dirname(findPackageJSON(import.meta.url) ?? ''), 'data', 'world-map.json');
  const countries = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return new Map(
    Object.entries(countries).map(([code, polygons]) => [code, polygons.map((rings) => rings.map(decoded))]),
  );
}

function decoded(numbers: readonly number[]): Position[] {
  let [x, y] = [0, 0];
  const points: Position[] = [];
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    x += numbers[at] ?? 0;
    y += numbers[at + 1] ?? 0;
    points.push([x / UNITS, y / UNITS]);
  }
  return points;
}
