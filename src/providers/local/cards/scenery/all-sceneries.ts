import type { Scenery } from '../card.ts';
import { blueprint } from './blueprint.ts';
import { bokeh } from './bokeh.ts';
import { confetti } from './confetti.ts';
import { contours } from './contours.ts';
import { cutouts } from './cutouts.ts';
import { halftone } from './halftone.ts';
import { hills } from './hills.ts';
import { horizon } from './horizon.ts';
import { leaves } from './leaves.ts';
import { mountains } from './mountains.ts';
import { orbits } from './orbits.ts';
import { panes } from './panes.ts';
import { pebbles } from './pebbles.ts';
import { rays } from './rays.ts';
import { ribbons } from './ribbons.ts';
import { scallops } from './scallops.ts';
import { skyline } from './skyline.ts';
import { slabs } from './slabs.ts';
import { stage } from './stage.ts';
import { stars } from './stars.ts';
import { sunrise } from './sunrise.ts';
import { tiles } from './tiles.ts';
import { waves } from './waves.ts';

/** Every scenery, in a fixed order. */
export const SCENERIES: readonly [Scenery, ...Scenery[]] = [
  orbits,
  hills,
  tiles,
  pebbles,
  rays,
  halftone,
  ribbons,
  panes,
  waves,
  scallops,
  mountains,
  skyline,
  contours,
  bokeh,
  cutouts,
  horizon,
  leaves,
  stage,
  blueprint,
  stars,
  confetti,
  slabs,
];

/** Throws for a name that no scenery has. */
export function sceneryNamed(name: string): Scenery {
  const found = [...SCENERIES, sunrise].find((scenery) => scenery.name === name);
  if (found === undefined) throw new Error(`There is no scenery named "${name}".`);
  return found;
}
