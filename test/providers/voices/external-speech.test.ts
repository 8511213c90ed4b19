import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import type { Speech, SpeechRequest } from '../../../src/providers/ports.ts';
import { UnusableAnswer } from '../../../src/providers/provider.ts';
import { type ExternalSpeechPorts, externalSpeech } from '../../../src/providers/voices/external-speech.ts';
import { wavFile } from '../../../src/providers/voices/sound/pcm.ts';
import { contextOf } from '../services/adapter-contract.ts';
import { expectTimings, samplesOf, samples as textsByLanguage } from '../speech-checks.ts';
import { decodeWav, RATE, type ToneVoice, toneVoice } from './spoken-tones.ts';

const requestOf = (text: string, more: Partial<SpeechRequest> = {}): SpeechRequest => ({
  text,
  language: 'en',
  speed: 1,
  ...more,
});

async function spoken(
  voice: ToneVoice,
  request: SpeechRequest,
  ports: Partial<ExternalSpeechPorts> = {},
): Promise<Speech> {
  return (await externalSpeech(voice, { decode: decodeWav, ...ports }).call(request, contextOf())).content;
}

async function failure(voice: ToneVoice, request: SpeechRequest): Promise<AppError> {
  const error = await spoken(voice, request).then(
    () => expect.fail('the call succeeded'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error;
  return error;
}

const times = ({ timings }: Speech) =>
  timings.map(({ text, startSeconds, endSeconds }) => [text, round(startSeconds), round(endSeconds)]);
const round = (seconds: number): number => Math.round(seconds * 10) / 10;

describe('Speech of an external service', () => {
  it('has the times of the shown words, also where they are said in other words', async () => {
    const voice = toneVoice();
    const speech = await spoken(voice, requestOf('It costs $5 today. 🎉'));
    expect(voice.requests.map(({ text }) => text.trim())).toEqual(['It costs five dollars today.']);
    // Each word takes 0.3 s and the gap after it 0.1 s; the silence before the first is cut off.
    expect(times(speech)).toEqual([
      ['It', 0, 0.3],
      ['costs', 0.4, 0.7],
      ['$5', 0.8, 1.5],
      ['today. 🎉', 1.6, 1.9],
    ]);
    expect(speech.durationSeconds).toBeCloseTo(1.93, 1);
    expect(samplesOf(speech).length).toBe(Math.round(speech.durationSeconds * speech.sampleRate));
  });

  it('ends a word with its last sound where the service only says when it begins', async () => {
    const speech = await spoken(toneVoice({ ends: false }), requestOf('It costs nothing.'));
    expect(times(speech)).toEqual([
      ['It', 0, 0.3],
      ['costs', 0.4, 0.7],
      ['nothing.', 0.8, 1.1],
    ]);
  });

  it('has the times of clauses in Chinese, said with numbers in words and as the text writes them', async () => {
    const voice = toneVoice();
    const speech = await spoken(voice, requestOf('一，二，三！在2024年，雄熊來了。', { language: 'zh-TW' }));
    expect(voice.requests[0]?.text).toContain('二零二四年');
    // The built-in voice needs some characters in Pinyin, others do not.
    expect(voice.requests[0]?.text).toContain('雄熊來了');
    expect(times(speech)).toEqual([
      ['一，', 0, 0.3],
      ['二，', 0.4, 0.7],
      ['三！', 0.8, 1.1],
      ['在2024年，', 1.2, 3.5],
      ['雄熊來了。', 3.6, 5.1],
    ]);
  });

  it.each(textsByLanguage)(
    'without times in %s has estimated ones that cover the text in order',
    async (language, text) => {
      const speech = await spoken(toneVoice({ timed: false }), requestOf(text, { language }));
      expectTimings(text, speech);
    },
  );

  it('is spoken in a language for which the built-in voice has no rules', async () => {
    const text = '東京は日本の首都です。人口は多いです。';
    const speech = await spoken(toneVoice(), requestOf(text, { language: 'ja' }));
    expect(speech.timings.map((timing) => timing.text)).toEqual(['東京は日本の首都です。', '人口は多いです。']);
  });

  it('of only emoji is one second of silence, without a request', async () => {
    const voice = toneVoice();
    const provider = externalSpeech(voice, { decode: decodeWav });
    const { content, usage } = await provider.call(requestOf('🎉 👍🏽'), contextOf());
    expect(voice.requests).toEqual([]);
    expect(usage).toEqual({});
    expect(content.durationSeconds).toBe(1);
    expect(content.timings).toEqual([{ text: '🎉 👍🏽', textStart: 0, textEnd: 7, startSeconds: 0, endSeconds: 1 }]);
  });
});

describe('A text that is longer than the service takes', () => {
  const TEXT = 'One and two. Three and four. Five and six.';

  it('is sent in parts that end with sentences, and joined with the pause between sentences', async () => {
    const voice = toneVoice({ maxCharacters: 30 });
    const provider = externalSpeech(voice, { decode: decodeWav });
    const { content, usage } = await provider.call(requestOf(TEXT, { voiceId: 'tone' }), contextOf());
    expect(voice.requests.map(({ text, voiceId }) => [text.trim(), voiceId])).toEqual([
      ['One and two. Three and four.', 'tone'],
      ['Five and six.', 'tone'],
    ]);
    expect(usage).toEqual({ characters: voice.requests.reduce((sum, { text }) => sum + text.length, 0) });
    expectTimings(TEXT, content);
    const [four, five] = [content.timings[5], content.timings[6]];
    expect((five?.startSeconds ?? 0) - (four?.endSeconds ?? 0)).toBeCloseTo(0.32, 1);
  });

  it('says what it has cost where a later part fails', async () => {
    const limit = new AppError('ELEVENLABS_RATE_LIMITED', 'Later.', { retriable: true, retryAfterSeconds: 7 });
    const voice = toneVoice({ maxCharacters: 30, instead: (request) => (request === 2 ? limit : undefined) });
    const error = await failure(voice, requestOf(TEXT));
    expect(error).toMatchObject({ code: 'ELEVENLABS_RATE_LIMITED', retriable: true, retryAfterSeconds: 7 });
    if (!(error.cause instanceof UnusableAnswer)) throw new Error('The cause is no UnusableAnswer.');
    expect(error.cause.usage).toEqual({ characters: voice.requests[0]?.text.length });
  });

  it('is refused where its parts have different sample rates', async () => {
    const other = wavFile([new Int16Array(8_000).fill(900)], 8_000);
    const voice = toneVoice({ maxCharacters: 30, instead: (request) => (request === 2 ? other : undefined) });
    expect(await failure(voice, requestOf(TEXT))).toMatchObject({ code: 'ELEVENLABS_API_ERROR' });
  });
});

describe('The speed', () => {
  it.each([0.5, 0.8, 1.5, 2])(
    '%s is made by stretching where the service has one speed, with the times',
    async (speed) => {
      const voice = toneVoice();
      const text = 'One and two and three and four and five.';
      const normal = await spoken(voice, requestOf(text));
      const speech = await spoken(voice, requestOf(text, { speed }));
      expect(voice.requests[1]?.speed).toBe(1);
      expect(speech.durationSeconds * speed).toBeCloseTo(normal.durationSeconds, 1);
      expectTimings(text, speech);
      expect((speech.timings[4]?.startSeconds ?? 0) * speed).toBeCloseTo(normal.timings[4]?.startSeconds ?? -1, 1);
    },
  );

  it.each([
    [1.1, 1.1],
    [2, 1.2],
    [0.5, 0.7],
  ])('%s is asked of a service that speaks at 0.7 to 1.2 as %s', async (speed, asked) => {
    const voice = toneVoice({ speeds: [0.7, 1.2] });
    const text = 'One and two and three and four and five.';
    const speech = await spoken(voice, requestOf(text, { speed }));
    expect(voice.requests[0]?.speed).toBe(asked);
    // Nine words of 0.4 s, without the gap after the last.
    expect(speech.durationSeconds * speed).toBeCloseTo(3.5, 0);
    expectTimings(text, speech);
  });
});

describe('An answer that cannot be used', () => {
  it.each([
    ['no sound', Buffer.from('<html>')],
    ['silence', wavFile([new Int16Array(RATE)], RATE)],
    ['a click', wavFile([new Int16Array(40).fill(5_000)], RATE)],
  ])('is an error that says it is paid: %s', async (_what, bytes) => {
    const error = await failure(toneVoice({ instead: () => bytes }), requestOf('Hello there.'));
    expect(error).toMatchObject({ code: 'ELEVENLABS_API_ERROR', retriable: false });
    if (!(error.cause instanceof UnusableAnswer)) throw new Error('The cause is no UnusableAnswer.');
    expect(error.cause).toMatchObject({ model: 'tones', usage: { characters: 12 } });
    expect(error.message).not.toContain('Hello');
  });
});

describe('The provider', () => {
  const provider = externalSpeech(toneVoice({ speeds: [0.7, 1.2] }), { decode: decodeWav });

  it('is that of its service', async () => {
    expect(provider).toMatchObject({ name: 'elevenlabs', service: 'ELEVENLABS', models: ['tones'], paid: true });
    expect(await provider.voices(undefined, contextOf().signal)).toHaveLength(1);
    expect(provider.unsuitable(requestOf('Hi', { language: 'xx' }))).toMatchObject({ code: 'UNSUPPORTED_LANGUAGE' });
    expect(provider.unsuitable(requestOf('Hi'))).toBeUndefined();
  });

  it.each([
    ['en', 'It cost $5 on 3/4/1999 at 5:30 — 77,777,777 € for 3 km².'],
    ['de', 'Es kostete 777.777 € am 3.4.1999, 50 % mehr als 1887.'],
    ['zh-TW', '今天是2024年3月5日，溫度25°C，價格$7,777,777。'],
  ])('reserves for %s at least what a call uses', async (language, text) => {
    const voice = toneVoice();
    const own = externalSpeech(voice, { decode: decodeWav });
    const { usage } = await own.call(requestOf(text, { language }), contextOf());
    const most = own.mostUsage(requestOf(text, { language })).characters ?? 0;
    expect(most).toBeGreaterThanOrEqual(usage.characters ?? Number.POSITIVE_INFINITY);
  });

  it('reserves little more than its length for a text without numbers', () => {
    const text = 'Bees dance to show where the flowers are, and others follow them there. '.repeat(10);
    expect(provider.mostUsage(requestOf(text)).characters).toBeLessThan(1.3 * text.length);
  });

  it('does nothing for a caller that has aborted', async () => {
    const voice = toneVoice();
    const signal = AbortSignal.abort(new AppError('CANCELED', 'Stop.'));
    const call = externalSpeech(voice, { decode: decodeWav }).call(requestOf('Hi'), contextOf({ signal }));
    await expect(call).rejects.toMatchObject({ code: 'CANCELED' });
    expect(voice.requests).toEqual([]);
  });
});
