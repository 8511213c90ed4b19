import { setTimeout as sleep } from 'node:timers/promises';
import { print } from 'graphql';
import { type Client, CloseCode, createClient } from 'graphql-ws';
import { AppError } from '../../../errors.ts';
import {
  VideoProgressDocument,
  type VideoProgressSubscription,
  type VideoProgressSubscriptionVariables,
  type VideoStatus,
} from '../../generated/documents.ts';
import { graphqlErrors, refusalOf, unreachable } from './api.ts';
import type { Session } from './session.ts';

export type ProgressEvent = VideoProgressSubscription['videoProgress'];

export interface WatchOptions {
  readonly session: Session;
  readonly videoId: string;
  /** Cursor after which events continue; without it the present state comes first. */
  readonly after?: string | null;
  readonly signal: AbortSignal;
  /** Called when the connection is lost and will be retried. */
  readonly onInterruption: () => void;
}

const FINAL: ReadonlySet<VideoStatus> = new Set(['COMPLETED', 'FAILED', 'CANCELED']);
const PING_MS = 10_000;
const PONG_MS = 5_000;
const WAIT_MS = { first: 200, most: 5_000 } as const;
/** Maximum outage of the server before the watching fails. */
const GIVE_UP_AFTER_MS = 120_000;

/**
 * The events of a video in order, to its end. A lost connection is reopened after the last event, so that none is
 * missed or repeated. Throws API_UNREACHABLE if the server stays unreachable.
 */
export async function* watchVideo(options: WatchOptions): AsyncGenerator<ProgressEvent, void, undefined> {
  const seen = new Set<string>();
  const backoff = new ReconnectBackoff(options.signal);
  let after = options.after ?? null;
  for (;;) {
    const thrown: unknown[] = [];
    try {
      for await (const event of eventsAfter(after, options)) {
        after = event.id;
        backoff.reset();
        // After a clean close the client library subscribes again by itself, with the old cursor.
        if (seen.has(event.id)) continue;
        seen.add(event.id);
        yield event;
        if (FINAL.has(event.status)) return;
      }
    } catch (error) {
      thrown.push(error);
    }
    options.signal.throwIfAborted();
    if (await prepareReconnect(thrown[0], options.session)) after = null;
    options.onInterruption();
    await backoff.wait(options.session.api.url);
  }
}

/** Prepares the next attempt, or throws an error that no retry would change. True if the cursor is unusable. */
async function prepareReconnect(cause: unknown, session: Session): Promise<boolean> {
  if (cause instanceof AppError) throw cause;
  const refused = graphqlErrors.safeParse(cause);
  const code = refused.data?.[0]?.extensions?.code;
  if (code === 'CURSOR_EXPIRED') return true;
  if (code === 'UNAUTHENTICATED' || isClosedWith(cause, CloseCode.Unauthorized, CloseCode.Forbidden)) {
    await renewIfReachable(session);
    return false;
  }
  if (refused.success && code !== 'SERVICE_UNAVAILABLE') throw refusalOf(refused.data);
  return false;
}

async function renewIfReachable(session: Session): Promise<void> {
  try {
    await session.renew();
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'API_UNREACHABLE')) throw thrown;
  }
}

async function* eventsAfter(
  after: string | null,
  { session, videoId, signal }: WatchOptions,
): AsyncGenerator<ProgressEvent, void, undefined> {
  signal.throwIfAborted();
  const client = connect(session);
  const onAbort = () => client.terminate();
  signal.addEventListener('abort', onAbort, { once: true });
  const variables: VideoProgressSubscriptionVariables = { videoId, after };
  try {
    const query = print(VideoProgressDocument);
    for await (const { data, errors } of client.iterate<VideoProgressSubscription>({ query, variables })) {
      if (errors) throw refusalOf(graphqlErrors.parse(errors));
      if (data) yield data.videoProgress;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** One socket for one subscription, without the library's own retries: those would not know the cursor. */
function connect(session: Session): Client {
  let pongTimer: NodeJS.Timeout | undefined;
  const client = createClient({
    url: session.api.socketUrl,
    connectionParams: () => ({ authorization: `Bearer ${session.tokens.accessToken}` }),
    retryAttempts: 0,
    connectionAckWaitTimeout: PING_MS,
    keepAlive: PING_MS,
    on: {
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), PONG_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: () => clearTimeout(pongTimer),
    },
  });
  return client;
}

function isClosedWith(thrown: unknown, ...codes: readonly number[]): boolean {
  return (
    typeof thrown === 'object' && thrown !== null && 'code' in thrown && codes.some((code) => code === thrown.code)
  );
}

/** Waits longer from attempt to attempt; throws once the server has been unreachable for too long. */
class ReconnectBackoff {
  readonly #signal: AbortSignal;
  #tries = 0;
  #lostAt: number | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  reset(): void {
    this.#tries = 0;
    this.#lostAt = undefined;
  }

  async wait(url: string): Promise<void> {
    this.#lostAt ??= performance.now();
    if (performance.now() - this.#lostAt > GIVE_UP_AFTER_MS) throw unreachable(url);
    const longest = Math.min(WAIT_MS.most, WAIT_MS.first * 2 ** this.#tries++);
    // Randomised: other clients lost the same server at the same moment.
    await sleep(longest * (0.5 + Math.random() / 2), undefined, { signal: this.#signal });
  }
}
