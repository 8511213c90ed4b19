import { expect } from 'vitest';
import { wavFile } from '../../src/providers/voices/sound/pcm.ts';
import { TEST_KEY } from '../providers/services/adapter-contract.ts';
import { tones } from '../providers/voices/spoken-tones.ts';
import type { FakeHandler, FakeReply, ReceivedRequest } from './fake-service.ts';
import { multipartOf } from './multipart.ts';

const VOICES = ['JBFqnCBsd6RMkjVDRZzb', 'own-voice-1'];

/**
 * ElevenLabs as documented at https://elevenlabs.io/docs/api-reference: text-to-speech/convert-with-timestamps,
 * voices/search, speech-to-text/convert and user/subscription/get. A wrong request fails the test.
 */
export const elevenlabs: FakeHandler = (request) => {
  expect(request.headers['xi-api-key']).toBe(TEST_KEY);
  const url = new URL(request.path, 'http://fake');
  if (url.pathname === '/v2/voices') return voices(request, url);
  if (url.pathname === '/v1/speech-to-text') return transcript(request);
  if (url.pathname === '/v1/user/subscription') return subscription(request);
  return speech(request, url);
};

function speech(request: ReceivedRequest, url: URL): FakeReply {
  expect(request.method).toBe('POST');
  expect(request.headers['content-type']).toBe('application/json');
  const voice = /^\/v1\/text-to-speech\/([^/]+)\/with-timestamps$/.exec(url.pathname)?.[1];
  expect(url.search).toBe('?output_format=mp3_44100_128');
  if (!VOICES.includes(voice ?? ''))
    return {
      status: 404,
      body: {
        detail: {
          type: 'not_found',
          code: 'voice_not_found',
          message: `No voice ${voice}.`,
          status: 'voice_not_found',
        },
      },
    };
  const body = request.json() as { text: string; model_id: string };
  expect(body).toEqual({
    text: expect.any(String),
    model_id: expect.stringMatching(/^eleven_/),
    ...(body.model_id.endsWith('_v2_5') ? { language_code: expect.stringMatching(/^[a-z]{2,3}$/) } : {}),
    ...('voice_settings' in body ? { voice_settings: { speed: expect.any(Number) } } : {}),
  });
  const { samples, words } = tones(body.text);
  const characters = Array.from(body.text);
  let offset = 0;
  const times = characters.map((character) => {
    const at = offset;
    offset += character.length;
    const word = words.find(({ end }) => end > at);
    return at < (word?.start ?? 0)
      ? [words.findLast(({ end }) => end <= at)?.endSeconds ?? 0, word?.startSeconds ?? 0]
      : [word?.startSeconds ?? samples.length, word?.endSeconds ?? samples.length];
  });
  const alignment = {
    characters,
    character_start_times_seconds: times.map(([start]) => start),
    character_end_times_seconds: times.map(([, end]) => end),
  };
  return {
    headers: { 'request-id': 'r1', 'character-cost': String(characters.length) },
    body: {
      audio_base64: Buffer.from(wavFile([samples], 16_000)).toString('base64'),
      alignment,
      normalized_alignment: alignment,
    },
  };
}

function voices(request: ReceivedRequest, url: URL): FakeReply {
  expect(request.method).toBe('GET');
  expect(url.searchParams.get('page_size')).toBe('100');
  const second = url.searchParams.get('next_page_token') === 'page two';
  return {
    body: second
      ? {
          voices: [
            {
              voice_id: 'own-voice-1',
              name: 'Me',
              category: 'cloned',
              labels: { accent: 'british' },
              preview_url: null,
              verified_languages: [],
            },
          ],
          has_more: false,
          next_page_token: null,
        }
      : {
          voices: [
            {
              voice_id: 'JBFqnCBsd6RMkjVDRZzb',
              name: 'George',
              category: 'premade',
              labels: { language: 'en', accent: 'british', gender: 'male' },
              preview_url: 'https://storage.example/george.mp3',
              verified_languages: [
                { language: 'en', model_id: 'eleven_multilingual_v2', accent: 'british', locale: 'en-GB' },
                { language: 'fr', model_id: 'eleven_multilingual_v2', accent: 'standard', locale: 'fr-FR' },
              ],
            },
            {
              voice_id: 'v2',
              name: 'Lin',
              category: 'professional',
              labels: { language: 'zh' },
              preview_url: 'no url',
            },
          ],
          has_more: true,
          next_page_token: 'page two',
        },
  };
}

function subscription(request: ReceivedRequest): FakeReply {
  expect(request.method).toBe('GET');
  expect(request.body).toHaveLength(0);
  return {
    body: {
      tier: 'creator',
      character_count: 8_000,
      character_limit: 10_000,
      max_character_limit_extension: null,
      can_extend_character_limit: true,
      allowed_to_extend_character_limit: true,
      next_character_count_reset_unix: 1_798_761_600,
      voice_slots_used: 3,
      voice_limit: 30,
      currency: 'usd',
      status: 'active',
      billing_period: 'monthly_period',
      character_refresh_period: 'monthly_period',
      has_open_invoices: false,
    },
  };
}

function transcript(request: ReceivedRequest): FakeReply {
  expect(request.method).toBe('POST');
  const { fields, files } = multipartOf(request);
  expect(fields).toEqual({
    model_id: [expect.stringMatching(/^scribe_v\d$/)],
    language_code: [expect.stringMatching(/^[a-z]{2,3}$/)],
    timestamps_granularity: ['word'],
    tag_audio_events: ['false'],
    diarize: ['false'],
  });
  expect(Object.keys(files)).toEqual(['file']);
  expect(files['file']?.subarray(0, 4).toString()).toBe('RIFF');
  return {
    body: {
      language_code: 'eng',
      language_probability: 0.98,
      text: 'Hello there.',
      words: [
        { text: 'Hello', start: 0.1, end: 0.4, type: 'word', speaker_id: 'speaker_0', logprob: 0 },
        { text: ' ', start: 0.4, end: 0.5, type: 'spacing' },
        { text: '(laughter)', start: 0.45, end: 0.5, type: 'audio_event' },
        { text: 'there.', start: 0.5, end: 0.9, type: 'word' },
      ],
      transcription_id: 't1',
    },
  };
}
