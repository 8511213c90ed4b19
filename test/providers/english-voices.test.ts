import { afterAll, describe, expect, it } from 'vitest';
import { LocalSpeechProvider } from '../../src/providers/local/speech/local-speech-provider.ts';
import { onsets, pitchOf } from './speech-checks.ts';

const never = new AbortController().signal;
const voice = new LocalSpeechProvider();
afterAll(() => voice.close());

describe('English speech', () => {
  it.each(['en-us-rms', 'en-us-slt', 'en-gb-awb'])('of %s has words within 60 ms of the sound', async (voiceId) => {
    const text =
      'Stop, please, and take the big box; then go home: tomorrow, perhaps, boys can dance. The end is near.';
    const speech = await voice.speak({ text, language: 'en', voiceId, speed: 1 }, never);
    const soundStarts = onsets(speech);
    for (const word of ['Stop,', 'please,', 'and', 'then', 'tomorrow,', 'perhaps,', 'boys', 'The']) {
      const start = speech.timings.find((timing) => timing.text === word)?.startSeconds ?? -9;
      const nearest = Math.min(...soundStarts.map((onset) => Math.abs(onset - start)));
      expect(nearest, `${word} at ${start} among ${soundStarts.join(' ')}`).toBeLessThan(0.06);
    }
  });

  it('has about 155 words a minute', async () => {
    const text =
      'The train to the airport leaves every fifteen minutes from platform four. Most of the water that we drink comes from rivers and lakes. He wrote three letters to the company and never got an answer.';
    for (const voiceId of ['en-us-rms', 'en-us-slt', 'en-gb-awb']) {
      const { durationSeconds } = await voice.speak({ text, language: 'en', voiceId, speed: 1 }, never);
      const wordsAMinute = (text.split(' ').length / durationSeconds) * 60;
      expect(wordsAMinute, voiceId).toBeGreaterThan(145);
      expect(wordsAMinute, voiceId).toBeLessThan(170);
    }
  });

  it('keeps its pitch at another speed', async () => {
    const pitches = [];
    for (const speed of [0.6, 1, 1.7])
      pitches.push(
        pitchOf(await voice.speak({ text: 'Oh, now all of the men are near the road.', language: 'en', speed }, never)),
      );
    const [slow = 0, normal = 0, fast = 0] = pitches;
    expect(slow / normal).toBeCloseTo(1, 1);
    expect(fast / normal).toBeCloseTo(1, 1);
  });
});
