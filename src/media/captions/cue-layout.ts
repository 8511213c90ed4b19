import type { BreakQuality, Cue, CueWord } from '../film/film.ts';
import type { Atom } from './atoms.ts';
import { LINE_COLUMNS } from './glyph-width.ts';

/** An atom with the time at which it is spoken. */
export interface TimedAtom extends Atom {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Its words; more than one where they are kept together. */
  readonly words: readonly CueWord[];
}

/** Costs of ending a cue, or its first line, after an atom. Only their proportions matter. */
const CUE_END: Readonly<Record<BreakQuality, number>> = { sentence: 0, clause: 1, phrase: 3, word: 4, poor: 7 };
const LINE_END: Readonly<Record<BreakQuality, number>> = {
  sentence: 0,
  clause: 0.2,
  phrase: 0.9,
  word: 1.2,
  poor: 2.5,
};

const EACH_CUE = 1.2;
/** Of parting what is said from its condition. */
const TORN_CONDITION = 1;
const SENTENCE_INSIDE = 2;
/** Of beginning a clause after another one, and not finishing it. */
const TORN_CLAUSE = 1;
/** Of tearing a sentence that fits on a line, such as an item of a list, between two cues or beside another sentence. */
const TORN_SENTENCE = 3;
/** Of an item of a numbered list that does not begin its cue. */
const ITEM_INSIDE = 3;
/** The number of such an item, which is kept with its first word. */
const ITEM = /^\d{1,2}\. /u;
/** Seconds: the shortest readable cue, the longest comfortable cue, and the shortest noticeable pause. */
const READABLE = 1;
const TIRING = 6;
const PAUSE = 0.5;

/** Atoms in one cue. Visible ones fill it long before; this bounds the search where many have zero width. */
const MAX_ATOMS = 2 * LINE_COLUMNS + 1;

interface Layout {
  /** Index of the atom that begins the second line; equal to the cue's end where there is one line. */
  readonly second: number;
  readonly cost: number;
}

/** Indices of its first atom, and after its last. */
interface Sentence {
  readonly begin: number;
  readonly end: number;
}

/** The cheapest path to the end of an atom: where its last cue begins, and that cue's second line. */
interface Path {
  readonly cost: number;
  readonly begin: number;
  readonly second: number;
}

/**
 * The cheapest split of the atoms into cues: a shortest path, so the whole text is weighed and not only the next cue.
 */
export function bestCues(atoms: readonly TimedAtom[]): Cue[] {
  const measure = ruler(atoms);
  const short = shortSentences(atoms, measure);
  const paths: Path[] = [{ cost: 0, begin: 0, second: 0 }];
  for (let end = 1; end <= atoms.length; end += 1) {
    let best: Path = { cost: Number.POSITIVE_INFINITY, begin: end - 1, second: end };
    for (let begin = end - 1; begin >= Math.max(0, end - MAX_ATOMS); begin -= 1) {
      const layout = layoutOf(atoms, begin, end, measure, short);
      if (!layout) break;
      const cost =
        (paths[begin]?.cost ?? 0) + layout.cost + cueCost(atoms, begin, end) + (short.has(end) ? TORN_SENTENCE : 0);
      if (cost < best.cost) best = { cost, begin, second: layout.second };
    }
    paths.push(best);
  }
  return backtrack(atoms, paths);
}

function backtrack(atoms: readonly TimedAtom[], paths: readonly Path[]): Cue[] {
  const cues: Cue[] = [];
  for (let end = atoms.length; end > 0; ) {
    const path = paths[end];
    const first = atoms[path?.begin ?? end - 1];
    const last = atoms[end - 1];
    if (!path || !first || !last) break;
    const lines = linesOf(atoms, path, end);
    const words = atoms.slice(path.begin, end).flatMap((atom) => atom.words);
    cues.push({ startSeconds: first.startSeconds, endSeconds: last.endSeconds, lines, words });
    end = path.begin;
  }
  return cues.reverse();
}

/** Width in columns of the line formed by atoms begin..end. */
function ruler(atoms: readonly Atom[]): (begin: number, end: number) => number {
  const sums = [0];
  for (const atom of atoms) sums.push((sums.at(-1) ?? 0) + atom.columns + (atom.spaced ? 1 : 0));
  return (begin, end) => (sums[end] ?? 0) - (sums[begin] ?? 0) - (atoms[begin]?.spaced ? 1 : 0);
}

/**
 * One line where it fits, else the best two lines, which part where the author breaks the line; undefined where two lines are
 * too short.
 */
function layoutOf(
  atoms: readonly Atom[],
  begin: number,
  end: number,
  measure: (begin: number, end: number) => number,
  short: ReadonlyMap<number, Sentence>,
): Layout | undefined {
  const whole = measure(begin, end);
  if (whole > 2 * LINE_COLUMNS + 1) return undefined;
  const broken = authorsBreak(atoms, begin, end);
  if (broken === 'several') return undefined;
  if (broken !== undefined) {
    const fits = measure(begin, broken) <= LINE_COLUMNS && measure(broken, end) <= LINE_COLUMNS;
    return fits ? { second: broken, cost: LINE_END.sentence } : undefined;
  }
  if (whole <= LINE_COLUMNS) return { second: end, cost: whole < 12 ? 1 : 0 };
  let best: Layout | undefined;
  for (let at = end - 1; at > begin; at -= 1) {
    const [first, second] = [measure(begin, at), measure(at, end)];
    if (second > LINE_COLUMNS) break;
    if (first > LINE_COLUMNS) continue;
    const uneven = (2 * Math.abs(first - second)) / LINE_COLUMNS;
    const torn = short.get(at);
    const isTorn = torn !== undefined && (torn.begin > begin || torn.end < end);
    const cost = LINE_END[atoms[at - 1]?.ending ?? 'word'] + uneven + (isTorn ? TORN_SENTENCE : 0);
    if (best === undefined || cost < best.cost) best = { second: at, cost };
  }
  return best;
}

/** For each place between two atoms inside a sentence that fits on a line: that sentence. */
function shortSentences(
  atoms: readonly Atom[],
  measure: (begin: number, end: number) => number,
): ReadonlyMap<number, Sentence> {
  const short = new Map<number, Sentence>();
  let begin = 0;
  for (const [at, atom] of atoms.entries()) {
    if (atom.ending !== 'sentence' && at < atoms.length - 1) continue;
    const sentence = { begin, end: at + 1 };
    if (measure(begin, at + 1) <= LINE_COLUMNS)
      for (let inside = begin + 1; inside <= at; inside += 1) short.set(inside, sentence);
    begin = at + 1;
  }
  return short;
}

/** The index after the atom where the author breaks the line inside a cue; undefined where there is none. */
function authorsBreak(atoms: readonly Atom[], begin: number, end: number): number | 'several' | undefined {
  let found: number | undefined;
  for (let at = begin; at < end - 1; at += 1) {
    if (atoms[at]?.endsLine !== true) continue;
    if (found !== undefined) return 'several';
    found = at + 1;
  }
  return found;
}

function cueCost(atoms: readonly TimedAtom[], begin: number, end: number): number {
  const seconds = (atoms[end - 1]?.endSeconds ?? 0) - (atoms[begin]?.startSeconds ?? 0);
  let cost = EACH_CUE + 4 * Math.max(0, READABLE - seconds) + 1.5 * Math.max(0, seconds - TIRING);
  if (end < atoms.length) cost += CUE_END[atoms[end - 1]?.ending ?? 'word'];
  if (end < atoms.length && atoms[end - 1]?.endsCondition === true) cost += TORN_CONDITION;
  if (tearsClause(atoms.slice(begin, end))) cost += TORN_CLAUSE;
  for (let i = begin; i < end - 1; i += 1) {
    if (atoms[i]?.ending === 'sentence') {
      cost += SENTENCE_INSIDE;
      if (ITEM.test(atoms[i + 1]?.text ?? '')) cost += ITEM_INSIDE;
    }
    const pause = (atoms[i + 1]?.startSeconds ?? 0) - (atoms[i]?.endSeconds ?? 0);
    if (pause > PAUSE) cost += 3 * pause;
  }
  return cost;
}

/** True for atoms that end in a clause which is not their first. */
function tearsClause(atoms: readonly Atom[]): boolean {
  const isTorn = CUE_END[atoms.at(-1)?.ending ?? 'word'] > CUE_END.clause;
  return isTorn && atoms.some(({ ending }) => ending === 'clause');
}

function linesOf(atoms: readonly Atom[], { begin, second }: Path, end: number): string[] {
  const first = lineOf(atoms, begin, second);
  return second === end ? [first] : [first, lineOf(atoms, second, end)];
}

function lineOf(atoms: readonly Atom[], begin: number, end: number): string {
  return atoms
    .slice(begin, end)
    .map((atom, i) => (atom.spaced && i > 0 ? ' ' : '') + atom.text.replace(/\s+/gu, ' '))
    .join('');
}
