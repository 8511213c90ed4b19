import { describe, expect, it } from 'vitest';
import { elevenlabsTranscription } from '../../../src/providers/elevenlabs/elevenlabs-transcription.ts';
import { groqTranscription } from '../../../src/providers/groq/groq-transcription.ts';
import { openaiTranscription } from '../../../src/providers/openai/openai-transcription.ts';
import { UnusableAnswer } from '../../../src/providers/provider.ts';
import { wavFile } from '../../../src/providers/voices/sound/pcm.ts';
import type { TranscriptionProvider } from '../../../src/providers/voices/transcription.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { elevenlabs } from '../../fakes/elevenlabs.ts';
import { type FakeHandler, FakeService } from '../../fakes/fake-service.ts';
import { multipartOf } from '../../fakes/multipart.ts';
import { openaiAudio } from '../../fakes/openai-audio.ts';
import { contextOf, itKeepsTheContract, type RefusalCase, settingsOf } from './adapter-contract.ts';

const request = { wav: wavFile([new Int16Array(16_000)], 16_000), durationSeconds: 1.2, language: 'en-GB' };
const openaiError = (status: number, code: string, type = 'invalid_request_error') => ({
  status,
  body: { error: { message: 'A sentence with test-key-7f3a9c1e5b.', type, param: null, code } },
});

interface Case {
  readonly service: 'OPENAI' | 'GROQ' | 'ELEVENLABS';
  readonly handler: FakeHandler;
  readonly path: string;
  readonly make: (settings: ServiceSettings) => TranscriptionProvider;
  readonly model: string;
  readonly billed: number;
  readonly refusals: readonly RefusalCase[];
}

const WHISPER_REFUSALS = (service: 'OPENAI' | 'GROQ'): readonly RefusalCase[] => [
  { what: 'a wrong key', reply: openaiError(401, 'invalid_api_key'), code: `${service}_INVALID_API_KEY` },
  {
    what: 'too many calls',
    reply: { ...openaiError(429, 'rate_limit_exceeded', 'requests'), headers: { 'retry-after': '12' } },
    code: `${service}_RATE_LIMITED`,
    retriable: true,
    retryAfterSeconds: 12,
  },
  {
    what: 'a file that is too large',
    reply: { status: 413, body: '' },
    code: `${service}_API_ERROR`,
    retriable: false,
  },
  { what: 'a fault', reply: { status: 503, body: '' }, code: `${service}_API_ERROR`, retriable: true },
];

const CASES: readonly Case[] = [
  {
    service: 'OPENAI',
    handler: openaiAudio,
    path: '/v1/audio/transcriptions',
    make: (settings) => openaiTranscription({ ...settings, baseUrl: `${settings.baseUrl}/v1` }),
    model: 'whisper-1',
    billed: 2,
    refusals: [
      ...WHISPER_REFUSALS('OPENAI'),
      {
        what: 'an account without credit',
        reply: openaiError(429, 'insufficient_quota', 'insufficient_quota'),
        code: 'OPENAI_QUOTA_EXCEEDED',
        retriable: false,
      },
    ],
  },
  {
    service: 'GROQ',
    handler: openaiAudio,
    path: '/openai/v1/audio/transcriptions',
    make: (settings) => groqTranscription({ ...settings, baseUrl: `${settings.baseUrl}/openai/v1` }),
    model: 'whisper-large-v3-turbo',
    billed: 10,
    refusals: [
      ...WHISPER_REFUSALS('GROQ'),
      {
        what: 'a spending limit',
        reply: openaiError(400, 'blocked_api_access'),
        code: 'GROQ_QUOTA_EXCEEDED',
        retriable: false,
      },
    ],
  },
  {
    service: 'ELEVENLABS',
    handler: elevenlabs,
    path: '/v1/speech-to-text',
    make: elevenlabsTranscription,
    model: 'scribe_v2',
    billed: 2,
    refusals: [
      {
        what: 'a wrong key',
        reply: { status: 401, body: { detail: { status: 'invalid_api_key', message: 'x' } } },
        code: 'ELEVENLABS_INVALID_API_KEY',
      },
      {
        what: 'credits that are used up',
        reply: { status: 401, body: { detail: { status: 'quota_exceeded', message: 'x' } } },
        code: 'ELEVENLABS_QUOTA_EXCEEDED',
      },
      {
        what: 'too many calls at once',
        reply: { status: 429, body: { detail: { status: 'too_many_concurrent_requests', message: 'x' } } },
        code: 'ELEVENLABS_RATE_LIMITED',
        retriable: true,
      },
    ],
  },
];

describe.each(CASES)('A transcript of $service', ({ service, handler, path, make, model, billed, refusals }) => {
  itKeepsTheContract({ service, handler, make, request, secretText: 'A sentence', refusals });

  it('has the words and when they are heard', async () => {
    const fake = await FakeService.start(handler);
    const provider = make(settingsOf(service, fake.url));
    const { content, model: used, usage } = await provider.call(request, contextOf());
    expect(fake.requests[0]?.path).toBe(path);
    expect(content.words.map(({ text }) => text.replace('.', ''))).toEqual(['Hello', 'there']);
    expect(content.words[1]).toMatchObject({ startSeconds: 0.5, endSeconds: 0.9 });
    expect(used).toBe(model);
    expect(usage).toEqual({ seconds: billed });
    expect(provider.mostUsage(request)).toEqual({ seconds: billed });
    await fake.close();
  });

  it('asks for the model that is set, in the language of the text', async () => {
    const fake = await FakeService.start(handler);
    const chosen = service === 'ELEVENLABS' ? 'scribe_v1' : 'whisper-large-v3';
    const provider = make(settingsOf(service, fake.url, { [`${service}_TRANSCRIPTION_MODEL`]: chosen }));
    await provider.call({ ...request, language: 'zh-TW' }, contextOf());
    const sent = fake.requests[0];
    if (sent === undefined) throw new Error('Nothing was sent.');
    const { fields } = multipartOf(sent);
    expect(fields['model'] ?? fields['model_id']).toEqual([chosen]);
    expect(fields['language'] ?? fields['language_code']).toEqual(['zh']);
    await fake.close();
  });

  it('counts an answer in an unknown form as paid', async () => {
    const fake = await FakeService.start(() => ({ body: { text: 'no words' } }));
    const error = await make(settingsOf(service, fake.url))
      .call(request, contextOf())
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof Error && error.cause instanceof UnusableAnswer)) throw new Error('It is not counted.');
    expect(error.cause.usage).toEqual({ seconds: billed });
    await fake.close();
  });

  it('is not asked for where the sound is too large', () => {
    const provider = make(settingsOf(service, 'http://127.0.0.1:1'));
    expect(provider.unsuitable(request)).toBeUndefined();
    const wav = Object.create(request.wav, { byteLength: { value: 600_000_000 } });
    expect(provider.unsuitable({ ...request, wav })).toMatchObject({ code: `${service}_API_ERROR` });
  });
});
