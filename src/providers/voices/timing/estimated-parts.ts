import type { TimedPart } from '../voice-service.ts';
import { spokenTokens } from './spoken-tokens.ts';

/** How long parts of a text take, in lengths of a letter. */
const WORD = 1;
const WIDE_CHARACTER = 3.4;
const DIGIT = 4;
const CLAUSE_PAUSE = 4;
const SENTENCE_PAUSE = 5;
const LINE_PAUSE = 6;

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * When each word of a text is spoken, estimated from its length alone: letters, and pauses at punctuation, divide the time
 * of the sound. Compared with the known times of the built-in voices, in paragraphs of ten seconds in eight languages, a
 * word's beginning is 0.15 s beside its sound on average and 0.7 s at most: good enough for captions of a sentence, while
 * marked words are sometimes early or late.
 */
export function estimatedParts(
  text: string,
  within: { readonly startSeconds: number; readonly endSeconds: number },
): readonly TimedPart[] {
  const tokens = spokenTokens(text);
  let reached = 0;
  const spans = tokens.map((token, index) => {
    const from = reached;
    const to = from + lengthOf(token.text);
    const next = tokens[index + 1];
    reached = to + (next === undefined ? 0 : pauseIn(text.slice(token.end, next.start)));
    return { token, from, to };
  });
  const seconds = (within.endSeconds - within.startSeconds) / Math.max(1, reached);
  return spans.map(({ token, from, to }) => ({
    start: token.start,
    end: token.end,
    startSeconds: within.startSeconds + from * seconds,
    endSeconds: within.startSeconds + to * seconds,
  }));
}

function lengthOf(token: string): number {
  if (WIDE.test(token)) return WIDE_CHARACTER * Array.from(token).length;
  const digits = token.match(/\p{N}/gu)?.length ?? 0;
  return WORD + (token.length - digits) + DIGIT * digits;
}

function pauseIn(between: string): number {
  if (between.includes('\n')) return LINE_PAUSE;
  if (/[.!?](?=["'”’»)\s])|[。！？…]/u.test(between)) return SENTENCE_PAUSE;
  return /[,;:](?=\s)|[，、；：—–]/u.test(between) ? CLAUSE_PAUSE : 0;
}
