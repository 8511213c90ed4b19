import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type Refusal } from '../http/refusals.ts';
import type { ServiceClient } from '../http/service-client.ts';

/** https://docs.d-id.com/reference/gettalk */
const talk = z.looseObject({
  id: z.string().regex(/^[\w-]{1,100}$/),
  status: z.enum(['created', 'started', 'done', 'error', 'rejected']),
  result_url: z.string().min(1).max(8_000).nullish().catch(undefined),
  /** Seconds. */
  duration: z.number().nonnegative().max(3_600).nullish().catch(undefined),
  error: z
    .looseObject({ kind: z.string().optional().catch(undefined) })
    .nullish()
    .catch(undefined),
});
export type Talk = z.infer<typeof talk>;

const created = talk.pick({ id: true });
/** An address in the service's own storage, such as s3://…, which only it opens. */
const uploaded = z.looseObject({ url: z.string().min(1).max(8_000) });

export interface TalkOrder {
  readonly imageUrl: string;
  readonly audioUrl: string;
}

/** Waits; rejects when the signal aborts. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<unknown>;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

/** Kinds of errors that mean: the rules forbid the picture or what is said. */
const REJECTED = /moderation|celebrit|legal|unsafe/i;
/** The kind in the body of a refusal. */
const KIND = /"kind"\s{0,4}:\s{0,4}"(\w{1,60})"/;

/** Talks of D-ID: a face that speaks a sound, started by one request and fetched by others. */
export class Talks {
  readonly #client: ServiceClient;
  readonly #pause: Pause;

  constructor(client: ServiceClient, pause: Pause = (ms, signal) => delay(ms, undefined, { signal })) {
    this.#client = client;
    this.#pause = pause;
  }

  /** Costs nothing, so that an answer which is missing is no loss. */
  async upload(wav: Uint8Array, signal: AbortSignal): Promise<string> {
    const body = new FormData();
    body.append('audio', new Blob([new Uint8Array(wav)], { type: 'audio/wav' }), 'voice.wav');
    try {
      return (await this.#client.json({ method: 'POST', path: '/audios', body, signal }, uploaded)).url;
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'D_ID_TIMEOUT' || signal.aborted) throw thrown;
      throw new AppError('D_ID_API_ERROR', thrown.message, { cause: thrown.cause, retriable: true });
    }
  }

  /** The id of a new talk, whose first and last pictures are of the same pose, and which shows the whole source picture. */
  async create({ imageUrl, audioUrl }: TalkOrder, signal: AbortSignal): Promise<string> {
    const body = {
      source_url: imageUrl,
      script: { type: 'audio', audio_url: audioUrl },
      config: { result_format: 'mp4', fluent: true, stitch: true },
    };
    return (await this.#client.json({ method: 'POST', path: '/talks', body, signal }, created)).id;
  }

  /** The talk once it has ended. */
  async ended(id: string, signal: AbortSignal): Promise<Talk> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
      const state = await this.#now(id, signal);
      if (state !== undefined && !['created', 'started'].includes(state.status)) return state;
      await this.#pause(pause, signal);
    }
  }

  /** Undefined where D-ID cannot say at the moment: the talk goes on meanwhile. */
  async #now(id: string, signal: AbortSignal): Promise<Talk | undefined> {
    try {
      return await this.#client.json({ method: 'GET', path: `/talks/${encodeURIComponent(id)}`, signal }, talk);
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof AppError && thrown.retriable)) throw thrown;
      return undefined;
    }
  }
}

/** 451 is for pictures and texts that its rules forbid; the kind of the error says which. */
export function refused(refusal: Refusal): AppError | Refusal {
  const kind = KIND.exec(refusal.body.slice(0, 2_000))?.[1] ?? '';
  return refusal.status === 451 || REJECTED.test(kind) ? rejectedContent() : refusal;
}

/** What a talk has failed with; it is not billed (https://docs.d-id.com/reference/asynchronous-errors). */
export function talkFailure({ status, error }: Talk): AppError {
  const kind = /^\w{1,60}$/.exec(error?.kind ?? '')?.[0] ?? status;
  if (status === 'rejected' || REJECTED.test(kind)) return rejectedContent();
  if (kind === 'FaceError' || kind === 'SourceError') {
    const message = `D-ID finds no face in the presenter's picture (${kind}): give another one.`;
    return new AppError('D_ID_API_ERROR', message);
  }
  return new AppError('D_ID_API_ERROR', `D-ID has ended without a presenter (${kind}).`, { retriable: true });
}

function rejectedContent(): AppError {
  const message = "D-ID refused the content by its rules: change the presenter's picture or the text.";
  return new AppError('D_ID_CONTENT_REJECTED', message);
}
