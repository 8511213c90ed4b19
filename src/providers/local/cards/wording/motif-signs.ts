import type { Sign } from '../../../../overlays/overlay.ts';
import { type ClockTime, clockPath } from './clock-times.ts';
import { DRAWN_ICONS } from './drawn-icons.ts';
import { MOTIF_ICONS } from './motif-icons.ts';

/** An emoji, the name of an icon, or "clock 7:45" for a clock that shows a time. */
export type Motif = string;

export const NO_MOTIFS: ReadonlySet<Motif> = new Set();

/** SVG path data of all icons, in a square of 256. */
export const ICONS = { ...MOTIF_ICONS, ...DRAWN_ICONS } as const;

type IconName = keyof typeof ICONS;

/** Icons of things to see, unlike those of subjects such as money. */
const ICONS_OF_THINGS = new Set<IconName>([
  'bridge',
  'lighthouse',
  'nuclear-plant',
  'windmill',
  'solar-panel',
  'robot',
  'refrigerator',
  'washing-machine',
  'oven',
  'hurricane',
]);
const ICONS_OF_PLACES_AND_PEOPLE = new Set<IconName>([
  'baby',
  'bank',
  'crown',
  'factory',
  'gavel',
  'hospital',
  'microscope',
  'stethoscope',
  'virus',
]);
/** Subjects that are often mentioned in passing. */
const WEAK = new Set<Motif>([
  'briefcase',
  'siren',
  'clock',
  'calendar-blank',
  'users-three',
  'cloud-sun',
  'hourglass',
  'road-horizon',
  '🥄',
  '👂',
  '🚪',
]);
/** Emoji of what surrounds things, which is rarely what a sentence is about. */
const SURROUNDINGS = new Set<Motif>([
  ...['❄️', '☀️', '🌙', '⭐', '🌧️', '💨', '🌊', '🏞️', '🏔️', '🌍', '🏖️', '🏙️', '🏠', '🏫', '🏛️', '🏥', '💧', '🏝️', '🍂', '🏜️'],
  ...['🌕', '🌑', '🌓', '🌇'],
  ...['📱', '💻', '🌾', '🪟', '🧂', '🥣', '🔪', '🍃', '🌿', '🪽', '🕳️', '🎭'],
]);

/** Where something is, more often than what a text is about: "the library in our town", "behind the building". */
const PLACES = new Set<Motif>(['🏙️', '🏠', 'buildings', '🪟', '🚪', 'road-horizon']);

/** True for a place that a text names in passing where a preposition is before it. */
export function isPlace(motif: Motif): boolean {
  return PLACES.has(motif);
}

/** Of the sky and the weather, of which texts often say that it is absent. */
const SKY = new Set<Motif>(['❄️', '☀️', '🌙', '⭐', '🌧️', '⛈️', '🌈', '🌕', '🌑', '🌓', '🌇']);

/** True for something in the sky, whose picture would say the opposite of a sentence that denies it. */
export function isSky(motif: Motif): boolean {
  return SKY.has(motif);
}

/** True for a subject that is often mentioned in passing. */
export function isWeak(motif: Motif): boolean {
  return WEAK.has(motif) || timeOf(motif) !== null;
}

/** The more concrete the thing, the higher: 4 for things, 3 for places and people, 2 for subjects, 1 for weak subjects. */
export function rankOf(motif: Motif): number {
  if (isWeak(motif)) return 1;
  if (!isIconName(motif)) return SURROUNDINGS.has(motif) ? 3 : 4;
  if (ICONS_OF_THINGS.has(motif)) return 4;
  return ICONS_OF_PLACES_AND_PEOPLE.has(motif) ? 3 : 2;
}

/**
 * True for a thing, an animal or a place, which "it" may mean. A subject such as money is not what a pronoun means, and "she"
 * is often another person than the king of the sentence before.
 */
export function isReferable(motif: Motif): boolean {
  return rankOf(motif) === 4 || (rankOf(motif) === 3 && !isIconName(motif));
}

/** What is drawn for a motif. */
export function signOf(motif: Motif): Sign {
  const time = timeOf(motif);
  if (time !== null) return { kind: 'icon', path: clockPath(time) };
  return isIconName(motif) ? { kind: 'icon', path: ICONS[motif] } : { kind: 'emoji', text: motif };
}

export function isIconName(motif: Motif): motif is IconName {
  return Object.hasOwn(ICONS, motif);
}

/** The time that the clock of a motif shows. */
function timeOf(motif: Motif): ClockTime | null {
  const [, hour, minute] = /^clock (\d{1,2}):(\d{2})$/u.exec(motif) ?? [];
  return hour === undefined ? null : { hour: Number(hour), minute: Number(minute) };
}
