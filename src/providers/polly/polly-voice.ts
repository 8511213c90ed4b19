import { z } from 'zod';
import { AppError, throwIfCanceled } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';
import type { Refusal } from '../http/refusals.ts';
import { ServiceClient } from '../http/service-client.ts';
import type { Answer, Usage } from '../provider.ts';
import { characterCount, type PaidAnswer, soundOf } from '../voices/service-answers.ts';
import { byteOffsets, markedUp, unitAt } from '../voices/ssml.ts';
import { languageTag, speaks, unknownVoice, unsupportedLanguage } from '../voices/voice-errors.ts';
import type { ServiceVoice, TimedPart, VoiceRequest, VoiceService, VoiceSound } from '../voices/voice-service.ts';
import { signedHeaders } from './aws-signature.ts';
import { defaultPollyVoice } from './polly-voices.ts';

const DEFAULT_ENGINE = 'neural';
/** https://docs.aws.amazon.com/polly/latest/dg/limits.html: 3,000 billed characters; tags are not billed. */
const LONGEST = 3_000;
/** The engines with which the tag for the speed works: https://docs.aws.amazon.com/polly/latest/dg/supportedtags.html */
const WITH_SPEED: ReadonlySet<string> = new Set(['neural', 'standard']);

/**
 * Voices of AWS Polly; the model is the engine (standard, neural, long-form, generative). The times of words are a second
 * request for the same text, which is billed like the first. If it fails, the sound has no times.
 */
export function pollyVoice(settings: ServiceSettings): VoiceService {
  const engine = settings.models.SPEECH ?? DEFAULT_ENGINE;
  const polly = new Polly(settings);
  const charactersOf = ({ text }: VoiceRequest): number => characterCount(text);
  return {
    name: settings.name,
    service: 'POLLY',
    models: [engine],
    paid: true,
    priority: settings.priority,
    concurrency: settings.concurrency,
    givesTimes: true,
    maxCharacters: LONGEST,
    speeds: WITH_SPEED.has(engine) ? [0.5, 2] : [1, 1],
    unsuitable: ({ language, voiceId }) =>
      voiceId === undefined && defaultPollyVoice(engine, language) === undefined
        ? unsupportedLanguage('POLLY', language)
        : undefined,
    mostUsage: ({ text }) => ({ characters: 2 * text.length }),
    voices: (language, signal) => polly.voices(engine, language, signal),
    async call(request, { signal }): Promise<Answer<VoiceSound>> {
      const { text, speed, language, voiceId } = request;
      const { document, offsets } = speed === 1 ? plain(text) : withSpeed(text, speed);
      const body = {
        Engine: engine,
        Text: document,
        TextType: speed === 1 ? 'text' : 'ssml',
        VoiceId: voiceId ?? defaultPollyVoice(engine, language),
      };
      const paid: PaidAnswer = { service: 'POLLY', model: engine, usage: { characters: charactersOf(request) } };
      const response = await polly.post('/v1/speech', { ...body, OutputFormat: 'mp3' }, signal);
      const sound = await soundOf(response, paid);
      const audioCharacters = billed(response) ?? charactersOf(request);
      const usage = (more: number): Usage => ({ characters: audioCharacters + more });
      try {
        const marks = await polly.post(
          '/v1/speech',
          { ...body, OutputFormat: 'json', SpeechMarkTypes: ['word'] },
          signal,
        );
        const words = wordsOf(await marks.text(), document, offsets);
        const content = words.length === 0 ? sound : { ...sound, words };
        return { content, model: engine, usage: usage(billed(marks) ?? audioCharacters) };
      } catch (thrown) {
        throwIfCanceled(signal);
        if (!(thrown instanceof AppError)) throw thrown;
        // An answer that was lost may have been billed.
        return { content: sound, model: engine, usage: usage(thrown.code === 'POLLY_TIMEOUT' ? audioCharacters : 0) };
      }
    },
  };
}

function plain(text: string): { readonly document: string; readonly offsets: readonly number[] } {
  return { document: text, offsets: Array.from({ length: text.length }, (_, index) => index) };
}

function withSpeed(text: string, speed: number): ReturnType<typeof plain> {
  return markedUp(`<speak><prosody rate="${Math.round(speed * 100)}%">`, text, '</prosody></speak>');
}

/** https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html: the characters that are billed. */
function billed({ headers }: Response): number | undefined {
  const text = headers.get('x-amzn-requestcharacters') ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** https://docs.aws.amazon.com/polly/latest/dg/output.html: offsets are bytes of the text that was sent, with its tags. */
const mark = z.object({
  type: z.literal('word'),
  time: z.number().nonnegative(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
});

function wordsOf(lines: string, document: string, offsets: readonly number[]): readonly TimedPart[] {
  const bytes = byteOffsets(document);
  return lines.split('\n').flatMap((line) => {
    const parsed = mark.safeParse(jsonIn(line));
    if (!parsed.success || parsed.data.end <= parsed.data.start) return [];
    const { time, start, end } = parsed.data;
    const first = unitAt(offsets, unitAt(bytes, start));
    const last = unitAt(offsets, unitAt(bytes, end - 1));
    return [{ start: first, end: last + 1, startSeconds: time / 1_000 }];
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** https://docs.aws.amazon.com/polly/latest/dg/API_DescribeVoices.html */
const voiceList = z.object({
  Voices: z.array(
    z.object({
      Id: z.string().min(1),
      Name: z.string(),
      LanguageCode: languageTag,
      AdditionalLanguageCodes: z.array(languageTag).nullish(),
      SupportedEngines: z.array(z.string()),
    }),
  ),
  NextToken: z.string().nullish(),
});
const MOST_PAGES = 10;

class Polly {
  readonly #settings: ServiceSettings;
  readonly #baseUrl: string;
  readonly #region: string;
  readonly #client: ServiceClient;

  constructor(settings: ServiceSettings) {
    this.#settings = settings;
    this.#region = settings.region ?? 'us-east-1';
    this.#baseUrl = settings.baseUrl ?? `https://polly.${this.#region}.amazonaws.com`;
    this.#client = new ServiceClient({
      service: 'POLLY',
      baseUrl: this.#baseUrl,
      headers: {},
      timeoutMs: settings.timeoutMs,
      refused: meaningOf,
    });
  }

  async post(path: string, content: object, signal: AbortSignal): Promise<Response> {
    const body = JSON.stringify(content);
    const headers = this.#signed('POST', path, { 'content-type': 'application/json' }, body);
    return await this.#client.send({ method: 'POST', path, headers, body, signal });
  }

  async voices(engine: string, language: string | undefined, signal: AbortSignal): Promise<readonly ServiceVoice[]> {
    const voices: ServiceVoice[] = [];
    let next: string | null | undefined;
    for (let page = 0; page === 0 || (next && page < MOST_PAGES); page += 1) {
      const query = new URLSearchParams({ Engine: engine, ...(next ? { NextToken: next } : {}) });
      const path = `/v1/voices?${query}`;
      const headers = this.#signed('GET', path, {}, '');
      const found = await this.#client.json({ method: 'GET', path, headers, signal }, voiceList);
      for (const { Id, Name, LanguageCode, AdditionalLanguageCodes, SupportedEngines } of found.Voices) {
        const languages = [LanguageCode, ...(AdditionalLanguageCodes ?? [])].flatMap((tag) => tag ?? []);
        if (SupportedEngines.includes(engine) && speaks(languages, language))
          voices.push({ id: Id, name: Name, languages, cloned: false });
      }
      next = found.NextToken;
    }
    return voices;
  }

  #signed(method: string, path: string, headers: Readonly<Record<string, string>>, body: string) {
    const { accessKeyId = '', apiKey = '', sessionToken } = this.#settings;
    return signedHeaders(
      { method, url: new URL(`${this.#baseUrl}${path}`), headers, body },
      { region: this.#region, service: 'polly', date: new Date() },
      { accessKeyId, secretAccessKey: apiKey, sessionToken },
    );
  }
}

const THROTTLED: ReadonlySet<string> = new Set(['ThrottlingException', 'Throttling', 'TooManyRequestsException']);
const KEY_PROBLEMS =
  /^(?:UnrecognizedClient|InvalidSignature|IncompleteSignature|AccessDenied|ExpiredToken|MissingAuthentication)/;

/** AWS names the error in a header, sometimes with an address after it. */
function meaningOf(refusal: Refusal): AppError | Refusal {
  const name = (refusal.headers['x-amzn-errortype'] ?? '').split(':')[0]?.slice(0, 60) ?? '';
  // A voice of another engine, or of none: the message of a validation names the field.
  if (name === 'EngineNotSupportedException' || (name === 'ValidationException' && /voiceId/i.test(refusal.body)))
    return unknownVoice('POLLY');
  const status = THROTTLED.has(name) ? 429 : KEY_PROBLEMS.test(name) ? 403 : refusal.status;
  return name === '' ? refusal : { ...refusal, status, body: JSON.stringify({ code: name }) };
}
