/** Samples per second of the composed music: sufficient for a bed under a voice, and its highest partials are lower. */
export const MUSIC_RATE = 24_000;

/** A rendered note. Both channels have the same length; they are the same array if the note is in the centre. */
export interface Tone {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Frequency of a MIDI note in hertz, in equal temperament with A4 = 440 Hz. */
export function pitchOf(note: number): number {
  return 440 * 2 ** ((note - 69) / 12);
}

/** White noise from -1 to 1, the same for the same seed: a linear congruential generator (Numerical Recipes). */
export function noise(length: number, seed: number): Float32Array {
  const samples = new Float32Array(length);
  let state = seed >>> 0;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    samples[at] = state / 2_147_483_648 - 1;
  }
  return samples;
}

/** The factor of a one-pole lowpass of this cutoff: `state += factor * (input - state)`. */
export function lowpassFactor(cutoffHz: number): number {
  return 1 - Math.exp((-2 * Math.PI * cutoffHz) / MUSIC_RATE);
}
