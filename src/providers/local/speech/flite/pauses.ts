import { PAUSE, type Segment } from './segments.ts';

export interface TimedSound {
  readonly samples: Int16Array;
  readonly segments: readonly Segment[];
}

/**
 * Lengthens each pause inside the sound to `seconds`, with silence in its middle; Flite's own pause at a comma is 0.11 s at
 * the speaker's rate, in which a listener misses the comma. Pauses at the ends stay as they are.
 */
export function lengthenPauses({ samples, segments }: TimedSound, sampleRate: number, seconds: number): TimedSound {
  const parts: Int16Array[] = [];
  const moved: Segment[] = [];
  let [copied, added] = [0, 0];
  segments.forEach((segment, index) => {
    const { phone, startSeconds, endSeconds } = segment;
    const isInside = index > 0 && index < segments.length - 1;
    const missing = phone === PAUSE && isInside ? Math.max(0, seconds - (endSeconds - startSeconds)) : 0;
    const silence = new Int16Array(Math.round(missing * sampleRate));
    if (silence.length > 0) {
      const middle = Math.min(samples.length, Math.round(((startSeconds + endSeconds) / 2) * sampleRate));
      parts.push(samples.subarray(copied, middle), silence);
      copied = middle;
    }
    const longer = silence.length / sampleRate;
    moved.push({ phone, startSeconds: startSeconds + added, endSeconds: endSeconds + added + longer });
    added += longer;
  });
  return { samples: joined([...parts, samples.subarray(copied)]), segments: moved };
}

/** The loudest sample of what is heard as silence before a plosive: −44 dB of full scale. */
const quiet = 200;

/**
 * Gives the silence at the beginning of a sound after a pause to the pause: a plosive ("p", "t", "k") begins with up to 80 ms
 * of silence, in which the mouth is closed.
 */
export function withoutClosures({ samples, segments }: TimedSound, sampleRate: number): readonly Segment[] {
  const starts = segments.map(({ phone, startSeconds, endSeconds }, index) => {
    if (phone === PAUSE || segments[index - 1]?.phone !== PAUSE) return startSeconds;
    const sound = samples.subarray(Math.round(startSeconds * sampleRate), Math.round(endSeconds * sampleRate));
    const heard = sound.findIndex((sample) => Math.abs(sample) > quiet);
    return heard < 0 ? startSeconds : startSeconds + heard / sampleRate;
  });
  return segments.map((segment, index) => ({
    phone: segment.phone,
    startSeconds: starts[index] ?? segment.startSeconds,
    endSeconds: starts[index + 1] ?? segment.endSeconds,
  }));
}

function joined(parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
