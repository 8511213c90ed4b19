import { lowpassFactor, MUSIC_RATE, noise, type Tone } from './tone.ts';

/** A drum: a sine whose pitch falls. */
export interface DrumSettings {
  readonly fromHz: number;
  readonly toHz: number;
  /** Time in which the pitch falls by 60 %. */
  readonly fallSeconds: number;
  readonly decaySeconds: number;
  /** Share of the stroke's noise, which makes the drum audible on speakers without bass. */
  readonly strokeGain: number;
}

export function drumTone(settings: DrumSettings): Tone {
  const samples = new Float32Array(Math.ceil(5 * settings.decaySeconds * MUSIC_RATE));
  const stroke = noise(samples.length, 11);
  const factor = lowpassFactor(3_500);
  let phase = 0;
  let soft = 0;
  for (let at = 0; at < samples.length; at += 1) {
    const time = at / MUSIC_RATE;
    const pitch = settings.toHz + (settings.fromHz - settings.toHz) * Math.exp(-time / settings.fallSeconds);
    phase += (2 * Math.PI * pitch) / MUSIC_RATE;
    soft += factor * ((stroke[at] ?? 0) - soft);
    // The drive gives harmonics of the fundamental, which phones cannot reproduce.
    const body = Math.tanh(1.8 * Math.sin(phase)) * Math.exp(-time / settings.decaySeconds);
    const struck = settings.strokeGain * soft * Math.exp(-time / 0.012);
    samples[at] = (body + struck) * Math.min(1, time / 0.002);
  }
  return centred(samples);
}

/** A noise instrument: shaker, hi-hat, clap. */
export interface NoiseSettings {
  /** Band of the noise. */
  readonly lowHz: number;
  readonly highHz: number;
  readonly attackSeconds: number;
  readonly decaySeconds: number;
  /** Strokes in quick succession, 11 ms apart: one for a shaker, three for a clap. */
  readonly strokes: number;
}

const STROKE_DISTANCE_SECONDS = 0.011;

export function noiseTone(settings: NoiseSettings): Tone {
  const { attackSeconds, decaySeconds, strokes } = settings;
  const seconds = strokes * STROKE_DISTANCE_SECONDS + attackSeconds + 6 * decaySeconds;
  const samples = noise(Math.ceil(seconds * MUSIC_RATE), Math.round(settings.lowHz));
  const [low, high] = [lowpassFactor(settings.lowHz), lowpassFactor(settings.highHz)];
  let [below, belowTwice, soft, softer] = [0, 0, 0, 0];
  for (let at = 0; at < samples.length; at += 1) {
    const time = at / MUSIC_RATE;
    const begun = Math.min(strokes - 1, Math.floor(time / STROKE_DISTANCE_SECONDS)) * STROKE_DISTANCE_SECONDS;
    const since = time - begun;
    const level = since < attackSeconds ? since / attackSeconds : Math.exp(-(since - attackSeconds) / decaySeconds);
    below += low * ((samples[at] ?? 0) - below);
    belowTwice += low * ((samples[at] ?? 0) - below - belowTwice);
    soft += high * ((samples[at] ?? 0) - below - belowTwice - soft);
    softer += high * (soft - softer);
    samples[at] = softer * level;
  }
  return centred(samples);
}

function centred(samples: Float32Array): Tone {
  return { left: samples, right: samples };
}
