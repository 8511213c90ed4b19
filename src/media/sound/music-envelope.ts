/** When somebody speaks, in samples of the film. */
export interface SpeechInterval {
  readonly startSample: number;
  readonly endSample: number;
}

/** Distance of the music to the voice at the volume `REFERENCE_VOLUME`, in LU. */
export const UNDER_SPEECH_LU = 18;
export const IN_GAPS_LU = 10;
/** The default of the API. Other volumes change both distances by 20·log10(volume / REFERENCE_VOLUME). */
export const REFERENCE_VOLUME = 0.15;

/** Samples of the envelope a second: FFmpeg interpolates between them. */
export const ENVELOPE_RATE = 480;

/** Shorter pauses stay quiet: music that rises between two words would be heard as pumping. */
const SHORTEST_GAP_SECONDS = 0.4;
/** Time in which the music rises after speech and falls before it, at most and as a share of the gap. */
const RISE = { seconds: 0.3, share: 0.4 } as const;
const FALL = { seconds: 0.2, share: 0.35 } as const;
/** Fades of the film's beginning and end, likewise. */
const FADE_IN = { seconds: 0.3, share: 0.5 } as const;
const FADE_OUT = { seconds: 2, share: 0.7 } as const;
/** The end fades even if the film ends with its last word. */
const SHORTEST_FADE_SECONDS = 0.25;

type Ramp = typeof RISE | typeof FALL | typeof FADE_IN | typeof FADE_OUT;

/**
 * Gain of the music over the film, 0 to 1 (in gaps), in steps of 1 / `ENVELOPE_RATE` seconds; `samples` and the
 * intervals are in samples at `sampleRate`, the intervals in order. The music begins before the first word, falls
 * before each narration, rises in the pauses between them and after the last one, and ends with the film.
 */
export function musicEnvelope(
  speech: readonly SpeechInterval[],
  samples: number,
  sampleRate: number,
): Float32Array<ArrayBuffer> {
  const end = samples / sampleRate;
  const envelope = new Float32Array(Math.ceil(end * ENVELOPE_RATE) + 1);
  const spoken = withoutShortGaps(speech, sampleRate);
  const fade = fadesOf(spoken, end);
  let next = 0;
  for (let at = 0; at < envelope.length; at += 1) {
    const time = at / ENVELOPE_RATE;
    while (next < spoken.length && (spoken[next]?.end ?? 0) <= time) next += 1;
    const opened = openness(time, spoken[next - 1]?.end, spoken[next]?.start);
    envelope[at] = 10 ** ((-(UNDER_SPEECH_LU - IN_GAPS_LU) * (1 - opened)) / 20) * fade(time);
  }
  return envelope;
}

interface Seconds {
  readonly start: number;
  readonly end: number;
}

function withoutShortGaps(speech: readonly SpeechInterval[], sampleRate: number): readonly Seconds[] {
  const joined: Seconds[] = [];
  for (const { startSample, endSample } of speech) {
    const [start, end] = [startSample / sampleRate, endSample / sampleRate];
    const last = joined.at(-1);
    if (last !== undefined && start - last.end < SHORTEST_GAP_SECONDS) joined[joined.length - 1] = { ...last, end };
    else joined.push({ start, end });
  }
  return joined;
}

/** 0 while somebody speaks, 1 in the middle of a gap. `after` and `before` are the ends of the gap, if it has them. */
function openness(time: number, after: number | undefined, before: number | undefined): number {
  if (before !== undefined && time >= before) return 0;
  const gap = after === undefined || before === undefined ? Number.POSITIVE_INFINITY : before - after;
  const risen = after === undefined ? 1 : (time - after) / lengthOf(RISE, gap);
  const unfallen = before === undefined ? 1 : (before - time) / lengthOf(FALL, gap);
  return smooth(risen) * smooth(unfallen);
}

function fadesOf(spoken: readonly Seconds[], end: number): (time: number) => number {
  const lead = spoken[0]?.start ?? end;
  const tail = end - (spoken.at(-1)?.end ?? 0);
  const fadeIn = lengthOf(FADE_IN, lead);
  const fadeOut = Math.min(end / 2, Math.max(SHORTEST_FADE_SECONDS, lengthOf(FADE_OUT, tail)));
  return (time) => (fadeIn === 0 ? 1 : smooth(time / fadeIn)) * smooth((end - time) / fadeOut);
}

function lengthOf({ seconds, share }: Ramp, available: number): number {
  return Math.min(seconds, share * Math.max(0, available));
}

/** From 0 to 1 without corners. */
function smooth(part: number): number {
  const bounded = Math.min(1, Math.max(0, part));
  return bounded * bounded * (3 - 2 * bounded);
}
