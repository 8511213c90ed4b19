import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { azureVoice } from '../../../src/providers/azure-speech/azure-voice.ts';
import { UnusableAnswer } from '../../../src/providers/provider.ts';
import { externalSpeech } from '../../../src/providers/voices/external-speech.ts';
import { azureSpeech } from '../../fakes/azure-speech.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { expectTimings } from '../speech-checks.ts';
import { decodeWav } from '../voices/spoken-tones.ts';
import { contextOf, itKeepsTheContract, settingsOf } from './adapter-contract.ts';

const TEXT = 'Bees <dance> & show where the flowers are.';
const request = (more: object = {}) => ({ text: TEXT, language: 'en', speed: 1, ...more });
const speak = (attributes: string, content: string) =>
  `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en"><voice name="${attributes}">${content}</voice></speak>`;

let fake: FakeService;
let documents: string[];
beforeEach(async () => {
  documents = [];
  fake = await FakeService.start(azureSpeech(documents));
});
afterEach(() => fake.close());
const voice = (env: Readonly<Record<string, string>> = {}) => azureVoice(settingsOf('AZURE_SPEECH', fake.url, env));
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => expect.fail('it succeeded'),
    (thrown) => thrown,
  );

describe('Speech of Azure', () => {
  itKeepsTheContract({
    service: 'AZURE_SPEECH',
    handler: azureSpeech(),
    make: azureVoice,
    request: request(),
    secretText: TEXT,
    refusals: [
      { what: 'a wrong key', reply: { status: 401, body: '' }, code: 'AZURE_SPEECH_INVALID_API_KEY' },
      { what: 'a key of another region', reply: { status: 403, body: '' }, code: 'AZURE_SPEECH_INVALID_API_KEY' },
      {
        what: 'too many calls',
        reply: { status: 429, headers: { 'retry-after': '5' }, body: 'Too Many Requests' },
        code: 'AZURE_SPEECH_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 5,
      },
      {
        what: 'a fault',
        reply: { status: 502, body: '<html>Bad Gateway</html>' },
        code: 'AZURE_SPEECH_API_ERROR',
        retriable: true,
      },
    ],
  });

  it('is a document in which the text has no tags, with the times of words', async () => {
    const { content, model, usage } = await voice().call(request(), contextOf());
    const inside = 'Bees &lt;dance&gt; &amp; show where the flowers are.';
    expect(documents).toEqual([speak('en-US-JennyNeural', inside)]);
    expect(model).toBe('neural');
    expect(usage).toEqual({ characters: inside.length });
    expect(voice().mostUsage(request())).toEqual(usage);
    expect(content.words).toMatchObject([
      { start: 0, end: 4, startSeconds: 0.25 },
      { start: 6, end: 11, startSeconds: 0.65 },
      { start: 15, end: 19 },
      { start: 20, end: 25 },
      { start: 26, end: 29 },
      { start: 30, end: 37 },
      { start: 38, end: 41 },
    ]);
    expect(content.words?.[0]?.endSeconds).toBeCloseTo(0.55, 5);
    expect((await decodeWav(content.audio)).samples.length).toBeGreaterThan(16_000);
  });

  it('has the voice and the speed that are chosen', async () => {
    await voice().call(request({ text: 'Hi', voiceId: 'en-GB-RyanNeural', speed: 1.25 }), contextOf());
    expect(documents).toEqual([speak('en-GB-RyanNeural', '<prosody rate="1.25">Hi</prosody>')]);
  });

  it('counts Chinese characters twice, as the service does', () => {
    const { characters } = voice().mostUsage(request({ text: '蜜蜂，ab', language: 'zh-TW' }));
    expect(characters).toBe(7);
  });

  it.each([
    ['zh-TW', 'zh-TW-HsiaoChenNeural'],
    ['zh-Hant', 'zh-TW-HsiaoChenNeural'],
    ['zh', 'zh-CN-XiaoxiaoNeural'],
    ['en-GB', 'en-GB-SoniaNeural'],
    ['de-LI', 'de-DE-KatjaNeural'],
    ['no', 'nb-NO-PernilleNeural'],
    ['pt-PT', 'pt-PT-RaquelNeural'],
  ])('in %s has the voice %s', async (language, id) => {
    await voice().call(request({ language }), contextOf());
    expect(documents[0]).toContain(`<voice name="${id}">`);
  });

  it.each([
    [1007, 'Unsupported voice en-US-Nope.', 'UNKNOWN_VOICE', false],
    [1007, 'SSML is invalid', 'AZURE_SPEECH_API_ERROR', false],
    [4429, 'The request is throttled', 'AZURE_SPEECH_RATE_LIMITED', true],
    [1011, 'Internal error', 'AZURE_SPEECH_TIMEOUT', true],
    [1000, '', 'AZURE_SPEECH_TIMEOUT', true],
  ])('that the service ends with %i %s is %s', async (close, reason, code, retriable) => {
    fake.replyWith({ upgrade: (socket) => socket.on('message', () => socket.close(close, reason)) });
    expect(await failure(voice().call(request(), contextOf()))).toMatchObject({ code, retriable });
  });

  it('says that a voice is missing', async () => {
    const call = voice().call(request({ voiceId: 'no "voice"' }), contextOf());
    expect(await failure(call)).toMatchObject({ code: 'UNKNOWN_VOICE' });
  });

  it.each([
    ['stops in the middle', (send: (text: string) => void) => send('Path:turn.start\r\n\r\n{}')],
    ['sends nothing that can be read', (send: (text: string) => void) => send('no message')],
  ])('of a service that %s is lost', async (_what, answer) => {
    fake.replyWith({ upgrade: (socket) => answer((text) => socket.send(text)) });
    const call = voice({ AZURE_SPEECH_TIMEOUT_MS: '300' }).call(request(), contextOf());
    expect(await failure(call)).toMatchObject({ code: 'AZURE_SPEECH_TIMEOUT' });
  });

  it('that has no end is given up once it is too long, also where all of it is headers', async () => {
    const message = `Path:turn.start\r\nX-Filler:${'x'.repeat(4 * 1024 * 1024)}\r\n\r\n`;
    fake.replyWith({
      upgrade: (socket) => {
        for (let sent = 0; sent < 17; sent += 1) socket.send(message);
      },
    });
    const call = voice({ AZURE_SPEECH_TIMEOUT_MS: '600000' }).call(request(), contextOf());
    const sentence = expect.stringContaining('without a complete answer');
    expect(await failure(call)).toMatchObject({ code: 'AZURE_SPEECH_TIMEOUT', message: sentence });
  });

  it('without sound is no answer, and is counted as paid', async () => {
    fake.replyWith({
      upgrade: (socket) => {
        socket.send('Path:audio.metadata\r\n\r\nno JSON');
        socket.send(Buffer.from([0]));
        socket.send('Path:turn.end\r\n\r\n{}');
      },
    });
    const error = await failure(voice().call(request(), contextOf()));
    expect(error).toMatchObject({ code: 'AZURE_SPEECH_API_ERROR' });
    if (!(error instanceof Error && error.cause instanceof UnusableAnswer)) throw new Error('It is not counted.');
    expect(error.cause.usage.characters).toBeGreaterThan(TEXT.length);
  });

  it('is unsuitable for a language without a voice, unless a voice is named', () => {
    expect(voice().unsuitable(request({ language: 'yo' }))).toMatchObject({ code: 'UNSUPPORTED_LANGUAGE' });
    expect(voice().unsuitable(request({ language: 'yo', voiceId: 'yo-NG-XNeural' }))).toBeUndefined();
  });

  it('lists the voices of a language, also those that speak several', async () => {
    const ids = async (language?: string) => (await voice().voices(language, contextOf().signal)).map(({ id }) => id);
    expect(await ids()).toHaveLength(3);
    expect(await ids('zh-TW')).toEqual(['en-US-AvaMultilingualNeural', 'zh-TW-HsiaoChenNeural']);
    expect((await voice().voices('de', contextOf().signal))[0]).toEqual({
      id: 'en-US-AvaMultilingualNeural',
      name: 'AvaMultilingual',
      languages: ['en-US', 'de-DE', 'zh-CN'],
      cloned: false,
    });
  });

  it.each([
    ['en', 'It costs $5 — M&M. 🎉 That is little.'],
    ['zh-TW', '今天是2024年3月5日，溫度25°C。'],
  ])('in %s has the times of the text as it is shown', async (language, text) => {
    const provider = externalSpeech(voice(), { decode: decodeWav });
    const { content } = await provider.call({ text, language, speed: 0.8 }, contextOf());
    expectTimings(text, content);
  });
});
