/** Length of the parts that are moved, and how far a part is searched for, in seconds: two periods of a low voice, and one. */
const PART_SECONDS = 0.03;
const SEARCH_SECONDS = 0.01;
/** Of the samples that are compared, each fourth is enough. */
const STEP = 4;

/**
 * A sound that takes `factor` times as long at the same pitch (WSOLA: waveform similarity overlap-add). Parts are repeated
 * where they continue the wave best. Meant for factors from 1 to 2; others sound rough.
 */
export function stretched(samples: Int16Array, sampleRate: number, factor: number): Int16Array {
  const hop = Math.round((PART_SECONDS * sampleRate) / 2);
  if (factor === 1 || samples.length < 4 * hop) return samples;
  const length = Math.round(samples.length * factor);
  const sums = new Float64Array(length + 2 * hop);
  const weights = new Float64Array(length + 2 * hop);
  const window = Float64Array.from({ length: 2 * hop }, (_, i) => 0.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / hop));
  const search = Math.round(SEARCH_SECONDS * sampleRate);
  let at = 0;
  for (let start = 0; start < length; start += hop) {
    const wanted = Math.round(start / factor);
    at = start === 0 ? 0 : bestPlace(samples, at + hop, wanted, search, hop);
    for (let i = 0; i < 2 * hop; i += 1) {
      const weight = window[i] ?? 0;
      sums[start + i] = (sums[start + i] ?? 0) + weight * (samples[at + i] ?? 0);
      weights[start + i] = (weights[start + i] ?? 0) + weight;
    }
  }
  return Int16Array.from({ length }, (_, i) => Math.round((sums[i] ?? 0) / Math.max(1e-6, weights[i] ?? 0)));
}

/** The place near `wanted` whose samples are most like those that would follow; `wanted` itself in silence. */
function bestPlace(samples: Int16Array, follows: number, wanted: number, search: number, size: number): number {
  let [best, highest] = [wanted, likeness(samples, wanted, follows, size)];
  for (let place = Math.max(0, wanted - search); place <= wanted + search; place += 1) {
    const found = likeness(samples, place, follows, size);
    if (found > highest) [best, highest] = [place, found];
  }
  return best;
}

/** The correlation of two parts of a sound, up to a factor. */
function likeness(samples: Int16Array, place: number, other: number, size: number): number {
  let [product, energy] = [0, 1];
  for (let i = 0; i < size; i += STEP) {
    const sample = samples[place + i] ?? 0;
    product += sample * (samples[other + i] ?? 0);
    energy += sample * sample;
  }
  return product / Math.sqrt(energy);
}
