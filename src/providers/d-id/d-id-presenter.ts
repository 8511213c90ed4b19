import { AppError, canceled } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';
import { download, type Resolve } from '../http/download.ts';
import { ServiceClient } from '../http/service-client.ts';
import { withinTimeLimit } from '../http/time-limit.ts';
import type { AvatarProvider, PresenterRequest, PresenterVideo } from '../ports.ts';
import { type Answer, type CallContext, UnusableAnswer, type Usage } from '../provider.ts';
import { type Pause, refused, type Talk, Talks, talkFailure } from './talks.ts';

const BASE_URL = 'https://api.d-id.com';
const MODEL = 'talks';
/** From the quick start of its documentation: https://docs.d-id.com/docs/v2-photo-avatar-quickstart. */
const DEFAULT_IMAGE = 'https://create-images-results.d-id.com/DefaultPresenters/Noelle_f/image.png';
/** https://www.d-id.com/faqs/ */
const LONGEST_SECONDS = 300;
/** A talk of 300 s at 2 Mbit/s. */
const MOST_BYTES = 80 * 1024 * 1024;
/** D-ID counts credits, and one is for up to 15 seconds of a talk. */
const CREDIT_SECONDS = 15;
/** By which a talk may be longer than its sound. */
const MARGIN_SECONDS = 1;

/** Decodes a video from outside and encodes it again. Rejects with an AppError for a file that is none. */
export type CheckPresenter = (bytes: Uint8Array, signal: AbortSignal) => Promise<PresenterVideo>;

export interface DIdPorts {
  readonly check: CheckPresenter;
  /** For tests. */
  readonly resolve?: Resolve;
  readonly pause?: Pause;
}

/**
 * Presenters by D-ID, who speak our sound. A call starts a talk and asks until it has ended; a call that was interrupted is continued
 * with the talk's id.
 */
export function dIdPresenter(settings: ServiceSettings, { check, resolve, pause }: DIdPorts): AvatarProvider {
  const { service, name, priority, concurrency, timeoutMs, baseUrl = BASE_URL } = settings;
  // The key is used as the studio shows it: https://docs.d-id.com/reference/basic-authentication.
  const headers = { authorization: `Basic ${settings.apiKey ?? ''}` };
  const talks = new Talks(new ServiceClient({ service, timeoutMs, baseUrl, headers, refused }), pause);

  const start = async (
    { imageUrl = DEFAULT_IMAGE, sound }: PresenterRequest,
    context: CallContext,
    signal: AbortSignal,
  ) => {
    const audioUrl = await talks.upload(await sound(), signal);
    const id = await talks.create({ imageUrl, audioUrl }, signal);
    await context.onStarted(id);
    return id;
  };

  const call = async (request: PresenterRequest, context: CallContext, signal: AbortSignal) => {
    const id = context.startedId ?? (await start(request, context, signal));
    const ended = await talks.ended(id, signal);
    if (ended.status !== 'done') throw talkFailure(ended);
    // A talk is as long as the sound that we have sent, whatever the answer says.
    const usage = billed(Math.min(ended.duration ?? request.seconds, request.seconds + MARGIN_SECONDS));
    const options = { baseUrl, maxBytes: MOST_BYTES, timeoutMs, signal, ...(resolve ? { resolve } : {}) };
    const bytes = await download({ url: linkIn(ended, usage), ...options }).catch((thrown: unknown) => {
      throw afterPayment(thrown, usage);
    });
    return await checked(bytes, usage, check, signal);
  };

  return {
    name,
    service,
    models: [MODEL],
    paid: true,
    priority,
    concurrency,
    unsuitable: ({ seconds }) => (seconds > LONGEST_SECONDS ? tooLong() : undefined),
    mostUsage: ({ seconds }) => billed(seconds + MARGIN_SECONDS),
    usualUsage: ({ seconds }) => billed(seconds),
    call: (request, context) => {
      const sentence = `D-ID has not made the presenter within ${timeoutMs / 1_000} s.`;
      return withinTimeLimit(settings, sentence, context.signal, (signal) => call(request, context, signal));
    },
  };
}

function billed(seconds: number): Usage {
  return { seconds: CREDIT_SECONDS * Math.max(1, Math.ceil(seconds / CREDIT_SECONDS)) };
}

function linkIn({ result_url: link }: Talk, usage: Usage): string {
  if (link) return link;
  throw unusable(new UnusableAnswer(MODEL, usage, 'The talk has no link to its video.'));
}

async function checked(
  bytes: Uint8Array,
  usage: Usage,
  check: CheckPresenter,
  signal: AbortSignal,
): Promise<Answer<PresenterVideo>> {
  try {
    return { content: await check(bytes, signal), model: MODEL, usage };
  } catch (thrown) {
    if (signal.aborted) throw canceled(signal);
    // A full disk, or a missing FFmpeg, says nothing about the video.
    if (!(thrown instanceof AppError) || thrown.code !== 'FFMPEG_FAILED') throw thrown;
    throw unusable(new UnusableAnswer(MODEL, usage, 'It cannot be decoded.'));
  }
}

function unusable(cause: UnusableAnswer): AppError {
  return new AppError('D_ID_API_ERROR', `D-ID sent no usable video. ${cause.message}`, { cause });
}

/** A file that may be downloaded later is fetched by the talk's id; one that never can is billed all the same. */
function afterPayment(thrown: unknown, usage: Usage): unknown {
  if (!(thrown instanceof AppError) || thrown.code !== 'FILE_DOWNLOAD_FAILED' || thrown.retriable) return thrown;
  const cause = new UnusableAnswer(MODEL, usage, 'The video cannot be downloaded.');
  return new AppError(thrown.code, thrown.message, { cause });
}

function tooLong(): AppError {
  return new AppError('PROVIDER_UNAVAILABLE', `D-ID makes presenters of at most ${LONGEST_SECONDS} s.`);
}
