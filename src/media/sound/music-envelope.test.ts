import { describe, expect, it } from 'vitest';
import { ENVELOPE_RATE, musicEnvelope } from './music-envelope.ts';

const RATE = 48_000;
/** Eight decibels: from 10 LU below the voice to 18 LU. */
const UNDER_SPEECH = 10 ** (-8 / 20);

/** The envelope of a film of this length in seconds, as a function of the time. */
function envelopeOf(speech: readonly (readonly [number, number])[], seconds: number): (time: number) => number {
  const intervals = speech.map(([start, end]) => ({ startSample: start * RATE, endSample: end * RATE }));
  const envelope = musicEnvelope(intervals, seconds * RATE, RATE);
  return (time) => envelope[Math.round(time * ENVELOPE_RATE)] ?? Number.NaN;
}

describe('The envelope of the music', () => {
  it('begins and ends with silence, and is open before the first word, in pauses and after the last word', () => {
    const gain = envelopeOf(
      [
        [0.48, 6],
        [6.6, 12],
      ],
      13.5,
    );
    expect(gain(0)).toBe(0);
    expect(gain(13.5)).toBe(0);
    expect(gain(0.29)).toBeGreaterThan(0.9);
    expect(gain(6.3)).toBeGreaterThan(0.99);
    expect(gain(12.4)).toBeGreaterThan(0.9);
    for (const time of [0.48, 1, 3, 6, 6.6, 8, 12]) expect(gain(time)).toBeCloseTo(UNDER_SPEECH, 3);
  });

  it('stays low in pauses that are shorter than 0.4 seconds', () => {
    const gain = envelopeOf(
      [
        [1, 3],
        [3.35, 5],
      ],
      7,
    );
    for (let time = 1; time <= 5; time += 0.01) expect(gain(time)).toBeCloseTo(UNDER_SPEECH, 3);
  });

  it.each([0, 0.04, 0.3, 0.52, 1.5, 6])('fades out to the very end after a tail of %s s', (tail) => {
    const end = 5 + tail;
    const gain = envelopeOf([[0.48, 5]], end);
    expect(gain(4.7)).toBeCloseTo(UNDER_SPEECH, 3);
    expect(gain(end)).toBeCloseTo(0, 4);
    // The fade takes at least a quarter of a second, and ends without a step.
    expect(gain(end - 0.1)).toBeGreaterThan(0.005);
    expect(gain(end - 0.02)).toBeLessThan(0.1);
  });

  it('swells after the last word where there is time for it', () => {
    expect(envelopeOf([[0.48, 5]], 6.5)(5.4)).toBeGreaterThan(0.9);
    expect(envelopeOf([[0.48, 5]], 11)(8.9)).toBeGreaterThan(0.99);
    expect(envelopeOf([[0.48, 5]], 11)(10)).toBeLessThan(0.6);
  });

  it('changes by less than a decibel in 10 ms, except in the fades of the film', () => {
    const gain = envelopeOf(
      [
        [1, 4],
        [4.4, 8],
        [8.6, 12],
      ],
      16,
    );
    for (let time = 0.5; time < 13.5; time += 0.01)
      expect(Math.abs(20 * Math.log10(gain(time + 0.01) / gain(time)))).toBeLessThan(1);
  });

  it('is the music alone, with its fades, in a film without speech', () => {
    const gain = envelopeOf([], 10);
    expect([gain(0), gain(5), gain(10)]).toEqual([0, 1, 0]);
  });
});
