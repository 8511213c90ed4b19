import { normalized } from '../../../unicode.ts';
import type { SpeechTiming } from '../../ports.ts';

/** A spoken position: offset in the original text (UTF-16 units), and time (seconds). In order of time. */
export interface Mark {
  readonly offset: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

interface Unit {
  readonly start: number;
  readonly end: number;
}

interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

const sayable = /[\p{L}\p{N}]/u;

/**
 * Words: the runs between white space, with their punctuation; a run without speakable characters (a dash, an emoji)
 * belongs to the word before it. espeak-ng joins some words ("of the" is one event): those divide the time by their
 * length.
 */
export function wordTimings(text: string, marks: readonly Mark[], durationSeconds: number): readonly SpeechTiming[] {
  const units = wordUnits(text);
  const spans = marksByUnit(units, marks).map(spanOf);
  const shared = shareOut(units, spans, durationSeconds);
  return inOrder(text, units, shared);
}

/** Clauses: a mark begins each, and text before the next mark belongs to it. */
export function clauseTimings(text: string, marks: readonly Mark[]): readonly SpeechTiming[] {
  const units = marks.map(({ offset }, index) =>
    trimmed(text, { start: index === 0 ? 0 : offset, end: marks[index + 1]?.offset ?? text.length }),
  );
  return inOrder(text, units, marks);
}

/** One timing over the whole text, for a text that is not spoken. Empty if there is no visible text either. */
export function silentTimings(text: string, durationSeconds: number): readonly SpeechTiming[] {
  const unit = trimmed(text, { start: 0, end: text.length });
  return unit.start === unit.end ? [] : inOrder(text, [unit], [{ startSeconds: 0, endSeconds: durationSeconds }]);
}

/** For each unit the marks inside it, in order. Units are in text order and do not overlap. */
function marksByUnit(units: readonly Unit[], marks: readonly Mark[]): Mark[][] {
  const found = units.map((): Mark[] => []);
  for (const mark of marks) {
    let [low, high] = [0, units.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((units[middle]?.end ?? 0) <= mark.offset) low = middle + 1;
      else high = middle;
    }
    if ((units[low]?.start ?? Number.POSITIVE_INFINITY) <= mark.offset) found[low]?.push(mark);
  }
  return found;
}

function wordUnits(text: string): readonly Unit[] {
  const units: Unit[] = [];
  let waiting: number | undefined;
  for (const match of text.matchAll(/\S+/gu)) {
    const end = match.index + match[0].length;
    const last = units.at(-1);
    if (sayable.test(normalized(match[0], 'NFKC'))) {
      units.push({ start: waiting ?? match.index, end });
      waiting = undefined;
    } else if (last === undefined) waiting ??= match.index;
    else units[units.length - 1] = { start: last.start, end };
  }
  return units;
}

function trimmed(text: string, { start, end }: Unit): Unit {
  const inside = text.slice(start, end);
  const from = start + inside.length - inside.trimStart().length;
  return { start: from, end: Math.max(from, start + inside.trimEnd().length) };
}

function spanOf(marks: readonly Mark[]): Span | undefined {
  const first = marks[0];
  const last = marks.at(-1);
  return first && last ? { startSeconds: first.startSeconds, endSeconds: last.endSeconds } : undefined;
}

/**
 * Gives units without a span a part of the span before them (at the beginning: after them), by their length in the
 * text.
 */
function shareOut(
  units: readonly Unit[],
  spans: readonly (Span | undefined)[],
  durationSeconds: number,
): readonly Span[] {
  const firstHeard = spans.findIndex((span) => span !== undefined);
  if (firstHeard < 0) return split(units, { startSeconds: 0, endSeconds: durationSeconds });
  const shared: Span[] = [];
  for (let from = 0; from < units.length; ) {
    const head = from === 0 ? firstHeard : from;
    let to = head + 1;
    while (to < units.length && spans[to] === undefined) to += 1;
    shared.push(...split(units.slice(from, to), spans[head] ?? { startSeconds: 0, endSeconds: durationSeconds }));
    from = to;
  }
  return shared;
}

function split(units: readonly Unit[], { startSeconds, endSeconds }: Span): readonly Span[] {
  const total = units.reduce((sum, unit) => sum + unit.end - unit.start, 0);
  let before = 0;
  return units.map((unit) => {
    const at = (share: number): number => startSeconds + ((endSeconds - startSeconds) * share) / total;
    const from = before;
    before += unit.end - unit.start;
    return { startSeconds: at(from), endSeconds: at(before) };
  });
}

/** Makes times non-decreasing, and ends each unit before the next begins. */
function inOrder(text: string, units: readonly Unit[], spans: readonly Span[]): readonly SpeechTiming[] {
  let reached = 0;
  return units.map((unit, index) => {
    const startSeconds = Math.max(reached, spans[index]?.startSeconds ?? reached);
    const latest = Math.max(startSeconds, spans[index + 1]?.startSeconds ?? Number.POSITIVE_INFINITY);
    const endSeconds = Math.min(latest, Math.max(startSeconds, spans[index]?.endSeconds ?? startSeconds));
    reached = endSeconds;
    return {
      text: text.slice(unit.start, unit.end),
      textStart: unit.start,
      textEnd: unit.end,
      startSeconds,
      endSeconds,
    };
  });
}
