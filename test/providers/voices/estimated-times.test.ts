import { afterAll, describe, expect, it } from 'vitest';
import { LocalSpeechProvider } from '../../../src/providers/local/speech/local-speech-provider.ts';
import { estimatedParts } from '../../../src/providers/voices/timing/estimated-parts.ts';
import { heardPauses, pausesIn } from '../../../src/providers/voices/timing/pauses.ts';
import { samplesOf } from '../speech-checks.ts';

const voice = new LocalSpeechProvider();
afterAll(() => voice.close());

/** Paragraphs of about ten seconds. */
const PARAGRAPHS = [
  [
    'en',
    'The fox jumps over the dog. It was a sunny day, and few cared about it. Bees dance to show where flowers are, and the angle of the dance is the angle to the sun.',
  ],
  [
    'de',
    'Der Fuchs springt über den Hund. Es war ein schöner Tag, und alle waren müde. Bienen tanzen, um zu zeigen, wo Blumen sind.',
  ],
  [
    'fr',
    'Le renard saute par-dessus le chien. Il faisait beau, et personne ne disait rien. Les abeilles dansent pour montrer où sont les fleurs.',
  ],
  [
    'es',
    'El zorro salta sobre el perro. Era un día de sol, y nadie decía nada. Las abejas bailan para decir dónde están.',
  ],
  ['zh-TW', '今天我們要介紹一個很有趣的發明，它改變了世界。大家都很喜歡。蜜蜂用跳舞告訴同伴花在哪裡。'],
] as const;

describe('Estimated times', () => {
  it.each(PARAGRAPHS)('in %s are near to the known times of the built-in voice', async (language, text) => {
    const speech = await voice.speak({ text, language, speed: 1 }, new AbortController().signal);
    const within = { startSeconds: 0, endSeconds: speech.durationSeconds };
    const parts = estimatedParts(text, within, pausesIn(samplesOf(speech), speech.sampleRate));
    const errors = speech.timings.map(({ textStart, startSeconds }) => {
      const part = parts.find(({ end }) => end > textStart);
      return Math.abs((part?.startSeconds ?? 99) - startSeconds);
    });
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.12);
    expect(Math.max(...errors)).toBeLessThan(0.5);
  });

  it('of a text without pauses divide the time by the length of the words', () => {
    const parts = estimatedParts('a bbb 1', { startSeconds: 1, endSeconds: 12 }, []);
    expect(parts.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [1, 3],
      [3, 7],
      [7, 12],
    ]);
    expect(estimatedParts('…', { startSeconds: 0, endSeconds: 1 }, [])).toEqual([]);
  });

  it('begin after the pauses that were heard', () => {
    const within = { startSeconds: 0, endSeconds: 10 };
    const pauses = [
      { startSeconds: 2, endSeconds: 3 },
      { startSeconds: 7, endSeconds: 7.5 },
    ];
    const parts = estimatedParts('one two. three four, five six', within, pauses);
    expect(parts.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [0, 1],
      [1, 2],
      [3, expect.closeTo(5.18, 1)],
      [expect.closeTo(5.18, 1), 7],
      [7.5, expect.closeTo(8.89, 1)],
      [expect.closeTo(8.89, 1), 10],
    ]);
  });
});

describe('The pauses of a sound', () => {
  const RATE = 1_000;
  /** Milliseconds of sound and of silence by turns. */
  const sound = (...lengths: number[]): Int16Array =>
    Int16Array.from(lengths.flatMap((length, index) => Array.from({ length }, () => (index % 2 === 0 ? 8_000 : 90))));

  it('are silences within it, without those of a consonant and those at its ends', () => {
    expect(pausesIn(sound(0, 300, 500, 200, 400, 50, 300, 400), RATE)).toEqual([{ startSeconds: 0.8, endSeconds: 1 }]);
    expect(pausesIn(new Int16Array(2_000), RATE)).toEqual([]);
  });

  it('are found by their place, also where some are missing or additional', () => {
    const pause = (startSeconds: number) => ({ startSeconds, endSeconds: startSeconds + 0.3 });
    const expected = [1, 3, 5].map((seconds) => ({ seconds, length: 1 }));
    expect(heardPauses(expected, [pause(1.1), pause(4.9)])).toEqual([pause(1.1), undefined, pause(4.9)]);
    expect(heardPauses(expected, [pause(1), pause(2), pause(3.2), pause(5)])).toEqual([pause(1), pause(3.2), pause(5)]);
    expect(heardPauses(expected, [])).toEqual([undefined, undefined, undefined]);
    expect(heardPauses([], [pause(1)])).toEqual([]);
  });
});
