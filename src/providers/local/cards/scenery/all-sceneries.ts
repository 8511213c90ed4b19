import type { Scenery } from '../card.ts';
import { arches } from './arches.ts';
import { halftone } from './halftone.ts';
import { hills } from './hills.ts';
import { orbits } from './orbits.ts';
import { panes } from './panes.ts';
import { pebbles } from './pebbles.ts';
import { rays } from './rays.ts';
import { ribbons } from './ribbons.ts';
import { tiles } from './tiles.ts';

/** Every scenery, in a fixed order. */
export const SCENERIES: readonly [Scenery, ...Scenery[]] = [
  orbits,
  hills,
  tiles,
  pebbles,
  rays,
  arches,
  halftone,
  ribbons,
  panes,
];
