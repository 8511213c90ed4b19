import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { pollyVoice } from '../../../src/providers/polly/polly-voice.ts';
import { externalSpeech } from '../../../src/providers/voices/external-speech.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { POLLY_ENV, polly, pollyError } from '../../fakes/polly.ts';
import { expectTimings } from '../speech-checks.ts';
import { decodeWav } from '../voices/spoken-tones.ts';
import { contextOf, itKeepsTheContract, settingsOf } from './adapter-contract.ts';

const TEXT = 'Bees dance — für alle: 花 & 𝄞 <b>.';
const request = (more: object = {}) => ({ text: TEXT, language: 'en', speed: 1, ...more });

let fake: FakeService;
beforeEach(async () => {
  fake = await FakeService.start(polly);
});
afterEach(() => fake.close());
const voice = (env: Readonly<Record<string, string>> = {}) =>
  pollyVoice(settingsOf('POLLY', fake.url, { ...POLLY_ENV, ...env }));
const bodies = () => fake.requests.map((received) => received.json());
const said = (words: readonly { start: number; end: number }[] | undefined) =>
  words?.map(({ start, end }) => TEXT.slice(start, end));

describe('Speech of AWS Polly', () => {
  itKeepsTheContract({
    service: 'POLLY',
    handler: polly,
    make: pollyVoice,
    env: POLLY_ENV,
    request: request(),
    secretText: TEXT,
    refusals: [
      {
        what: 'a wrong key',
        reply: pollyError(403, 'UnrecognizedClientException', 'The security token is invalid.'),
        code: 'POLLY_INVALID_API_KEY',
      },
      {
        what: 'a wrong secret',
        reply: pollyError(403, 'InvalidSignatureException', 'The signature does not match.'),
        code: 'POLLY_INVALID_API_KEY',
      },
      {
        what: 'a session that is over',
        reply: pollyError(400, 'ExpiredTokenException', 'Expired.'),
        code: 'POLLY_INVALID_API_KEY',
      },
      {
        what: 'too many calls',
        reply: pollyError(400, 'ThrottlingException', 'Rate exceeded'),
        code: 'POLLY_RATE_LIMITED',
        retriable: true,
      },
      {
        what: 'a missing voice',
        reply: pollyError(400, 'ValidationException', "Value 'X' at 'voiceId' failed to satisfy constraint"),
        code: 'UNKNOWN_VOICE',
        retriable: false,
      },
      {
        what: 'a voice of another engine',
        reply: pollyError(400, 'EngineNotSupportedException', 'This voice does not support the engine: neural'),
        code: 'UNKNOWN_VOICE',
      },
      {
        what: 'a text that is too long',
        reply: pollyError(400, 'TextLengthExceededException', `About ${TEXT}`),
        code: 'POLLY_API_ERROR',
        retriable: false,
      },
      {
        what: 'wrong markup',
        reply: pollyError(400, 'InvalidSsmlException', 'Invalid SSML request'),
        code: 'POLLY_API_ERROR',
        retriable: false,
      },
      {
        what: 'a fault',
        reply: pollyError(500, 'ServiceFailureException', 'x'),
        code: 'POLLY_API_ERROR',
        retriable: true,
      },
    ],
  });

  it('is asked for twice, as a sound and as the times of words, and both are counted', async () => {
    const { content, model, usage } = await voice().call(request(), contextOf());
    const common = { Engine: 'neural', Text: TEXT, TextType: 'text', VoiceId: 'Joanna' };
    expect(bodies()).toEqual([
      { ...common, OutputFormat: 'mp3' },
      { ...common, OutputFormat: 'json', SpeechMarkTypes: ['word'] },
    ]);
    expect(model).toBe('neural');
    expect(usage.characters).toBeGreaterThan(2 * 20);
    expect(usage.characters).toBeLessThanOrEqual(voice().mostUsage(request()).characters ?? 0);
    expect(said(content.words)).toEqual(['Bees', 'dance', 'für', 'alle', '花', 'b']);
    expect(content.words?.map((word) => [word.startSeconds, word.endSeconds])).toContainEqual([0.65, undefined]);
  });

  it('at another speed is a document in which the text has no tags, and whose tags do not move the times', async () => {
    const { content } = await voice().call(request({ speed: 0.8 }), contextOf());
    expect(bodies()[0]).toMatchObject({
      TextType: 'ssml',
      Text: `<speak><prosody rate="80%">Bees dance — für alle: 花 &amp; 𝄞 &lt;b&gt;.</prosody></speak>`,
    });
    expect(said(content.words)).toEqual(['Bees', 'dance', 'für', 'alle', '花', 'b']);
  });

  it.each([
    ['refused', { ...pollyError(400, 'ThrottlingException', 'Rate exceeded') }, 1],
    ['lost', 'hang up', 2],
  ] as const)('has no times where those are %s', async (_what, reply, times) => {
    const own = voice();
    fake.handleWith((received) => (String(received.body).includes('SpeechMarkTypes') ? reply : polly(received)));
    const { content, usage } = await own.call(request({ text: 'Bees dance.' }), contextOf());
    expect(content.words).toBeUndefined();
    expect(usage).toEqual({ characters: times * 'Bees dance.'.length });
  });

  it('ends with the caller who aborts before the times', async () => {
    const abort = new AbortController();
    fake.handleWith((received) => {
      if (String(received.body).includes('SpeechMarkTypes')) abort.abort(new AppError('CANCELED', 'Stop.'));
      return polly(received);
    });
    const call = voice().call(request(), contextOf({ signal: abort.signal }));
    await expect(call).rejects.toMatchObject({ code: 'CANCELED' });
  });

  it('is signed with the token of a session', async () => {
    await voice({ AWS_SESSION_TOKEN: 'session-token' }).call(request(), contextOf());
    expect(fake.requests[0]?.headers['x-amz-security-token']).toBe('session-token');
    expect(fake.requests[0]?.headers['authorization']).toContain('x-amz-security-token');
  });

  it.each([
    ['en-AU', 'neural', 'Olivia'],
    ['en-CA', 'neural', 'Joanna'],
    ['zh-TW', 'neural', 'Zhiyu'],
    ['es', 'neural', 'Lucia'],
    ['es-AR', 'neural', 'Lupe'],
    ['nb', 'neural', 'Ida'],
    ['ru', 'standard', 'Tatyana'],
  ])('in %s with %s has the voice %s', async (language, engine, id) => {
    await voice({ POLLY_SPEECH_MODEL: engine }).call(request({ language }), contextOf());
    expect(bodies()[0]).toMatchObject({ VoiceId: id, Engine: engine });
  });

  it('is unsuitable for a language without a voice, unless a voice is named', () => {
    expect(voice().unsuitable(request({ language: 'ru' }))).toMatchObject({ code: 'UNSUPPORTED_LANGUAGE' });
    expect(voice().unsuitable(request({ language: 'de' }))).toBeUndefined();
    expect(voice().unsuitable(request({ language: 'ru', voiceId: 'Tatyana' }))).toBeUndefined();
  });

  it('says that a voice is missing', async () => {
    const call = voice().call(request({ voiceId: 'Missing' }), contextOf());
    await expect(call).rejects.toMatchObject({ code: 'UNKNOWN_VOICE' });
  });

  it('lists the voices of the engine', async () => {
    const { signal } = contextOf();
    expect(await voice().voices(undefined, signal)).toEqual([
      { id: 'Joanna', name: 'Joanna', languages: ['en-US'], cloned: false },
      { id: 'Kajal', name: 'Kajal', languages: ['en-IN', 'hi-IN'], cloned: false },
      { id: 'Zhiyu', name: 'Zhiyu', languages: ['zh-CN'], cloned: false },
    ]);
    expect((await voice().voices('zh-TW', signal)).map(({ id }) => id)).toEqual(['Zhiyu']);
  });

  it.each([0.8, 1])('at the speed %s has the times of the text as it is shown', async (speed) => {
    const text = 'It costs $5 — “für” M&M. 🎉 That is little.';
    const provider = externalSpeech(voice(), { decode: decodeWav });
    const { content } = await provider.call({ text, language: 'en', speed }, contextOf());
    expectTimings(text, content);
  });
});
