import { divisionOf, isDivisible } from '../language/words/word-division.ts';
import type { Unit } from './line-break.ts';

/** Graphemes; a shorter word is not divided. */
const LONG = 18;
/** UTF-16 units; a longer word is no compound. */
const LONGEST = 80;
/** Endings of the first parts of German compounds: "Geschwindigkeits-begrenzung". */
const SEAM =
  /(?:heits|keits|ungs|schafts|tions|täts|ings|fahrts|stands|zeits|mittel|haupt|wasser|arbeits|bahn|bundes|landes)(?=\p{L}{5})/giu;
/** Shares of a word between which it is divided, and where it is divided without a seam. */
const NARROW = [0.3, 0.8] as const;
const MIDDLE = 0.62;

/** Units of which the long words are parted with a hyphen, the second part on the next line; the same ones if none is. */
export function withLongWordsDivided(units: readonly Unit[]): readonly Unit[] {
  return units.some(({ text }) => isLong(text)) ? units.flatMap(divided) : units;
}

function isLong(text: string): boolean {
  return text.length >= LONG && text.length <= LONGEST && isDivisible(text) && !text.includes('-');
}

function divided(unit: Unit): Unit[] {
  const { text, endCost: _, ...before } = unit;
  if (!isLong(text)) return [unit];
  const at = placeIn(text);
  return [
    { ...before, text: `${text.slice(0, at)}-`, endCost: 0.1 },
    { ...unit, text: text.slice(at), spaced: false, beginsLine: true },
  ];
}

/** The seam that is nearest to the middle, else the beginning of a syllable there. In UTF-16 units. */
function placeIn(text: string): number {
  const wanted = text.length * MIDDLE;
  const seams = Array.from(text.matchAll(SEAM), ({ 0: found, index }) => index + found.length).filter(
    (at) => at >= text.length * NARROW[0] && at <= text.length * NARROW[1],
  );
  const [nearest] = seams.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  if (nearest !== undefined) return nearest;
  const graphemes = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  const at = divisionOf(graphemes, 0, Math.round(graphemes.length * MIDDLE));
  return graphemes.slice(0, at).join('').length;
}
