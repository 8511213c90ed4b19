import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeId, encodeId } from '../../src/ids.ts';
import type { Client } from '../helpers/client.ts';
import { OrderVideoDocument, RunAgainDocument } from '../helpers/generated/documents.ts';
import type { VideoInput } from './content-source.ts';
import { unlessAborted } from './run.ts';

export interface VideoRequest {
  readonly input: VideoInput;
  readonly idempotencyKey?: string;
}

export interface CreatedVideo {
  /** UUID. */
  readonly id: string;
  /** Id of its first event. */
  readonly cursor: string;
}

/** Creates a video; a request without an answer is repeated with the same key until there is one. */
export async function createVideo(
  client: Client,
  { input, idempotencyKey = randomUUID() }: VideoRequest,
  signal: AbortSignal,
): Promise<CreatedVideo> {
  for (;;) {
    const answer = await answerTo(client.send(OrderVideoDocument, { input, idempotencyKey }), signal);
    const { video, userErrors = [] } = answer?.data?.createVideo ?? {};
    const id = decodeId('video', video?.id ?? '');
    if (id && video?.lastEventId) return { id, cursor: video.lastEventId };
    if (userErrors.length > 0) throw new Error(`Not accepted: ${JSON.stringify(userErrors)}`);
    await sleep(200, undefined, { signal });
  }
}

/** Runs a failed video again, until there is an answer; it is fine if an earlier request already did. */
export async function retryVideo(client: Client, videoId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const answer = await answerTo(client.send(RunAgainDocument, { id: encodeId('video', videoId) }), signal);
    if (answer?.data?.retryVideo) return;
    await sleep(200, undefined, { signal });
  }
}

/** Null where no answer came: the API may be down, or its database. Any failure is retried. */
async function answerTo<T>(asked: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return await unlessAborted(
    signal,
    asked.catch(() => null),
  );
}
