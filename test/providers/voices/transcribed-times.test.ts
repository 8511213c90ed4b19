import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { externalSpeech } from '../../../src/providers/voices/external-speech.ts';
import { locatedWords } from '../../../src/providers/voices/timing/located-words.ts';
import { spokenTokens } from '../../../src/providers/voices/timing/spoken-tokens.ts';
import type { TranscriptionProvider, TranscriptionRequest } from '../../../src/providers/voices/transcription.ts';
import type { HeardWord } from '../../../src/providers/voices/voice-service.ts';
import { contextOf } from '../services/adapter-contract.ts';
import { expectTimings } from '../speech-checks.ts';
import { decodeWav, toneVoice } from './spoken-tones.ts';

/** A transcript in which each word takes a second. */
const heard = (text: string): HeardWord[] =>
  text.split(' ').map((word, index) => ({ text: word, startSeconds: index, endSeconds: index + 1 }));
const placed = (text: string, transcript: string) =>
  locatedWords(text, heard(transcript)).parts.map(({ start, end, startSeconds }) => [
    text.slice(start, end),
    startSeconds,
  ]);

describe('The words of a transcript', () => {
  it('have their places in the text, whatever their case and punctuation', () => {
    expect(placed('Bees dance. Others follow!', 'bees Dance others, follow')).toEqual([
      ['Bees', 0],
      ['dance', 1],
      ['Others', 2],
      ['follow', 3],
    ]);
  });

  it('keep their places where words are missing, added or written in another way', () => {
    expect(placed('It costs five dollars in all places today', 'It costs $5 in um places today')).toEqual([
      ['It', 0],
      ['costs', 1],
      [expect.stringMatching(/^(?:five|dollars)$/), 2],
      ['in', 3],
      ['all', 4],
      ['places', 5],
      ['today', 6],
    ]);
    expect(placed('one two three four', 'one four')).toEqual([
      ['one', 0],
      ['four', 1],
    ]);
    expect(placed('one four', 'one two three four')).toEqual([
      ['one', 0],
      ['four', 3],
    ]);
  });

  it('are found in Chinese by the character, also where the transcript is in Simplified characters', () => {
    const { parts, agreement } = locatedWords('蜜蜂跳舞。花在這裡。', [
      { text: '蜜蜂', startSeconds: 0, endSeconds: 1 },
      { text: '跳舞', startSeconds: 1, endSeconds: 2 },
      { text: '花在这里', startSeconds: 3, endSeconds: 5 },
    ]);
    expect(parts.map(({ start, startSeconds }) => [start, startSeconds])).toEqual([
      [0, 0],
      [1, 0.5],
      [2, 1],
      [3, 1.5],
      [5, 3],
      [6, 3.5],
      [7, 4],
      [8, 4.5],
    ]);
    expect(agreement).toBe(6 / 8);
  });

  it('of another text agree with little of it', () => {
    const text = 'Bees dance to show where the flowers are.';
    expect(locatedWords(text, heard('Thanks for watching and subscribe')).agreement).toBe(0);
    expect(locatedWords(text, []).parts).toEqual([]);
    expect(locatedWords('', heard('Thanks')).agreement).toBe(0);
  });

  it('are found in a long text with differences all over it', () => {
    const words = Array.from({ length: 2_000 }, (_, index) => `word${index % 97}`);
    const transcript = words.flatMap((word, index) =>
      index % 10 === 3 ? [] : index % 10 === 7 ? [word, 'um'] : [word],
    );
    const { agreement } = locatedWords(words.join(' '), heard(transcript.join(' ')));
    expect(agreement).toBeGreaterThan(0.89);
  });
});

const TEXT = 'It costs $5 today, and few know why.';
const SPOKEN = 'It costs five dollars today, and few know why.';

/** Hears what it is asked to hear, each word at the place where the tone voice says it. */
function transcriber(words: readonly string[], more: Partial<TranscriptionProvider> = {}): TranscriptionProvider {
  return {
    name: 'groq',
    service: 'GROQ',
    models: ['whisper'],
    paid: true,
    priority: 1,
    concurrency: 1,
    unsuitable: () => undefined,
    mostUsage: ({ durationSeconds }: TranscriptionRequest) => ({ seconds: durationSeconds }),
    call: async () => ({
      content: {
        words: words.map((text, index) => ({ text, startSeconds: index * 0.4, endSeconds: index * 0.4 + 0.3 })),
      },
      model: 'whisper',
      usage: {},
    }),
    ...more,
  };
}

const speak = async (transcription: TranscriptionProvider) =>
  (
    await externalSpeech(toneVoice({ timed: false }), { decode: decodeWav, transcription }).call(
      { text: TEXT, language: 'en', speed: 1 },
      contextOf(),
    )
  ).content;

describe('A voice without times', () => {
  it('has those of a transcript', async () => {
    const speech = await speak(transcriber(spokenTokens(SPOKEN).map(({ text }) => text)));
    expectTimings(TEXT, speech);
    expect(speech.timings.map(({ text, startSeconds }) => [text, Math.round(startSeconds * 10) / 10])).toEqual([
      ['It', 0],
      ['costs', 0.4],
      ['$5', 0.8],
      ['today,', 1.6],
      ['and', 2],
      ['few', 2.4],
      ['know', 2.8],
      ['why.', 3.2],
    ]);
  });

  it('sends the sound as it is heard, and its language', async () => {
    const requests: TranscriptionRequest[] = [];
    const unsuitable = (request: TranscriptionRequest): undefined => {
      requests.push(request);
    };
    await speak(transcriber([], { unsuitable }));
    const [asked] = requests;
    expect(asked?.language).toBe('en');
    const { samples, sampleRate } = await decodeWav(asked?.wav ?? new Uint8Array());
    expect(asked?.durationSeconds).toBe(samples.length / sampleRate);
    // Nine words of 0.4 s, without the silence at both ends.
    expect(asked?.durationSeconds).toBeCloseTo(3.53, 1);
  });

  it.each<[string, TranscriptionProvider]>([
    ['is of another text', transcriber(['Thanks', 'for', 'watching'])],
    ['is empty', transcriber([])],
    [
      'failed',
      transcriber([], { call: () => Promise.reject(new AppError('GROQ_TIMEOUT', 'No answer.', { retriable: true })) }),
    ],
    [
      'is not possible',
      transcriber([], {
        unsuitable: () => new AppError('GROQ_API_ERROR', 'Too long.'),
        call: () => expect.fail('It was asked.'),
      }),
    ],
  ])('has estimated times where the transcript %s', async (_what, transcription) => {
    const speech = await speak(transcription);
    expectTimings(TEXT, speech);
    expect(speech.timings[4]?.startSeconds).toBeGreaterThan(1.4);
    expect(speech.timings[4]?.startSeconds).toBeLessThan(2.4);
  });

  it('costs as much as a transcript can where its answer was lost, and nothing for one that was refused', async () => {
    const costsAfter = async (code: 'GROQ_TIMEOUT' | 'GROQ_RATE_LIMITED') => {
      const transcription = transcriber([], { call: () => Promise.reject(new AppError(code, 'No.')) });
      const provider = externalSpeech(toneVoice({ timed: false }), { decode: decodeWav, transcription });
      return (await provider.call({ text: TEXT, language: 'en', speed: 1 }, contextOf())).others;
    };
    // Nine words of 0.4 s, without the silence at both ends.
    const most = { provider: 'groq', model: 'whisper', usage: { seconds: expect.closeTo(3.53, 1) } };
    expect(await costsAfter('GROQ_TIMEOUT')).toEqual([most]);
    expect(await costsAfter('GROQ_RATE_LIMITED')).toEqual([]);
  });

  it('says what its transcripts have cost where a later part of the text fails', async () => {
    const refusal = new AppError('ELEVENLABS_API_ERROR', 'No.');
    const voice = toneVoice({
      timed: false,
      maxCharacters: 30,
      instead: (request) => (request === 2 ? refusal : undefined),
    });
    const transcription = transcriber([], {
      call: async () => ({ content: { words: [] }, model: 'whisper', usage: { seconds: 2 } }),
    });
    const provider = externalSpeech(voice, { decode: decodeWav, transcription });
    const request = { text: 'One and two. Three and four. Five and six.', language: 'en', speed: 1 };
    const error = await provider.call(request, contextOf()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'ELEVENLABS_API_ERROR',
      cause: { others: [{ provider: 'groq', model: 'whisper', usage: { seconds: 2 } }] },
    });
  });

  it('ends with the caller who aborts while it is transcribed', async () => {
    const abort = new AbortController();
    const call = async () => {
      abort.abort(new AppError('CANCELED', 'Stop.'));
      throw abort.signal.reason;
    };
    const provider = externalSpeech(toneVoice({ timed: false }), {
      decode: decodeWav,
      transcription: transcriber([], { call }),
    });
    const speech = provider.call({ text: TEXT, language: 'en', speed: 1 }, contextOf({ signal: abort.signal }));
    await expect(speech).rejects.toMatchObject({ code: 'CANCELED' });
  });
});
