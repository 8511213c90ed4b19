import { afterAll, describe, expect, it } from 'vitest';
import { LocalSpeechProvider } from '../../src/providers/local/speech/local-speech-provider.ts';
import { directSpeechText, type PreparedSpeech } from '../../src/providers/local/speech/speech-text.ts';
import { CONTENT_LIMITS } from '../../src/services/generations/content-input.ts';

const signal = new AbortController().signal;
const opened: LocalSpeechProvider[] = [];
afterAll(() => Promise.all(opened.map((provider) => provider.close())));

/** The built-in voice without its programs: what it takes is answered by silence at once. `change` is made to the prepared text. */
function voice(change: (prepared: PreparedSpeech) => Partial<PreparedSpeech> = () => ({})): LocalSpeechProvider {
  const provider = new LocalSpeechProvider(
    {},
    {
      prepare: async (text, until) => {
        const prepared = await directSpeechText.prepare(text, until);
        return { ...prepared, ...change(prepared), pieces: [] };
      },
      join: directSpeechText.join,
    },
  );
  opened.push(provider);
  return provider;
}

describe('The longest text that the built-in voice speaks', () => {
  it.each([
    [20_000, 1],
    [10_000, 0.5],
    [40_000, 2],
  ])('has %i characters as it is spoken, at speed %d', async (most, speed) => {
    const speak = (length: number) =>
      voice(() => ({ texts: ['a'.repeat(most / 2), 'a'.repeat(length - most / 2)] })).speak(
        { text: 'Bees.', language: 'en', speed },
        signal,
      );
    expect(await speak(most)).toMatchObject({ durationSeconds: 1 });
    await expect(speak(most + 1)).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE', retriable: false });
  });

  it.each([
    ['en', 'The harbour is quiet in 1987, and 3 boats come home. '],
    ['de', 'Der Hafen ist still, und drei Boote kehren nach Hause zurück. '],
    ['zh-TW', '今天的港口很安靜，船在夜晚開始之前回家。'],
  ])('is longer than any usual one in %s that may be ordered, also at half the speed', async (language, sentence) => {
    const text = sentence.repeat(300).slice(0, CONTENT_LIMITS.speech);
    expect(await voice().speak({ text, language, speed: 0.5 }, signal)).toMatchObject({ durationSeconds: 1 });
  });

  it('is shorter than one of as many digits, which are said as words: the error says so', async () => {
    const digits = { text: '7'.repeat(CONTENT_LIMITS.speech), language: 'en' };
    await expect(voice().speak({ ...digits, speed: 0.5 }, signal)).rejects.toThrow(
      'As it is spoken, with numbers and signs in words, the text has 29,999 characters, and the built-in voice takes 10,000 at this speed: shorten the text.',
    );
    await expect(voice().speak({ ...digits, speed: 1 }, signal)).rejects.toThrow('takes 20,000 at this speed');
    expect(await voice().speak({ ...digits, speed: 1.5 }, signal)).toMatchObject({ durationSeconds: 1 });
  });
});
