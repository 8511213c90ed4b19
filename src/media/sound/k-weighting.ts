/** A filter of second order, normalised to a0 = 1. */
interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/**
 * Mean square of a stereo sound after the K-weighting of ITU-R BS.1770, for each block of `blockSamples`, summed over
 * the channels: the loudness of the block is `lufsOf` of it.
 */
export function blockPowers(
  left: Float32Array,
  right: Float32Array,
  sampleRate: number,
  blockSamples: number,
): Float64Array {
  const powers = new Float64Array(Math.ceil(left.length / blockSamples));
  for (const channel of [left, right]) addPowers(powers, channel, sampleRate, blockSamples);
  return powers;
}

/** Loudness in LUFS of this mean square. */
export function lufsOf(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}

function addPowers(powers: Float64Array, channel: Float32Array, sampleRate: number, blockSamples: number): void {
  const [shelf, pass] = [shelfOf(sampleRate), highpassOf(sampleRate)];
  let [s1, s2, p1, p2] = [0, 0, 0, 0];
  for (let block = 0; block < powers.length; block += 1) {
    const start = block * blockSamples;
    const end = Math.min(start + blockSamples, channel.length);
    let sum = 0;
    for (let at = start; at < end; at += 1) {
      const input = channel[at] ?? 0;
      // Transposed direct form II.
      const bright = shelf.b0 * input + s1;
      s1 = shelf.b1 * input - shelf.a1 * bright + s2;
      s2 = shelf.b2 * input - shelf.a2 * bright;
      const out = pass.b0 * bright + p1;
      p1 = pass.b1 * bright - pass.a1 * out + p2;
      p2 = pass.b2 * bright - pass.a2 * out;
      sum += out * out;
    }
    powers[block] = (powers[block] ?? 0) + sum / (end - start);
  }
}

/** The shelf of BS.1770 for any sample rate; the constants reproduce its table for 48 kHz (De Man, 2018). */
function shelfOf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 1_681.974450955533) / sampleRate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const middle = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b0: (high + (middle * k) / q + k * k) / a0,
    b1: (2 * (k * k - high)) / a0,
    b2: (high - (middle * k) / q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / q + k * k) / a0,
  };
}

function highpassOf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / q + k * k) / a0 };
}
