import { lowpassFactor, MUSIC_RATE, noise, pitchOf, type Tone } from './tone.ts';

/** A plucked string. */
export interface PluckSettings {
  /** Time in which it becomes 60 dB quieter, at 220 Hz; shorter above. */
  readonly ringSeconds: number;
  /** Cutoff of the noise that excites the string: how hard it is plucked. */
  readonly pickHz: number;
}

/** A plucked string by Karplus and Strong (1983): noise in a delay line of one period, with a lowpass in its loop. */
export function pluckTone(note: number, { ringSeconds, pickHz }: PluckSettings): Tone {
  const pitch = pitchOf(note);
  const ring = ringSeconds * Math.min(1.3, Math.sqrt(220 / pitch));
  const samples = new Float32Array(Math.ceil(ring * MUSIC_RATE));
  // The loop's mean of two samples delays by half a sample, and an allpass supplies the fraction of the period.
  const period = MUSIC_RATE / pitch - 0.5;
  const size = Math.max(2, Math.floor(period - 0.1));
  const fraction = period - size;
  const tuning = (1 - fraction) / (1 + fraction);
  const line = pick(size, note, pickHz);
  const loss = 10 ** (-3 / (ring * pitch));
  const attack = 0.001 * MUSIC_RATE;
  let [before, tunedIn, tunedOut] = [0, 0, 0];
  for (let at = 0; at < samples.length; at += 1) {
    const place = at % size;
    const out = line[place] ?? 0;
    samples[at] = out * Math.min(1, at / attack);
    const mean = 0.5 * (out + before) * loss;
    before = out;
    tunedOut = tuning * (mean - tunedOut) + tunedIn;
    tunedIn = mean;
    line[place] = tunedOut;
  }
  fadeOut(samples, 0.05);
  return { left: samples, right: samples };
}

/** The noise that excites the string, without a constant part, which would not decay. */
function pick(size: number, seed: number, pickHz: number): Float32Array {
  const burst = noise(size, 7_919 * seed);
  const factor = lowpassFactor(pickHz);
  let state = 0;
  for (let round = 0; round < 2; round += 1)
    for (let at = 0; at < size; at += 1) {
      state += factor * ((burst[at] ?? 0) - state);
      if (round === 1) burst[at] = state;
    }
  const mean = burst.reduce((sum, sample) => sum + sample, 0) / size;
  const power = burst.reduce((sum, sample) => sum + (sample - mean) ** 2, 0) / size;
  return burst.map((sample) => (0.35 * (sample - mean)) / Math.sqrt(power));
}

/** Frequency modulation with one modulator, and a second, short one for the stroke. */
export interface FmSettings {
  /** Frequency of the modulator as a multiple of the pitch: whole numbers give harmonic partials. */
  readonly ratio: number;
  /** Modulation index at the beginning; the tone becomes a sine as it decays. */
  readonly index: number;
  readonly indexSeconds: number;
  readonly decaySeconds: number;
  /** Share and frequency ratio of the stroke, which is heard for about 60 ms. */
  readonly strokeGain: number;
  readonly strokeRatio: number;
}

/** An electric piano or a bell by frequency modulation (Chowning, 1973). */
export function fmTone(note: number, settings: FmSettings): Tone {
  const pitch = pitchOf(note);
  const decay = settings.decaySeconds * Math.min(1.4, Math.sqrt(330 / pitch));
  const samples = new Float32Array(Math.ceil(3.2 * decay * MUSIC_RATE));
  const turn = (2 * Math.PI * pitch) / MUSIC_RATE;
  const fall = (seconds: number): number => Math.exp(-1 / (seconds * MUSIC_RATE));
  const [levelFall, indexFall, strokeFall] = [fall(decay), fall(settings.indexSeconds), fall(0.02)];
  let [level, index, stroke] = [0.5, settings.index, settings.strokeGain];
  const attack = 0.004 * MUSIC_RATE;
  for (let at = 0; at < samples.length; at += 1) {
    const phase = turn * at;
    const struck = stroke > 1e-4 ? stroke * Math.sin(settings.strokeRatio * phase) : 0;
    const tone = Math.sin(phase + index * Math.sin(settings.ratio * phase));
    samples[at] = level * (tone + struck) * Math.min(1, at / attack);
    level *= levelFall;
    index *= indexFall;
    stroke *= strokeFall;
  }
  fadeOut(samples, 0.4 * decay);
  return { left: samples, right: samples };
}

/** The end of a tone that has nearly decayed: it must not end with a step. */
function fadeOut(samples: Float32Array, seconds: number): void {
  const length = Math.min(samples.length, Math.round(seconds * MUSIC_RATE));
  for (let at = 0; at < length; at += 1) {
    const place = samples.length - 1 - at;
    samples[place] = (samples[place] ?? 0) * (at / length);
  }
}
