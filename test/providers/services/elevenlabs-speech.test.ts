import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elevenlabsVoice } from '../../../src/providers/elevenlabs/elevenlabs-voice.ts';
import { UnusableAnswer } from '../../../src/providers/provider.ts';
import { externalSpeech } from '../../../src/providers/voices/external-speech.ts';
import { elevenlabs } from '../../fakes/elevenlabs.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { expectTimings } from '../speech-checks.ts';
import { decodeWav } from '../voices/spoken-tones.ts';
import { contextOf, itKeepsTheContract, settingsOf } from './adapter-contract.ts';

const TEXT = 'It costs $5 today, which is little.';
const refusal = (status: number, code: string) => ({
  status,
  body: { detail: { type: 'x', code, status: code, message: `About ${TEXT}` } },
});

let fake: FakeService;
beforeAll(async () => {
  fake = await FakeService.start(elevenlabs);
});
afterAll(() => fake.close());
const voice = (env: Readonly<Record<string, string>> = {}) => elevenlabsVoice(settingsOf('ELEVENLABS', fake.url, env));
const request = (more: object = {}) => ({ text: TEXT, language: 'en', speed: 1, ...more });
const lastBody = () => fake.requests.at(-1)?.json();

describe('Speech of ElevenLabs', () => {
  itKeepsTheContract({
    service: 'ELEVENLABS',
    handler: elevenlabs,
    make: elevenlabsVoice,
    request: request(),
    secretText: TEXT,
    refusals: [
      { what: 'a wrong key', reply: refusal(401, 'invalid_api_key'), code: 'ELEVENLABS_INVALID_API_KEY' },
      {
        what: 'a key without the permission',
        reply: refusal(401, 'missing_permissions'),
        code: 'ELEVENLABS_INVALID_API_KEY',
      },
      {
        what: 'credits that are used up',
        reply: { status: 401, body: { detail: { status: 'quota_exceeded', message: 'x' } } },
        code: 'ELEVENLABS_QUOTA_EXCEEDED',
        retriable: false,
      },
      {
        what: 'too many calls at once',
        reply: { ...refusal(429, 'too_many_concurrent_requests'), headers: { 'retry-after': '3' } },
        code: 'ELEVENLABS_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 3,
      },
      { what: 'a busy service', reply: refusal(429, 'system_busy'), code: 'ELEVENLABS_RATE_LIMITED', retriable: true },
      { what: 'a forbidden text', reply: refusal(400, 'content_against_policy'), code: 'ELEVENLABS_CONTENT_REJECTED' },
      { what: 'a missing voice', reply: refusal(404, 'voice_not_found'), code: 'UNKNOWN_VOICE', retriable: false },
      {
        what: 'a missing voice, as in older answers',
        reply: { status: 400, body: { detail: { status: 'voice_not_found', message: 'x' } } },
        code: 'UNKNOWN_VOICE',
      },
      {
        what: 'a text that is too long',
        reply: refusal(400, 'max_character_limit_exceeded'),
        code: 'ELEVENLABS_API_ERROR',
        retriable: false,
      },
      {
        what: 'a field that is not known',
        reply: { status: 422, body: { detail: [{ loc: ['body', 'text'], msg: 'field required', type: 'missing' }] } },
        code: 'ELEVENLABS_API_ERROR',
        retriable: false,
      },
      {
        what: 'a fault',
        reply: { status: 500, body: 'Internal Server Error' },
        code: 'ELEVENLABS_API_ERROR',
        retriable: true,
      },
    ],
  });

  it('asks for the text with the default voice and model, and maps sound and times', async () => {
    const { content, model, usage } = await voice().call(request(), contextOf());
    expect(fake.requests.at(-1)?.path).toBe(
      '/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb/with-timestamps?output_format=mp3_44100_128',
    );
    expect(lastBody()).toEqual({ text: TEXT, model_id: 'eleven_multilingual_v2' });
    expect(model).toBe('eleven_multilingual_v2');
    expect(usage).toEqual({ characters: TEXT.length });
    expect(content.words).toHaveLength(TEXT.length);
    expect(content.words?.[3]).toMatchObject({ start: 3, end: 4, startSeconds: 0.65 });
    expect(Buffer.from(content.audio.subarray(0, 4)).toString()).toBe('RIFF');
  });

  it('uses the voice, the model and the speed that are chosen', async () => {
    const flash = voice({ ELEVENLABS_SPEECH_MODEL: 'eleven_flash_v2_5' });
    await flash.call(request({ voiceId: 'own-voice-1', speed: 1.1, language: 'nb-NO' }), contextOf());
    expect(fake.requests.at(-1)?.path).toMatch(/^\/v1\/text-to-speech\/own-voice-1\//);
    expect(lastBody()).toEqual({
      text: TEXT,
      model_id: 'eleven_flash_v2_5',
      language_code: 'no',
      voice_settings: { speed: 1.1 },
    });
    expect(flash.maxCharacters).toBe(40_000);
  });

  it('says that a voice is missing', async () => {
    const call = voice().call(request({ voiceId: '../nope' }), contextOf());
    await expect(call).rejects.toMatchObject({ code: 'UNKNOWN_VOICE' });
    expect(fake.requests.at(-1)?.path).toMatch(/^\/v1\/text-to-speech\/\.\.%2Fnope\//);
  });

  it('is unsuitable for a language that the model does not speak', () => {
    expect(voice().unsuitable(request({ language: 'zh-TW' }))).toBeUndefined();
    expect(voice().unsuitable(request({ language: 'hu' }))).toMatchObject({ code: 'UNSUPPORTED_LANGUAGE' });
    const flash = voice({ ELEVENLABS_SPEECH_MODEL: 'eleven_flash_v2_5' });
    expect(flash.unsuitable(request({ language: 'hu' }))).toBeUndefined();
    expect(voice({ ELEVENLABS_SPEECH_MODEL: 'eleven_v3' }).unsuitable(request({ language: 'sw' }))).toBeUndefined();
  });

  it('counts an answer in an unknown form as paid', async () => {
    fake.replyWith({ body: { audio_base64: '' } });
    const error = await voice()
      .call(request(), contextOf())
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof Error && error.cause instanceof UnusableAnswer)) throw new Error('It is not counted.');
    expect(error.cause.usage).toEqual({ characters: TEXT.length });
  });

  it.each([
    ['no times', undefined],
    ['null as times', null],
    [
      'times of other lengths',
      { characters: ['I', 't'], character_start_times_seconds: [0], character_end_times_seconds: [1] },
    ],
  ])('takes a sound with %s', async (_what, alignment) => {
    fake.replyWith({ body: { audio_base64: 'UklGRg==', alignment } });
    expect((await voice().call(request(), contextOf())).content.words).toBeUndefined();
  });

  it('finds the words of a text that the service has changed', async () => {
    const characters = Array.from('It  costs');
    const starts = characters.map((_, index) => index);
    const ends = starts.map((start) => start + 1);
    const alignment = { characters, character_start_times_seconds: starts, character_end_times_seconds: ends };
    fake.replyWith({ body: { audio_base64: 'UklGRg==', alignment } });
    const { content } = await voice().call(request({ text: 'It costs' }), contextOf());
    expect(content.words).toMatchObject([
      { start: 0, end: 2, startSeconds: 0, endSeconds: 2 },
      { start: 3, end: 8, endSeconds: 9 },
    ]);
  });

  it('lists the voices of the account, with those that are cloned', async () => {
    const all = await voice().voices(undefined, contextOf().signal);
    expect(all).toEqual([
      {
        id: 'JBFqnCBsd6RMkjVDRZzb',
        name: 'George',
        languages: ['en-GB', 'fr-FR'],
        cloned: false,
        previewUrl: 'https://storage.example/george.mp3',
      },
      { id: 'v2', name: 'Lin', languages: ['zh'], cloned: true },
      { id: 'own-voice-1', name: 'Me', languages: [], cloned: true },
    ]);
    const chinese = await voice().voices('zh-TW', contextOf().signal);
    expect(chinese.map(({ id }) => id)).toEqual(['v2', 'own-voice-1']);
  });

  it.each([
    ['en', TEXT],
    ['zh-TW', '今天是2024年3月5日，溫度25°C。'],
    ['de', 'Es kostet 5 € — mehr nicht. 🎉 Wirklich!'],
  ])('in %s has the times of the text as it is shown', async (language, text) => {
    const speech = await externalSpeech(voice(), { decode: decodeWav }).call(
      { text, language, speed: 1.5 },
      contextOf(),
    );
    expectTimings(text, speech.content);
    expect(speech.usage.characters).toBeGreaterThan(text.length / 2);
  });
});
