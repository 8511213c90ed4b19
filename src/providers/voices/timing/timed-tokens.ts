import type { TimedPart } from '../voice-service.ts';
import { type SpokenToken, spokenTokens } from './spoken-tokens.ts';

/** A word of a text with its times. */
export interface TimedToken {
  readonly start: number;
  readonly end: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Less time than this for a word is a sign that its time is part of a neighbour's. */
const SHORTEST_SECONDS = 0.04;

/**
 * The times of every word of a text, from those of some of its parts: characters, words, or groups of words, which may lack
 * some. Words without a time share the gap in which they lie; where there is none ("of the" was heard as one word), they
 * share the time of their neighbour. Times lie within `within` and never decrease.
 */
export function timedTokens(text: string, parts: readonly TimedPart[], within: Span): readonly TimedToken[] {
  const tokens = spokenTokens(text);
  const ordered = inOrder(parts, within);
  let next = 0;
  const spans = tokens.map((token): Span | undefined => {
    while (next < ordered.length && (ordered[next]?.end ?? 0) <= token.start) next += 1;
    let span: Span | undefined;
    for (let at = next; at < ordered.length && (ordered[at]?.start ?? 0) < token.end; at += 1) {
      const share = shareOf(ordered[at], token);
      span = { startSeconds: span?.startSeconds ?? share.startSeconds, endSeconds: share.endSeconds };
    }
    return span;
  });
  return filled(tokens, spans, within);
}

/** Parts with an end each, limited to the sound, and none before the one that precedes it in the text. */
function inOrder(parts: readonly TimedPart[], within: Span): readonly TimedToken[] {
  const sorted = [...parts].sort((a, b) => a.start - b.start);
  let reached = within.startSeconds;
  return sorted.map((part, index) => {
    const startSeconds = Math.min(within.endSeconds, Math.max(reached, part.startSeconds));
    const following = sorted[index + 1]?.startSeconds ?? within.endSeconds;
    const endSeconds = Math.min(within.endSeconds, Math.max(startSeconds, part.endSeconds ?? following));
    reached = startSeconds;
    return { start: part.start, end: part.end, startSeconds, endSeconds };
  });
}

/** The time of a token within a part that may be shorter or longer than it. */
function shareOf(part: TimedToken | undefined, token: SpokenToken): Span {
  if (part === undefined) return { startSeconds: 0, endSeconds: 0 };
  const length = Math.max(1, part.end - part.start);
  const at = (offset: number): number =>
    part.startSeconds +
    ((part.endSeconds - part.startSeconds) * Math.min(length, Math.max(0, offset - part.start))) / length;
  return { startSeconds: at(token.start), endSeconds: at(token.end) };
}

function filled(
  tokens: readonly SpokenToken[],
  spans: readonly (Span | undefined)[],
  within: Span,
): readonly TimedToken[] {
  const times: TimedToken[] = [];
  for (let from = 0; from < tokens.length; ) {
    const known = spans[from];
    if (known !== undefined) {
      times.push(...divided(tokens.slice(from, from + 1), known));
      from += 1;
      continue;
    }
    let to = from + 1;
    while (to < tokens.length && spans[to] === undefined) to += 1;
    const before = times.at(-1);
    const after = spans[to];
    let gap = {
      startSeconds: before?.endSeconds ?? within.startSeconds,
      endSeconds: after?.startSeconds ?? within.endSeconds,
    };
    let first = from;
    let last = to;
    if (gap.endSeconds - gap.startSeconds < SHORTEST_SECONDS * (to - from)) {
      if (before !== undefined) {
        times.pop();
        first = from - 1;
        gap = { startSeconds: before.startSeconds, endSeconds: Math.max(gap.endSeconds, before.endSeconds) };
      } else if (after !== undefined) {
        last = to + 1;
        gap = { startSeconds: gap.startSeconds, endSeconds: after.endSeconds };
      }
    }
    times.push(...divided(tokens.slice(first, last), gap));
    from = last;
  }
  return times;
}

function divided(tokens: readonly SpokenToken[], { startSeconds, endSeconds }: Span): readonly TimedToken[] {
  const total = tokens.reduce((sum, token) => sum + token.text.length, 0);
  let before = 0;
  return tokens.map(({ start, end, text }) => {
    const at = (length: number): number => startSeconds + (Math.max(0, endSeconds - startSeconds) * length) / total;
    const from = before;
    before += text.length;
    return { start, end, startSeconds: at(from), endSeconds: at(before) };
  });
}
