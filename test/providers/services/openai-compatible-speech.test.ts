import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openaiCompatibleVoice } from '../../../src/providers/openai-compatible/openai-compatible-voice.ts';
import { externalSpeech } from '../../../src/providers/voices/external-speech.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { kokoro, localAi, validationError } from '../../fakes/kokoro.ts';
import { expectTimings } from '../speech-checks.ts';
import { decodeWav } from '../voices/spoken-tones.ts';
import { contextOf, itKeepsTheContract, settingsOf } from './adapter-contract.ts';

const TEXT = 'Bees dance to show where the flowers are.';
const make = (settings: ServiceSettings) => openaiCompatibleVoice({ ...settings, baseUrl: `${settings.baseUrl}/v1` });
const request = (more: object = {}) => ({ text: TEXT, language: 'en', speed: 1, ...more });
const KOKORO = { OPENAI_COMPATIBLE_SPEECH_MODEL: 'kokoro' };
const LOCAL_AI = { OPENAI_COMPATIBLE_SPEECH_MODEL: 'voice-en-us-amy-low', OPENAI_COMPATIBLE_API_KEY: '' };

let fake: FakeService;
beforeEach(async () => {
  fake = await FakeService.start(kokoro);
});
afterEach(() => fake.close());
const voice = (env: Readonly<Record<string, string>> = KOKORO) => make(settingsOf('OPENAI_COMPATIBLE', fake.url, env));
const paths = () => fake.requests.map(({ path }) => path);
const lastBody = () => fake.requests.at(-1)?.json();

describe.each([
  ['Kokoro-FastAPI', KOKORO, kokoro],
  ['LocalAI', LOCAL_AI, localAi],
] as const)('Speech of %s', (_server, env, handler) => {
  itKeepsTheContract({
    service: 'OPENAI_COMPATIBLE',
    handler,
    make,
    env,
    request: request(),
    secretText: TEXT,
    refusals: [
      { what: 'a wrong key', reply: { status: 401, body: '' }, code: 'OPENAI_COMPATIBLE_INVALID_API_KEY' },
      {
        what: 'a wrong request',
        reply: validationError(`About ${TEXT}`),
        code: 'OPENAI_COMPATIBLE_API_ERROR',
        retriable: false,
      },
      {
        what: 'a server that is starting',
        reply: { status: 503, headers: { 'retry-after': '4' }, body: '' },
        code: 'OPENAI_COMPATIBLE_API_ERROR',
        retriable: true,
        retryAfterSeconds: 4,
      },
      {
        what: 'a fault',
        reply: { status: 500, body: { detail: { error: 'processing_error', message: 'x', type: 'server_error' } } },
        code: 'OPENAI_COMPATIBLE_API_ERROR',
        retriable: true,
      },
    ],
  });
});

describe('Speech of Kokoro-FastAPI', () => {
  it('has the times of words in English, and the speed that is asked for', async () => {
    const { content, model, usage } = await voice().call(request({ speed: 1.5 }), contextOf());
    expect(paths()).toEqual(['/dev/captioned_speech']);
    expect(lastBody()).toEqual({
      model: 'kokoro',
      input: TEXT,
      voice: 'af_heart',
      response_format: 'wav',
      stream: false,
      speed: 1.5,
    });
    expect(model).toBe('kokoro');
    expect(usage).toEqual({ characters: TEXT.length });
    expect(content.words).toHaveLength(8);
    expect(content.words?.[1]).toMatchObject({ start: 5, end: 10 });
  });

  it.each([
    ['en-GB', 'bf_emma'],
    ['en-AU', 'af_heart'],
    ['zh-TW', 'zf_xiaobei'],
    ['ja', 'jf_alpha'],
  ])('in %s has the voice %s', async (language, id) => {
    await voice().call(request({ language }), contextOf());
    expect(lastBody()).toMatchObject({ voice: id });
  });

  it('without times in other languages', async () => {
    expect((await voice().call(request({ language: 'zh-TW' }), contextOf())).content.words).toBeUndefined();
  });

  it('is asked in the plain way where the server has no other, and the server is not asked again', async () => {
    const own = voice();
    fake.handleWith((received) =>
      received.path.startsWith('/dev/') ? { status: 404, body: { detail: 'Not Found' } } : kokoro(received),
    );
    for (let time = 0; time < 2; time += 1)
      expect((await own.call(request(), contextOf())).content.contentType).toBe('audio/wav');
    expect(paths()).toEqual(['/dev/captioned_speech', '/v1/audio/speech', '/v1/audio/speech']);
  });

  it('says that a voice is missing', async () => {
    const call = voice().call(request({ voiceId: 'af_nope' }), contextOf());
    await expect(call).rejects.toMatchObject({ code: 'UNKNOWN_VOICE' });
    expect(paths()).toEqual(['/dev/captioned_speech', '/v1/audio/voices']);
  });

  it('does not say so of a voice that the server has', async () => {
    fake.replyWith(validationError('The text is too long.'));
    const call = voice().call(request({ voiceId: 'af_heart' }), contextOf());
    await expect(call).rejects.toMatchObject({ code: 'OPENAI_COMPATIBLE_API_ERROR' });
  });

  it('lists the voices of a language', async () => {
    const { signal } = contextOf();
    expect((await voice().voices('en', signal)).map(({ id }) => id)).toEqual(['af_heart', 'am_adam', 'bf_emma']);
    expect(await voice().voices('zh-TW', signal)).toEqual([
      { id: 'zf_xiaobei', name: 'zf_xiaobei', languages: ['zh'], cloned: false },
    ]);
    fake.replyWith({ body: { voices: [{ id: 'af_sky', name: 'Sky' }] } });
    expect((await voice().voices(undefined, signal)).map(({ id }) => id)).toEqual(['af_sky']);
  });

  it('is unsuitable for a language without a voice', () => {
    expect(voice().unsuitable(request({ language: 'de' }))).toMatchObject({ code: 'UNSUPPORTED_LANGUAGE' });
    expect(voice().unsuitable(request({ language: 'pt-PT' }))).toBeUndefined();
  });

  it('has the times of the text as it is shown', async () => {
    const text = 'It costs $5. 🎉 That is little.';
    const provider = externalSpeech(voice(), { decode: decodeWav });
    const { content } = await provider.call({ text, language: 'en', speed: 1.2 }, contextOf());
    expectTimings(text, content);
    expect(fake.requests).toHaveLength(1);
  });
});

describe('Speech of LocalAI', () => {
  it('is asked for without a key or a speed, and has no times', async () => {
    fake.handleWith(localAi);
    const own = voice(LOCAL_AI);
    const { content } = await own.call(request(), contextOf());
    expect(paths()).toEqual(['/v1/audio/speech']);
    expect(content.words).toBeUndefined();
    expect(own.speeds).toEqual([1, 1]);
    expect(await own.voices('en', contextOf().signal)).toEqual([]);
    expect(own.unsuitable(request({ language: 'de' }))).toBeUndefined();
  });
});

it('A server without a model for speech does not speak', () => {
  const silent = voice({ OPENAI_COMPATIBLE_SPEECH_MODEL: '' });
  expect(silent.models).toEqual([]);
  expect(silent.unsuitable(request())).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
});
