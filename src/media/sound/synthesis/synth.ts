import { lowpassFactor, MUSIC_RATE, pitchOf, type Tone } from './tone.ts';

/** A subtractive synthesizer: two detuned oscillators a channel, an envelope, and a lowpass that closes. */
export interface SynthSettings {
  /** Partial n of the oscillator has the amplitude n^-slope: 1 is a sawtooth, 2 is soft. */
  readonly slope: number;
  /** Between the two oscillators; the right channel is detuned in the opposite direction. 0: one oscillator, in the centre. */
  readonly detuneCents: number;
  readonly attackSeconds: number;
  /** Time in which the level falls by 60 % of its distance to `sustain`. */
  readonly decaySeconds: number;
  /** Level of a held note, 0 to 1. */
  readonly sustain: number;
  readonly releaseSeconds: number;
  /** Cutoff of the lowpass when the note begins and when it is held, and the time between, in hertz and seconds. */
  readonly openHz: number;
  readonly closedHz: number;
  readonly closeSeconds: number;
}

const TABLE_SIZE = 1_024;
/** Partials above are not made: nothing aliases, and phones and AAC encoders have little use for them. */
const HIGHEST_PARTIAL_HZ = 9_000;
/** Envelope and cutoff are computed once for this many samples (0.5 ms) and interpolated between. */
const BLOCK = 16;

/** A note of this length in seconds, followed by its release. */
export function synthTone(note: number, seconds: number, settings: SynthSettings): Tone {
  const pitch = pitchOf(note);
  const table = waveTable(pitch, settings.slope);
  const shape = envelopeOf(seconds, settings);
  if (settings.detuneCents === 0) {
    const centre = channel(table, [pitch], shape);
    return { left: centre, right: centre };
  }
  const [up, down] = [2 ** (settings.detuneCents / 1_200), 2 ** (-settings.detuneCents / 1_200)];
  // Different detuning of the channels: identical channels would sound narrow and mechanical.
  return {
    left: channel(table, [pitch * up, pitch * down ** 0.4], shape),
    right: channel(table, [pitch * down, pitch * up ** 0.4], shape),
  };
}

/** Level and lowpass factor at the beginning of each block. */
interface Shape {
  readonly length: number;
  readonly levels: Float32Array;
  readonly factors: Float32Array;
}

function envelopeOf(seconds: number, settings: SynthSettings): Shape {
  const length = Math.ceil((seconds + settings.releaseSeconds) * MUSIC_RATE);
  const blocks = Math.ceil(length / BLOCK) + 1;
  const [levels, factors] = [new Float32Array(blocks), new Float32Array(blocks)];
  for (let block = 0; block < blocks; block += 1) {
    const time = (block * BLOCK) / MUSIC_RATE;
    levels[block] = heldLevel(Math.min(time, seconds), settings) * released(time - seconds, settings.releaseSeconds);
    const open = Math.exp(-time / settings.closeSeconds);
    factors[block] = lowpassFactor(settings.closedHz + (settings.openHz - settings.closedHz) * open);
  }
  return { length, levels, factors };
}

function heldLevel(time: number, { attackSeconds, decaySeconds, sustain }: SynthSettings): number {
  if (time < attackSeconds) return Math.sin((Math.PI / 2) * (time / attackSeconds)) ** 2;
  return sustain + (1 - sustain) * Math.exp(-(time - attackSeconds) / decaySeconds);
}

function released(time: number, releaseSeconds: number): number {
  if (time <= 0) return 1;
  return time >= releaseSeconds ? 0 : (1 - time / releaseSeconds) ** 2;
}

/** One period with all partials of this pitch; its last sample repeats the first. */
function waveTable(pitch: number, slope: number): Float32Array {
  const table = new Float32Array(TABLE_SIZE + 1);
  const partials = Math.max(1, Math.min(60, Math.floor(HIGHEST_PARTIAL_HZ / pitch)));
  for (let partial = 1; partial <= partials; partial += 1) {
    const gain = partial ** -slope;
    const turn = (2 * Math.PI * partial) / TABLE_SIZE;
    // A sine by its recurrence, sin(n+1) = 2 cos(turn) sin(n) - sin(n-1): a tenth of the time of Math.sin.
    const factor = 2 * Math.cos(turn);
    let before = -Math.sin(turn);
    let now = 0;
    for (let at = 0; at <= TABLE_SIZE; at += 1) {
      table[at] = (table[at] ?? 0) + gain * now;
      const next = factor * now - before;
      before = now;
      now = next;
    }
  }
  return table;
}

function channel(table: Float32Array, pitches: readonly number[], shape: Shape): Float32Array {
  const samples = new Float32Array(shape.length);
  // Oscillators that begin at different phases do not add up to one loud first period.
  for (const [index, pitch] of pitches.entries()) addWave(samples, table, pitch, index * 0.37);
  filter(samples, shape, 1 / pitches.length);
  return samples;
}

function addWave(samples: Float32Array, table: Float32Array, pitch: number, phase: number): void {
  const step = (pitch * TABLE_SIZE) / MUSIC_RATE;
  let place = phase * TABLE_SIZE;
  for (let at = 0; at < samples.length; at += 1) {
    const whole = place | 0;
    const low = table[whole] ?? 0;
    samples[at] = (samples[at] ?? 0) + low + ((table[whole + 1] ?? 0) - low) * (place - whole);
    place += step;
    if (place >= TABLE_SIZE) place -= TABLE_SIZE;
  }
}

/** Applies lowpass (two poles) and envelope in place. */
function filter(samples: Float32Array, { levels, factors }: Shape, gain: number): void {
  let first = 0;
  let second = 0;
  for (let block = 0; block * BLOCK < samples.length; block += 1) {
    const factor = factors[block] ?? 0;
    const from = (levels[block] ?? 0) * gain;
    const step = ((levels[block + 1] ?? 0) * gain - from) / BLOCK;
    const start = block * BLOCK;
    const end = Math.min(start + BLOCK, samples.length);
    for (let at = start; at < end; at += 1) {
      first += factor * ((samples[at] ?? 0) - first);
      second += factor * (first - second);
      samples[at] = second * (from + step * (at - start));
    }
  }
}
