import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openaiVoice } from '../../../src/providers/openai/openai-voice.ts';
import { UnusableAnswer } from '../../../src/providers/provider.ts';
import { externalSpeech } from '../../../src/providers/voices/external-speech.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { openaiAudio } from '../../fakes/openai-audio.ts';
import { expectTimings } from '../speech-checks.ts';
import { decodeWav } from '../voices/spoken-tones.ts';
import { contextOf, itKeepsTheContract, settingsOf } from './adapter-contract.ts';

const TEXT = 'Bees dance to show where the flowers are.';
const make = (settings: ServiceSettings) => openaiVoice({ ...settings, baseUrl: `${settings.baseUrl}/v1` });
const refusal = (status: number, code: string | null, type = 'invalid_request_error') => ({
  status,
  body: { error: { message: `About ${TEXT}`, type, param: null, code } },
});

let fake: FakeService;
beforeAll(async () => {
  fake = await FakeService.start(openaiAudio);
});
afterAll(() => fake.close());
const voice = (env: Readonly<Record<string, string>> = {}) => make(settingsOf('OPENAI', fake.url, env));
const old = () => voice({ OPENAI_SPEECH_MODEL: 'tts-1' });
const request = (more: object = {}) => ({ text: TEXT, language: 'en', speed: 1, ...more });
const lastBody = () => fake.requests.at(-1)?.json();

describe.each([['gpt-4o-mini-tts'], ['tts-1']])('Speech of OpenAI with %s', (model) => {
  itKeepsTheContract({
    service: 'OPENAI',
    handler: openaiAudio,
    make,
    env: { OPENAI_SPEECH_MODEL: model },
    request: request(),
    secretText: TEXT,
    refusals: [
      { what: 'a wrong key', reply: refusal(401, 'invalid_api_key'), code: 'OPENAI_INVALID_API_KEY' },
      {
        what: 'an account without credit',
        reply: refusal(429, 'insufficient_quota', 'insufficient_quota'),
        code: 'OPENAI_QUOTA_EXCEEDED',
        retriable: false,
      },
      {
        what: 'too many calls',
        reply: {
          ...refusal(429, 'rate_limit_exceeded', 'requests'),
          headers: { 'x-ratelimit-reset-requests': '1s', 'x-ratelimit-reset-tokens': '20.5s' },
        },
        code: 'OPENAI_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 21,
      },
      { what: 'a forbidden text', reply: refusal(400, 'content_policy_violation'), code: 'OPENAI_CONTENT_REJECTED' },
      { what: 'a missing model', reply: refusal(404, 'model_not_found'), code: 'OPENAI_API_ERROR', retriable: false },
      { what: 'a wrong field', reply: refusal(400, null), code: 'OPENAI_API_ERROR', retriable: false },
      { what: 'a fault', reply: refusal(500, null, 'server_error'), code: 'OPENAI_API_ERROR', retriable: true },
    ],
  });
});

describe('Speech of OpenAI', () => {
  it('is asked for as events, which say how many tokens it used', async () => {
    const { content, model, usage } = await voice().call(request(), contextOf());
    expect(lastBody()).toEqual({
      model: 'gpt-4o-mini-tts',
      input: TEXT,
      voice: 'marin',
      response_format: 'mp3',
      stream_format: 'sse',
    });
    expect(model).toBe('gpt-4o-mini-tts');
    expect(usage).toEqual({ inputTokens: 14, outputTokens: 101 });
    expect((await decodeWav(content.audio)).samples.length).toBeGreaterThan(16_000);
    expect(content.words).toBeUndefined();
  });

  it('of the older models is a file, billed by characters, at the speed that is asked for', async () => {
    const { content, usage } = await old().call(request({ voiceId: 'nova', speed: 1.5 }), contextOf());
    expect(lastBody()).toEqual({ model: 'tts-1', input: TEXT, voice: 'nova', response_format: 'mp3', speed: 1.5 });
    expect(usage).toEqual({ characters: TEXT.length });
    expect(content.contentType).toBe('audio/mpeg');
    expect(old().speeds).toEqual([0.25, 4]);
    expect(voice().speeds).toEqual([1, 1]);
  });

  it('can have a voice of the account', async () => {
    await voice().call(request({ voiceId: 'voice_1234' }), contextOf());
    expect(lastBody()).toMatchObject({ voice: { id: 'voice_1234' } });
  });

  it.each([
    ['without its last event', (text: string) => text.slice(0, text.lastIndexOf('event:'))],
    ['without sound', (text: string) => text.slice(text.lastIndexOf('event:'))],
    ['with an error', () => 'data: {"type":"error","error":{"code":"server_error"}}\n\n'],
  ])('%s is no answer, and is counted as paid', async (_what, changed) => {
    const reply = await openaiAudio({
      ...(fake.requests[0] ?? expect.fail('nothing was sent')),
      json: () => ({
        model: 'gpt-4o-mini-tts',
        input: 'Hi',
        voice: 'marin',
        response_format: 'mp3',
        stream_format: 'sse',
      }),
    });
    if (typeof reply === 'string' || 'upgrade' in reply) throw new Error('The fake did not answer.');
    fake.replyWith({ ...reply, body: changed(String(reply.body)) });
    const error = await voice()
      .call(request(), contextOf())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'OPENAI_API_ERROR' });
    if (!(error instanceof Error && error.cause instanceof UnusableAnswer)) throw new Error('It is not counted.');
    expect(error.cause.usage.outputTokens).toBeGreaterThan(0);
  });

  it.each([
    ['en', TEXT, 3],
    ['zh-TW', '蜜蜂用跳舞告訴同伴花在哪裡。', 4],
  ])('in %s reserves more tokens than %s takes', (language, text, seconds) => {
    const { inputTokens = 0, outputTokens = 0 } = voice().mostUsage(request({ text, language }));
    expect(inputTokens).toBeGreaterThan(text.length);
    expect(outputTokens).toBeGreaterThan(seconds * 21);
    expect(outputTokens).toBeLessThan(seconds * 21 * 6);
  });

  it('is unsuitable for voices and languages that it does not have', () => {
    expect(voice().unsuitable(request({ voiceId: 'cedar', language: 'zh-TW' }))).toBeUndefined();
    expect(voice().unsuitable(request({ voiceId: 'en-us' }))).toMatchObject({ code: 'UNKNOWN_VOICE' });
    expect(old().unsuitable(request({ voiceId: 'cedar' }))).toMatchObject({ code: 'UNKNOWN_VOICE' });
    expect(voice().unsuitable(request({ language: 'yo' }))).toMatchObject({ code: 'UNSUPPORTED_LANGUAGE' });
  });

  it('lists its voices without a request', async () => {
    const sent = fake.requests.length;
    const voices = await voice().voices('de', contextOf().signal);
    expect(voices).toHaveLength(13);
    expect(voices[0]).toEqual({ id: 'marin', name: 'Marin', languages: [], cloned: false });
    expect(fake.requests.length).toBe(sent);
  });

  it('has estimated times for the text as it is shown', async () => {
    const text = 'It costs $5. 🎉 That is little.';
    const { content } = await externalSpeech(voice(), { decode: decodeWav }).call(
      { text, language: 'en', speed: 0.8 },
      contextOf(),
    );
    expectTimings(text, content);
  });
});
