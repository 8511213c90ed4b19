import type { Speech, SpeechRequest } from '../ports.ts';
import type { PreparedText, TextPart } from './prepared-text.ts';
import { wavFile } from './sound/pcm.ts';
import { stretched } from './sound/stretch.ts';
import { clauseTimings, type Mark, wordTimings } from './sound/timings.ts';
import type { TimedToken } from './timing/timed-tokens.ts';

/** A part of the text, and its sound without the silence at its ends. Times are seconds from the beginning of the part. */
export interface SpokenPart {
  readonly part: TextPart;
  readonly samples: Int16Array;
  /** Offsets in the part. */
  readonly tokens: readonly TimedToken[];
}

/** One sound of all parts, with the pauses of sentences between them, `factor` times as long. */
export function joinedSpeech(
  request: SpeechRequest,
  prepared: PreparedText,
  parts: readonly SpokenPart[],
  sampleRate: number,
  factor: number,
): Speech {
  const sounds: Int16Array[] = [];
  const tokens: TimedToken[] = [];
  let length = 0;
  for (const [index, { part, samples, tokens: own }] of parts.entries()) {
    const before = parts[index - 1];
    // What is stretched grows with the factor; the pause should last its seconds divided by the speed.
    const pause = before === undefined ? 0 : before.part.pauseSeconds / (request.speed * factor);
    sounds.push(new Int16Array(Math.round(pause * sampleRate)), samples);
    length += Math.round(pause * sampleRate);
    const startSeconds = length / sampleRate;
    tokens.push(...own.map((token) => moved(token, part.start, startSeconds)));
    length += samples.length;
  }
  const sound = stretched(joined(sounds, length), sampleRate, factor);
  const durationSeconds = sound.length / sampleRate;
  const scaled = length === 0 ? 1 : sound.length / length;
  const times = tokens.map((token) => ({
    ...token,
    startSeconds: token.startSeconds * scaled,
    endSeconds: token.endSeconds * scaled,
  }));
  return {
    wav: wavFile([sound], sampleRate),
    sampleRate,
    durationSeconds,
    timings:
      prepared.timed === 'words'
        ? wordTimings(request.text, times.map(markOf(prepared)), durationSeconds)
        : clauseTimings(request.text, clauseMarks(prepared, times)),
  };
}

function joined(sounds: readonly Int16Array[], length: number): Int16Array {
  const whole = new Int16Array(length);
  let at = 0;
  for (const sound of sounds) {
    whole.set(sound, at);
    at += sound.length;
  }
  return whole;
}

function moved(token: TimedToken, offset: number, seconds: number): TimedToken {
  return {
    start: token.start + offset,
    end: token.end + offset,
    startSeconds: token.startSeconds + seconds,
    endSeconds: token.endSeconds + seconds,
  };
}

function markOf({ spoken }: PreparedText): (token: TimedToken) => Mark {
  return ({ start, startSeconds, endSeconds }) => ({ offset: spoken.origins[start] ?? 0, startSeconds, endSeconds });
}

/** A mark for each clause, from its first word to its last. */
function clauseMarks({ spoken, pieces }: PreparedText, tokens: readonly TimedToken[]): readonly Mark[] {
  let next = 0;
  return pieces.flatMap(({ start, end }) => {
    const first = next;
    while (next < tokens.length && (tokens[next]?.start ?? 0) < end) next += 1;
    const [from, to] = [tokens[first], tokens[next - 1]];
    if (next === first || from === undefined || to === undefined) return [];
    return [{ offset: spoken.origins[start] ?? 0, startSeconds: from.startSeconds, endSeconds: to.endSeconds }];
  });
}
