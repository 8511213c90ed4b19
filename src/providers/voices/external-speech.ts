import { AppError, throwIfCanceled } from '../../errors.ts';
import { languageOf } from '../../language/language.ts';
import { speakingSeconds } from '../../language/spoken/speaking-rate.ts';
import { isLost } from '../failover.ts';
import type { Speech, SpeechRequest } from '../ports.ts';
import {
  type Answer,
  type CallContext,
  type ContentProvider,
  type OtherUsage,
  UnusableAnswer,
  type Usage,
} from '../provider.ts';
import { counting, heardParts } from './heard-parts.ts';
import { joinedSpeech, type SpokenPart } from './joined-speech.ts';
import { partsWithin, preparedText, type TextPart } from './prepared-text.ts';
import { audibleRange } from './sound/pcm.ts';
import { silence } from './sound/silence.ts';
import { estimatedParts } from './timing/estimated-parts.ts';
import { pausesIn } from './timing/pauses.ts';
import { timedTokens } from './timing/timed-tokens.ts';
import type { TranscriptionProvider } from './transcription.ts';
import type { ServiceVoice, TimedPart, VoiceRequest, VoiceService, VoiceSound } from './voice-service.ts';

/**
 * Decodes a sound of any common form to one channel of 16-bit samples. Throws FFMPEG_FAILED, not retriable, for bytes that are
 * no sound.
 */
export type DecodeSound = (
  bytes: Uint8Array,
  signal: AbortSignal,
) => Promise<{ readonly samples: Int16Array; readonly sampleRate: number }>;

export interface ExternalSpeechPorts {
  readonly decode: DecodeSound;
  /**
   * Gives the times of the words of a service that does not. What it uses is part of the answer. Where it is missing or fails,
   * times are estimated.
   */
  readonly transcription?: TranscriptionProvider;
}

export interface ExternalSpeech extends ContentProvider<SpeechRequest, Speech> {
  voices(language: string | undefined, signal: AbortSignal): Promise<readonly ServiceVoice[]>;
}

/** A sound in which nothing is louder than silence, or that is shorter than any word. */
const SHORTEST_SECONDS = 0.05;

/**
 * Speech of an external service. The text is prepared as for the built-in voice, and the times of the words are those of the
 * text as it is shown.
 *
 * A text that is longer than the service takes in one request is sent in several, one after the other; each is paid, and the
 * usage is the sum. If one of them fails, the error's cause is an UnusableAnswer with the usage of those before it and of their transcripts. A text
 * without speakable characters is one second of silence, without a request.
 */
export function externalSpeech(service: VoiceService, ports: ExternalSpeechPorts): ExternalSpeech {
  const { name, models, paid, priority, concurrency } = service;
  return {
    name,
    service: service.service,
    models,
    paid,
    priority,
    concurrency,
    voices: (language, signal) => service.voices(language, signal),
    unsuitable: (request) => service.unsuitable(voiceRequest(service, request, request.text)),
    mostUsage: (request) => service.mostUsage(voiceRequest(service, request, longestForm(request.text))),
    usualUsage: (request) => service.mostUsage(voiceRequest(service, request, request.text)),
    cacheInput: (request) => request,
    mostOthers: (request) => mostOthers(ports, request),
    usualOthers: (request) => usualOthers(service, ports, request),
    call: (request, context) => speak(service, ports, request, context),
  };
}

/**
 * A text that is at least as long as the spoken form: a digit or a sign ("€", "%") becomes a word of at most 12 letters more,
 * also where the unit after it is written out.
 */
function longestForm(text: string): string {
  return text + text.replace(/[\p{L}\p{M}\s,;!?'"“”’()、。，！？；：]/gu, '').repeat(12);
}

/** The speed at which the service itself speaks. */
function nativeSpeed({ speeds: [slowest, fastest] }: VoiceService, speed: number): number {
  return Math.min(fastest, Math.max(slowest, speed));
}

function voiceRequest(service: VoiceService, request: SpeechRequest, text: string): VoiceRequest {
  const { language, voiceId, speed } = request;
  return { text, language, speed: nativeSpeed(service, speed), ...(voiceId === undefined ? {} : { voiceId }) };
}

async function speak(
  service: VoiceService,
  ports: ExternalSpeechPorts,
  request: SpeechRequest,
  context: CallContext,
): Promise<Answer<Speech>> {
  throwIfCanceled(context.signal);
  const prepared = await preparedText(request);
  const others: OtherUsage[] = [];
  const spent: Spent = { model: service.models[0] ?? service.name, usage: {}, others };
  if (prepared.pieces.length === 0) return { content: silence(request.text), ...spent };
  const parts: SpokenPart[] = [];
  const transcription = ports.transcription && counting(ports.transcription, others);
  let sampleRate: number | undefined;
  for (const part of partsWithin(prepared, service.maxCharacters)) {
    const text = prepared.spoken.text.slice(part.start, part.end);
    const answer = await asked(service, voiceRequest(service, request, text), context, spent);
    spent.model = answer.model;
    spent.usage = sumOf(spent.usage, answer.usage);
    const sound = await decoded(service, ports.decode, answer.content, spent, context.signal);
    if (sampleRate !== undefined && sound.sampleRate !== sampleRate)
      throw unusable(service, spent, 'changed its sample rate between the parts of a text');
    sampleRate = sound.sampleRate;
    parts.push(
      await timedPart(transcription, request.language, part, text, answer.content.words, sound, context.signal),
    );
  }
  const factor = nativeSpeed(service, request.speed) / request.speed;
  return { content: joinedSpeech(request, prepared, parts, sampleRate ?? 0, factor), ...spent };
}

/** Slower than any voice speaks, also at the lowest speed. */
const MOST_SECONDS_PER_UNIT = 0.6;

function mostOthers({ transcription }: ExternalSpeechPorts, { text, language }: SpeechRequest): readonly OtherUsage[] {
  if (transcription === undefined) return [];
  const durationSeconds = 5 + MOST_SECONDS_PER_UNIT * longestForm(text).length;
  const usage = transcription.mostUsage({ wav: new Uint8Array(), durationSeconds, language });
  return [{ provider: transcription.name, model: transcription.models[0] ?? '', usage }];
}

/** A voice that gives the times of its words itself needs no transcript. */
function usualOthers(service: VoiceService, ports: ExternalSpeechPorts, request: SpeechRequest): readonly OtherUsage[] {
  const { transcription } = ports;
  if (transcription === undefined || service.givesTimes) return [];
  const { text, language, speed } = request;
  const durationSeconds = speakingSeconds(text, languageOf(language), speed);
  const usage = transcription.mostUsage({ wav: new Uint8Array(), durationSeconds, language });
  return [{ provider: transcription.name, model: transcription.models[0] ?? '', usage }];
}

/** What the requests so far have used. */
interface Spent {
  model: string;
  usage: Usage;
  /** Of the transcripts. */
  readonly others: readonly OtherUsage[];
}

/** A failure after paid parts says what they used; one without an answer, what it may have used. */
async function asked(
  service: VoiceService,
  request: VoiceRequest,
  context: CallContext,
  spent: Spent,
): Promise<Answer<VoiceSound>> {
  const before = { ...spent };
  try {
    return await service.call(request, context);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    const own = isLost(thrown) ? service.mostUsage(request) : usageIn(thrown);
    const used = sumOf(before.usage, own);
    if (Object.keys(used).length === 0) throw thrown;
    throw new AppError(thrown.code, thrown.message, {
      cause: new UnusableAnswer(before.model, used, 'the text, or a part of it, was sent', before.others),
      retriable: thrown.retriable,
      retryAfterSeconds: thrown.retryAfterSeconds,
    });
  }
}

function usageIn({ cause }: AppError): Usage {
  return cause instanceof UnusableAnswer ? cause.usage : {};
}

interface Decoded {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  /** The part of the samples that is heard. */
  readonly heard: { readonly start: number; readonly end: number };
}

async function decoded(
  service: VoiceService,
  decode: DecodeSound,
  { audio }: VoiceSound,
  spent: Spent,
  signal: AbortSignal,
): Promise<Decoded> {
  const { samples, sampleRate } = await decode(audio, signal).catch((thrown: unknown) => {
    throwIfCanceled(signal);
    if (thrown instanceof AppError && thrown.code === 'FFMPEG_FAILED' && !thrown.retriable)
      throw unusable(service, spent, 'answered with something that is no sound', thrown);
    throw thrown;
  });
  const heard = audibleRange(samples, sampleRate);
  if (heard === undefined || heard.end - heard.start < SHORTEST_SECONDS * sampleRate)
    throw unusable(service, spent, 'answered with silence');
  return { samples, sampleRate, heard };
}

function unusable(service: VoiceService, spent: Spent, what: string, thrown?: unknown): AppError {
  const cause = new UnusableAnswer(spent.model, spent.usage, what, spent.others);
  if (thrown !== undefined) cause.cause = thrown;
  return new AppError(`${service.service}_API_ERROR`, `The voice service ${service.name} ${what}.`, { cause });
}

async function timedPart(
  transcription: TranscriptionProvider | undefined,
  language: string,
  part: TextPart,
  text: string,
  words: readonly TimedPart[] | undefined,
  sound: Decoded,
  signal: AbortSignal,
): Promise<SpokenPart> {
  const { samples, sampleRate, heard } = sound;
  const kept = samples.slice(heard.start, heard.end);
  const shift = heard.start / sampleRate;
  const within = { startSeconds: 0, endSeconds: kept.length / sampleRate };
  const given = words?.map((word) => ({
    ...word,
    startSeconds: word.startSeconds - shift,
    ...(word.endSeconds === undefined ? {} : { endSeconds: word.endSeconds - shift }),
  }));
  const known =
    given === undefined || given.length === 0
      ? await heardParts(transcription, language, text, kept, sampleRate, signal)
      : withoutPauses(given, kept, sampleRate);
  const parts = known ?? estimatedParts(text, within, pausesIn(kept, sampleRate));
  return { part, samples: kept, tokens: timedTokens(text, parts, within) };
}

/** A word whose end is not given ends with its last sound before the next word. */
function withoutPauses(words: readonly TimedPart[], samples: Int16Array, sampleRate: number): readonly TimedPart[] {
  return words.map((word, index) => {
    if (word.endSeconds !== undefined) return word;
    const from = Math.max(0, Math.round(word.startSeconds * sampleRate));
    const following = words[index + 1]?.startSeconds;
    const to = following === undefined ? samples.length : Math.round(following * sampleRate);
    const range = audibleRange(samples.subarray(from, Math.max(from, to)), sampleRate);
    return range === undefined ? word : { ...word, endSeconds: (from + range.end) / sampleRate };
  });
}

function sumOf(one: Usage, other: Usage): Usage {
  const kinds = ['inputTokens', 'outputTokens', 'images', 'characters', 'seconds'] as const;
  return Object.fromEntries(
    kinds.flatMap((kind) =>
      one[kind] === undefined && other[kind] === undefined ? [] : [[kind, (one[kind] ?? 0) + (other[kind] ?? 0)]],
    ),
  );
}
