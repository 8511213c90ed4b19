import type { Oklch } from '../../../../drawing/colour.ts';
import { languageOf } from '../../../../language/language.ts';
import type { Scenery } from '../card.ts';
import { blueprint } from '../scenery/blueprint.ts';
import { bokeh } from '../scenery/bokeh.ts';
import { confetti } from '../scenery/confetti.ts';
import { contours } from '../scenery/contours.ts';
import { cutouts } from '../scenery/cutouts.ts';
import { halftone } from '../scenery/halftone.ts';
import { hills } from '../scenery/hills.ts';
import { horizon } from '../scenery/horizon.ts';
import { leaves } from '../scenery/leaves.ts';
import { mountains } from '../scenery/mountains.ts';
import { orbits } from '../scenery/orbits.ts';
import { panes } from '../scenery/panes.ts';
import { pebbles } from '../scenery/pebbles.ts';
import { rays } from '../scenery/rays.ts';
import { ribbons } from '../scenery/ribbons.ts';
import { scallops } from '../scenery/scallops.ts';
import { skyline } from '../scenery/skyline.ts';
import { slabs } from '../scenery/slabs.ts';
import { stars } from '../scenery/stars.ts';
import { tiles } from '../scenery/tiles.ts';
import { waves } from '../scenery/waves.ts';
import { COLOUR_WORDS, type ColourName, SETTING_WORDS, type SettingName, type WordsByLanguage } from './look-words.ts';
import { type SearchedText, searched, wordCount } from './word-search.ts';

/** The colours of a ground: a tone of the video's palette, or a colour over the whole ground. */
export type GroundColour = 'night' | 'paper' | Oklch;

/** What a prompt says about a scene's ground. */
export interface SceneLook {
  /** A colour that is named. */
  readonly colour: GroundColour | null;
  readonly setting: Setting | null;
}

export interface Setting {
  readonly name: SettingName;
  /** For scenes at even places and for those at odd places: different ones, so that neighbours differ. */
  readonly even: readonly [Scenery, Scenery];
  readonly odd: readonly [Scenery, Scenery];
  readonly colour: GroundColour;
}

const COLOURS: Readonly<Record<ColourName, GroundColour>> = {
  night: 'night',
  white: 'paper',
  red: [0.45, 0.17, 25],
  orange: [0.47, 0.13, 50],
  yellow: [0.88, 0.16, 96],
  green: [0.43, 0.11, 148],
  blue: [0.44, 0.15, 255],
  purple: [0.42, 0.17, 300],
  pink: [0.86, 0.09, 355],
  brown: [0.39, 0.07, 55],
};

/** No scenery is both that of an even and that of an odd place. */
export const SETTINGS: readonly Setting[] = [
  { name: 'sea', even: [waves, bokeh], odd: [scallops, ribbons], colour: [0.43, 0.11, 235] },
  { name: 'forest', even: [leaves, bokeh], odd: [hills, cutouts], colour: [0.4, 0.1, 150] },
  { name: 'mountains', even: [mountains, rays], odd: [contours, hills], colour: 'paper' },
  { name: 'desert', even: [rays, horizon], odd: [hills, contours], colour: [0.46, 0.1, 58] },
  { name: 'city', even: [skyline, horizon], odd: [panes, tiles], colour: 'night' },
  { name: 'space', even: [stars, horizon], odd: [orbits, halftone], colour: 'night' },
  { name: 'office', even: [slabs, skyline], odd: [blueprint, panes], colour: 'paper' },
  { name: 'classroom', even: [confetti, slabs], odd: [tiles, cutouts], colour: 'paper' },
  { name: 'kitchen', even: [slabs, bokeh], odd: [pebbles, halftone], colour: 'paper' },
];

/** UTF-16 units of a text that are searched for settings. */
const LONGEST_READ = 4_000;

/** The names of colours and settings that are understood. */
export const LOOK_NAMES: readonly string[] = [...Object.keys(COLOURS), ...SETTINGS.map(({ name }) => name)];

/** The ground that a prompt describes, in the language of its video (a BCP 47 tag) or in English. */
export function sceneLookOf(prompt: string, tag: string): SceneLook {
  const read = searched(prompt);
  const { base } = languageOf(tag);
  const colour = mostNamed(read, colourNames(), COLOUR_WORDS, base);
  const name = mostNamed(
    read,
    SETTINGS.map((one) => one.name),
    SETTING_WORDS,
    base,
  );
  return {
    colour: colour === null ? null : COLOURS[colour],
    setting: SETTINGS.find((one) => one.name === name) ?? null,
  };
}

/** The settings of which a text in the language of a BCP 47 tag names something, in the order of `SETTINGS`. */
export function settingsIn(text: string, tag: string): SettingName[] {
  const { base } = languageOf(tag);
  const read = searched(text.slice(0, LONGEST_READ));
  return SETTINGS.flatMap(({ name }) => (wordCount(read, SETTING_WORDS[name][base] ?? '') > 0 ? [name] : []));
}

function colourNames(): ColourName[] {
  return ['night', 'white', 'red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'brown'];
}

/** The name that most words of the text mean, the first of several; null if none. */
function mostNamed<Name extends string>(
  read: SearchedText,
  names: readonly Name[],
  table: Readonly<Record<Name, WordsByLanguage>>,
  base: string,
): Name | null {
  let best: Name | null = null;
  let most = 0;
  for (const name of names) {
    const own = base === 'en' ? undefined : table[name][base];
    const count = wordCount(read, table[name].en) + (own === undefined ? 0 : wordCount(read, own));
    if (count > most) [best, most] = [name, count];
  }
  return best;
}
