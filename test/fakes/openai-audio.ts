import { expect } from 'vitest';
import { wavFile } from '../../src/providers/voices/sound/pcm.ts';
import { TEST_KEY } from '../providers/services/adapter-contract.ts';
import { tones } from '../providers/voices/spoken-tones.ts';
import type { FakeHandler, FakeReply, ReceivedRequest } from './fake-service.ts';
import { multipartOf } from './multipart.ts';

/**
 * The audio endpoints of OpenAI as documented at https://developers.openai.com/api/reference/resources/audio: speech and
 * transcriptions, which Groq has too (https://console.groq.com/docs/speech-to-text). A wrong request fails the test.
 */
export const openaiAudio: FakeHandler = (request) => {
  expect(request.method).toBe('POST');
  expect(request.headers['authorization']).toBe(`Bearer ${TEST_KEY}`);
  return request.path.endsWith('/audio/transcriptions') ? transcript(request) : speech(request);
};

function speech(request: ReceivedRequest): FakeReply {
  expect(request.path).toBe('/v1/audio/speech');
  expect(request.headers['content-type']).toBe('application/json');
  const body = request.json() as { model: string; input: string };
  const isOld = body.model.startsWith('tts-1');
  expect(body).toEqual({
    model: expect.stringMatching(/^(?:tts-1|tts-1-hd|gpt-4o-mini-tts)/),
    input: expect.any(String),
    voice: expect.anything(),
    response_format: 'mp3',
    ...(isOld ? { speed: expect.any(Number) } : { stream_format: 'sse' }),
  });
  expect(body.input.length).toBeLessThanOrEqual(4_096);
  const sound = Buffer.from(wavFile([tones(body.input).samples], 16_000));
  if (isOld) return { headers: { 'content-type': 'audio/mpeg' }, body: sound };
  const half = Math.floor(sound.length / 2);
  const events = [
    { type: 'speech.audio.delta', audio: sound.subarray(0, half).toString('base64') },
    { type: 'speech.audio.delta', audio: sound.subarray(half).toString('base64') },
    { type: 'speech.audio.done', usage: { input_tokens: 14, output_tokens: 101, total_tokens: 115 } },
  ];
  return {
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    body: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
  };
}

function transcript(request: ReceivedRequest): FakeReply {
  const { fields, files } = multipartOf(request);
  expect(fields).toEqual({
    model: [expect.stringMatching(/^whisper-/)],
    language: [expect.stringMatching(/^[a-z]{2}$/)],
    response_format: ['verbose_json'],
    'timestamp_granularities[]': ['word'],
    temperature: ['0'],
  });
  expect(Object.keys(files)).toEqual(['file']);
  expect(files['file']?.subarray(0, 4).toString()).toBe('RIFF');
  return {
    body: {
      task: 'transcribe',
      language: 'english',
      duration: 1.2,
      text: 'Hello there.',
      words: [
        { word: 'Hello', start: 0.1, end: 0.4 },
        { word: 'there', start: 0.5, end: 0.9 },
      ],
      usage: { type: 'duration', seconds: 2 },
    },
  };
}
