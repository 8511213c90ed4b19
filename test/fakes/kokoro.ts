import { expect } from 'vitest';
import { wavFile } from '../../src/providers/voices/sound/pcm.ts';
import { TEST_KEY } from '../providers/services/adapter-contract.ts';
import { tones } from '../providers/voices/spoken-tones.ts';
import type { FakeHandler, FakeReply } from './fake-service.ts';

const VOICES = ['af_heart', 'am_adam', 'bf_emma', 'zf_xiaobei', 'jf_alpha'];

/**
 * Kokoro-FastAPI as its source at https://github.com/remsky/Kokoro-FastAPI answers: api/src/routers/development.py and
 * openai_compatible.py. A wrong request fails the test.
 */
export const kokoro: FakeHandler = (request) => {
  expect(request.headers['authorization']).toBe(`Bearer ${TEST_KEY}`);
  if (request.path === '/v1/audio/voices') {
    expect(request.method).toBe('GET');
    return { body: { voices: VOICES } };
  }
  expect(request.method).toBe('POST');
  expect(['/dev/captioned_speech', '/v1/audio/speech']).toContain(request.path);
  const isCaptioned = request.path === '/dev/captioned_speech';
  const body = request.json() as { model: string; input: string; voice: string; speed?: number };
  expect(body).toEqual({
    model: 'kokoro',
    input: expect.any(String),
    voice: expect.any(String),
    response_format: 'wav',
    ...(isCaptioned ? { stream: false } : {}),
    ...('speed' in body ? { speed: expect.any(Number) } : {}),
  });
  if (!VOICES.includes(body.voice)) return validationError(`Voice '${body.voice}' not found. Available voices: …`);
  const { samples, words } = tones(body.input, body.speed);
  const wav = Buffer.from(wavFile([samples], 16_000));
  if (!isCaptioned) return { headers: { 'content-type': 'audio/wav' }, body: wav };
  const timestamps = words.map(({ start, end, startSeconds, endSeconds }) => ({
    word: body.input.slice(start, end),
    start_time: startSeconds,
    end_time: endSeconds,
  }));
  // Only English has times.
  const isEnglish = /^[ab]/.test(body.voice);
  return {
    body: { audio: wav.toString('base64'), audio_format: 'audio/wav', timestamps: isEnglish ? timestamps : null },
  };
};

export function validationError(message: string): Exclude<FakeReply, string> {
  return { status: 400, body: { detail: { error: 'validation_error', message, type: 'invalid_request_error' } } };
}

/** LocalAI (https://localai.io/features/text-to-audio/): OpenAI's interface, without a list of voices. */
export const localAi: FakeHandler = (request) => {
  expect(request.headers['authorization']).toBeUndefined();
  if (request.path !== '/v1/audio/speech')
    return { status: 404, body: { error: { code: 404, message: 'Not Found', type: '' } } };
  expect(request.method).toBe('POST');
  const body = request.json() as { input: string };
  expect(body).toEqual({
    model: 'voice-en-us-amy-low',
    input: expect.any(String),
    voice: expect.any(String),
    response_format: 'wav',
  });
  return {
    headers: { 'content-type': 'audio/wav' },
    body: Buffer.from(wavFile([tones(body.input).samples], 16_000)),
  };
};
