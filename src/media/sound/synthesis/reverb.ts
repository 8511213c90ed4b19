import { lowpassFactor, MUSIC_RATE } from './tone.ts';

/** Lengths of the delay lines in samples, 32 to 61 ms, without common divisors: their echoes do not coincide. */
const LINE_SAMPLES = [769, 997, 1_213, 1_459] as const;
const RING_SECONDS = 1.6;
const DAMPING_HZ = 4_000;
/** Allpass filters that spread each sound before it enters the lines. */
const DIFFUSER_SAMPLES = [173, 263] as const;
const DIFFUSION = 0.6;

/**
 * Adds the reverberation of a room to both channels, in place: a feedback delay network of four lines (Jot, 1991). The
 * music is a loop, so the reverberation of its end is heard at its beginning.
 */
export function addReverb(left: Float32Array, right: Float32Array, gain: number): void {
  const length = left.length;
  const [first, second] = [new Allpass(DIFFUSER_SAMPLES[0]), new Allpass(DIFFUSER_SAMPLES[1])];
  const [a, b, c, d] = [
    new DelayLine(LINE_SAMPLES[0]),
    new DelayLine(LINE_SAMPLES[1]),
    new DelayLine(LINE_SAMPLES[2]),
    new DelayLine(LINE_SAMPLES[3]),
  ];
  const warmUp = Math.min(length, Math.round(RING_SECONDS * MUSIC_RATE));
  for (let at = -warmUp; at < length; at += 1) {
    const place = at < 0 ? at + length : at;
    const dryLeft = left[place] ?? 0;
    const dryRight = right[place] ?? 0;
    const feed = second.next(first.next(0.7 * (dryLeft + dryRight)));
    const outA = a.out();
    const outB = b.out();
    const outC = c.out();
    const outD = d.out();
    // Rows of a Hadamard matrix, which neither adds energy nor removes it.
    a.put(feed + 0.5 * (outA + outB + outC + outD));
    b.put(feed + 0.5 * (outA - outB + outC - outD));
    c.put(feed + 0.5 * (outA + outB - outC - outD));
    d.put(feed + 0.5 * (outA - outB - outC + outD));
    if (at < 0) continue;
    left[place] = dryLeft + gain * (outA + outC);
    right[place] = dryRight + gain * (outB + outD);
  }
}

class DelayLine {
  readonly #samples: Float32Array;
  readonly #loss: number;
  readonly #damping = lowpassFactor(DAMPING_HZ);
  #place = 0;
  #damped = 0;

  constructor(size: number) {
    this.#samples = new Float32Array(size);
    this.#loss = 10 ** ((-3 * size) / (RING_SECONDS * MUSIC_RATE));
  }

  out(): number {
    this.#damped += this.#damping * ((this.#samples[this.#place] ?? 0) - this.#damped);
    return this.#damped * this.#loss;
  }

  put(input: number): void {
    this.#samples[this.#place] = input;
    this.#place = this.#place + 1 === this.#samples.length ? 0 : this.#place + 1;
  }
}

class Allpass {
  readonly #samples: Float32Array;
  #place = 0;

  constructor(size: number) {
    this.#samples = new Float32Array(size);
  }

  next(input: number): number {
    const delayed = this.#samples[this.#place] ?? 0;
    const fed = input - DIFFUSION * delayed;
    this.#samples[this.#place] = fed;
    this.#place = this.#place + 1 === this.#samples.length ? 0 : this.#place + 1;
    return delayed + DIFFUSION * fed;
  }
}
