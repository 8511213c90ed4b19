import { breakLines, type Measure } from '../../drawing/line-break.ts';
import { partsOfName } from '../../language/words/name-parts.ts';
import type { BreakQuality, CueWord } from '../film/film.ts';

/** A few words that are shown at once, in one or two lines. */
export interface WordGroup {
  readonly lines: readonly (readonly CueWord[])[];
  /** Times of its first and last word. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface GroupLimits {
  /** Width of a line, in the unit of the measuring function. */
  readonly width: number;
  /** Width that a line of one long word may have, because its group is drawn smaller. */
  readonly widest: number;
  /** The same for an address or a name in code, which is harder to read in two parts than in small letters. */
  readonly widestName: number;
  readonly wordsPerLine: number;
  /** The same as `width`, for a line of words without spaces, which are shorter. */
  readonly unspacedWidth: number;
}

/** Words that stay on one line. */
interface Unit {
  readonly words: readonly CueWord[];
  readonly width: number;
  /** Width of a line that it is alone on. */
  readonly widest: number;
}

/** Costs of ending a group after a word; those of a line are half of it. Only their proportions matter. */
const END: Readonly<Record<BreakQuality, number>> = { sentence: 0, clause: 0.2, phrase: 1, word: 1.6, poor: 4 };
const EACH_GROUP = 1;
const SENTENCE_INSIDE = 1.2;
/** Of the end of a clause inside a group, or inside a line whose end is no such end: "and stir. Add salt, then". */
const CLAUSE_INSIDE = 0.4;
/** Of one word alone, in a group or on a line that it does not fill by half. */
const ALONE = 1;
/** Seconds: the shortest time in which a group can be read, and the shortest noticeable pause. */
const READABLE = 0.7;
const PAUSE = 0.4;

/** The cheapest path to the end of a unit: where its last group begins, and the second line of that. */
interface Path {
  readonly cost: number;
  readonly begin: number;
  readonly second: number;
}

/**
 * Parts the words of a cue into groups of one or two lines: the cheapest path, so that all of them are weighed. A word wider than
 * `widest` is divided. `measure` gives the width of a word or a space.
 */
export function groupsOf(words: readonly CueWord[], measure: Measure, limits: GroupLimits): WordGroup[] {
  const units = unitsOf(words, measure, limits);
  const space = measure(' ');
  const paths: Path[] = [{ cost: 0, begin: 0, second: 0 }];
  for (let end = 1; end <= units.length; end += 1) {
    let best: Path = { cost: Number.POSITIVE_INFINITY, begin: end - 1, second: end };
    for (let begin = end - 1; begin >= 0; begin -= 1) {
      const shown = units.slice(begin, end);
      const layout = layoutOf(shown, space, limits);
      if (!layout) break;
      const cost = (paths[begin]?.cost ?? 0) + layout.cost + groupCost(shown, units.length);
      if (cost < best.cost) best = { cost, begin, second: begin + layout.second };
    }
    paths.push(best);
  }
  return backtrack(units, paths);
}

function backtrack(units: readonly Unit[], paths: readonly Path[]): WordGroup[] {
  const groups: WordGroup[] = [];
  for (let end = units.length; end > 0; ) {
    const { begin, second } = paths[end] ?? { begin: end - 1, second: end };
    const lines = [units.slice(begin, second), units.slice(second, end)]
      .map((line) => line.flatMap((unit) => unit.words))
      .filter((line) => line.length > 0);
    const shown = lines.flat();
    groups.push({
      lines,
      startSeconds: shown[0]?.startSeconds ?? 0,
      endSeconds: shown.at(-1)?.endSeconds ?? 0,
    });
    end = begin;
  }
  return groups.reverse();
}

/** The index of the unit that begins the second line, and what the lines cost; undefined where two lines are too short. */
function layoutOf(
  units: readonly Unit[],
  space: number,
  limits: GroupLimits,
): { readonly second: number; readonly cost: number } | undefined {
  if (fits(units, space, limits)) return { second: units.length, cost: 0 };
  let best: { readonly second: number; readonly cost: number } | undefined;
  for (let second = units.length - 1; second > 0; second -= 1) {
    const [first, last] = [units.slice(0, second), units.slice(second)];
    if (!fits(last, space, limits)) break;
    if (!fits(first, space, limits)) continue;
    const widths = [widthOf(first, space), widthOf(last, space)];
    const uneven = Math.abs((widths[0] ?? 0) - (widths[1] ?? 0)) / limits.width;
    const alone = [first, last].filter(
      (line, at) => wordsIn(line) === 1 && (widths[at] ?? 0) < limits.width / 2,
    ).length;
    const cost = END[breakAfter(first)] / 2 + uneven / 2 + alone * ALONE + innerClauses(first);
    if (best === undefined || cost < best.cost) best = { second, cost };
  }
  return best;
}

function fits(line: readonly Unit[], space: number, limits: GroupLimits): boolean {
  const [first] = line;
  if (line.length === 1 && first) return first.width <= first.widest;
  const isSpaced = line.every((unit, at) => at === 0 || unit.words[0]?.spaced);
  const most = isSpaced ? limits.width : Math.min(limits.width, limits.unspacedWidth);
  return widthOf(line, space) <= most && wordsIn(line) <= limits.wordsPerLine;
}

function groupCost(units: readonly Unit[], count: number): number {
  const words = units.flatMap((unit) => unit.words);
  const seconds = (words.at(-1)?.endSeconds ?? 0) - (words[0]?.startSeconds ?? 0);
  let cost = EACH_GROUP + END[breakAfter(units)] + 2 * Math.max(0, READABLE - seconds);
  cost += innerClauses(units);
  if (words.length === 1 && count > 1) cost += ALONE;
  for (const [at, word] of words.slice(0, -1).entries()) {
    if (word.breakAfter === 'sentence') cost += SENTENCE_INSIDE;
    const pause = (words[at + 1]?.startSeconds ?? 0) - word.endSeconds;
    if (pause > PAUSE) cost += 2 * pause;
  }
  return cost;
}

/** The cost of the ends of clauses inside of units that do not end with one themselves. */
function innerClauses(units: readonly Unit[]): number {
  if (END[breakAfter(units)] <= END.clause) return 0;
  return CLAUSE_INSIDE * units.flatMap((unit) => unit.words).filter((word) => word.breakAfter === 'clause').length;
}

function widthOf(line: readonly Unit[], space: number): number {
  return line.reduce((sum, { width, words }, at) => sum + width + (at > 0 && words[0]?.spaced ? space : 0), 0);
}

/** Counted by spaces: in scripts without them only the width limits a line. */
function wordsIn(line: readonly Unit[]): number {
  return line.flatMap((unit) => unit.words).filter((word, at) => at === 0 || word.spaced).length;
}

function breakAfter(units: readonly Unit[]): BreakQuality {
  return units.at(-1)?.words.at(-1)?.breakAfter ?? 'word';
}

/** Words that are kept together become one unit, unless they are too wide together. */
function unitsOf(words: readonly CueWord[], measure: Measure, limits: GroupLimits): Unit[] {
  const { widest } = limits;
  const units: Unit[] = [];
  const space = measure(' ');
  let kept: CueWord[] = [];
  for (const word of words) {
    kept.push(word);
    if (word.joinsNext) continue;
    const single = kept.flatMap((one) => divided(one, measure, limits));
    const whole = widthOf(single, space);
    if (whole <= widest && single.length === kept.length) units.push({ words: kept, width: whole, widest });
    else units.push(...single);
    kept = [];
  }
  return units;
}

/** A word as one unit, or as several if it is too wide for a line; its time is then divided by the letters. */
function divided(word: CueWord, measure: Measure, { width, widest: widestWord, widestName }: GroupLimits): Unit[] {
  const whole = measure(word.text);
  const named = partsOfName(word.text);
  const widest = named.length > 1 ? widestName : widestWord;
  if (whole <= widest) return [{ words: [word], width: whole, widest }];
  const parts = named.length > 1 ? linesOfName(named, measure, widest) : evenParts(word.text, measure, width);
  const letters = parts.reduce((sum, part) => sum + part.length, 0);
  let before = 0;
  return parts.map((text, at) => {
    const timeAt = (index: number) =>
      word.startSeconds + ((word.endSeconds - word.startSeconds) * index) / Math.max(1, letters);
    const startSeconds = timeAt(before);
    before += text.length;
    const isLast = at === parts.length - 1;
    const part: CueWord = {
      text,
      startSeconds,
      endSeconds: timeAt(before),
      spaced: at === 0 && word.spaced,
      breakAfter: isLast ? word.breakAfter : 'poor',
      joinsNext: isLast && word.joinsNext,
    };
    return { words: [part], width: measure(text), widest };
  });
}

function linesOfName(parts: readonly string[], measure: Measure, width: number): string[] {
  const units = parts.map((text) => ({ text, spaced: false }));
  return breakLines(units, width, measure);
}

/** As few parts as possible, of about the same width: "schifffahrts-" and "gesellschaft", not "schifffahrtsge-" and "sellschaft". */
function evenParts(text: string, measure: Measure, width: number): string[] {
  const unit = [{ text, spaced: false }];
  const widest = breakLines(unit, width, measure);
  for (let narrower = measure(text) / widest.length; narrower < width; narrower *= 1.06) {
    const parts = breakLines(unit, narrower, measure);
    if (parts.length === widest.length) return parts;
  }
  return widest;
}
