import { setImmediate } from 'node:timers/promises';
import { canceled } from '../../errors.ts';

import { stereoWav } from './wav.ts';

/** Moods of the built-in music; any other name sounds like "calm". */
export const MOODS = ['calm', 'bright', 'serious'] as const;
export type Mood = (typeof MOODS)[number];

interface Style {
  /** Chords as MIDI note numbers, each for `chordSeconds`. */
  readonly chords: readonly (readonly number[])[];
  readonly chordSeconds: number;
  /** True if single notes of the chord are plucked over the pad. */
  readonly plucks: boolean;
}

const STYLES: Record<Mood, Style> = {
  calm: {
    chords: [
      [48, 55, 64, 71],
      [45, 52, 60, 67],
      [41, 53, 57, 64],
      [43, 50, 59, 65],
    ],
    chordSeconds: 5,
    plucks: false,
  },
  bright: {
    chords: [
      [50, 57, 62, 66],
      [45, 57, 61, 64],
      [47, 54, 62, 66],
      [43, 55, 59, 62],
    ],
    chordSeconds: 3,
    plucks: true,
  },
  serious: {
    chords: [
      [45, 52, 57, 60],
      [41, 48, 57, 60],
      [38, 50, 53, 57],
      [40, 47, 56, 59],
    ],
    chordSeconds: 5,
    plucks: false,
  },
};

/** Sufficient for soft chords, whose highest partial is below 4 kHz. */
const RATE = 24_000;
/** Root mean square of the finished music at volume 1: a little below the voice. */
const LEVEL = 0.12;

interface Tone {
  readonly note: number;
  readonly start: number;
  readonly length: number;
  /** Samples until the tone is at its loudest. */
  readonly attack: number;
  readonly gain: number;
}

/** Composes the music of a mood, see `composeBed`. */
export type ComposeBed = (mood: string, signal: AbortSignal) => Promise<Uint8Array>;

/**
 * Soft chords as a WAV file that loops: a tone that decays past its end continues at its beginning. The same mood gives
 * the same bytes. It consists of sine waves only, so it is free of third-party rights.
 */
export async function composeBed(mood: string, signal: AbortSignal): Promise<Uint8Array> {
  const style = STYLES[MOODS.find((known) => known === mood) ?? 'calm'];
  const length = style.chords.length * style.chordSeconds * RATE;
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  for (const [index, chord] of style.chords.entries()) {
    for (const tone of [...padOf(chord, index, style), ...plucksOf(chord, index, style)]) {
      // Slightly detuned between the two channels: identical tuning would sound mechanical.
      ring(left, tone, 0.9992);
      ring(right, tone, 1.0008);
    }
    // One chord takes some milliseconds: the event loop runs in between.
    await setImmediate();
    if (signal.aborted) throw canceled(signal);
  }
  level(left, right);
  return stereoWav(left, right, RATE);
}

function padOf(chord: readonly number[], index: number, style: Style): readonly Tone[] {
  const start = index * style.chordSeconds * RATE;
  const length = (style.chordSeconds + 2.5) * RATE;
  return chord.map((note) => ({ note, start, length, attack: 1.2 * RATE, gain: 1 }));
}

function plucksOf(chord: readonly number[], index: number, style: Style): readonly Tone[] {
  if (!style.plucks) return [];
  const step = (style.chordSeconds * RATE) / 6;
  return [0, 2, 1, 3, 2, 1].map((which, at) => ({
    note: (chord[which] ?? 60) + 12,
    start: index * style.chordSeconds * RATE + at * step,
    length: 1.4 * RATE,
    attack: 0.012 * RATE,
    gain: 0.5,
  }));
}

/** Adds a tone of three partials; the part beyond the end of the loop continues at its beginning. */
function ring(track: Float32Array, tone: Tone, tuning: number): void {
  const pitch = 440 * 2 ** ((tone.note - 69) / 12) * tuning;
  for (const partial of [1, 2, 3]) {
    const turn = (2 * Math.PI * pitch * partial) / RATE;
    const gain = tone.gain / partial ** 2.2;
    // A sine by its recurrence, sin(n+1) = 2 cos(turn) sin(n) - sin(n-1): a tenth of the time of Math.sin.
    const factor = 2 * Math.cos(turn);
    let before = -Math.sin(turn);
    let now = 0;
    for (let at = 0; at < tone.length; at += 1) {
      const rise = Math.min(1, at / tone.attack);
      const fall = 1 - at / tone.length;
      const place = (tone.start + at) % track.length;
      track[place] = (track[place] ?? 0) + now * gain * rise * fall * fall;
      const next = factor * now - before;
      before = now;
      now = next;
    }
  }
}

function level(left: Float32Array, right: Float32Array): void {
  let sum = 0;
  for (const track of [left, right]) for (const sample of track) sum += sample * sample;
  const factor = LEVEL / Math.sqrt(sum / (2 * left.length));
  for (const track of [left, right]) for (let at = 0; at < track.length; at += 1) track[at] = (track[at] ?? 0) * factor;
}
