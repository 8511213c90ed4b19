import type { VideoEvent } from '../../src/entities/video-event.ts';
import { encodeEventId, encodeId } from '../../src/ids.ts';

export const OWNER = '019a0000-0000-7000-8000-000000000001';
export const VIDEO = '019a0000-0000-7000-8000-000000000003';
/** Topic of all sides of bench/fan-out/main.ts that keep their events in memory. */
export const TOPIC = 'progress';

/** Every field except the video itself, which is another read. */
export const DOCUMENT = `subscription Progress($videoId: ID!) { videoProgress(videoId: $videoId) {
  id videoId run status stage stageStatus progress message sceneIndex sceneCount etaSeconds costSpent
  error { code message stage retriable at traceId } at
} }`;

/** The event's fields as clients receive them. */
export type ExpectedFields = Readonly<Record<string, unknown>>;

/** The data that a worker writes, without the fields that the log adds. */
export function stepOf(number: number) {
  return {
    status: 'PROCESSING',
    stage: 'VISUALS',
    stageStatus: 'RUNNING',
    progress: 42,
    message: messageOf(number),
    sceneIndex: 3,
    sceneCount: 8,
    etaSeconds: 57,
  } as const;
}

/** The event with this number, of the only owner and video of the sides in memory. */
export function eventOf(number: number): VideoEvent {
  const at = new Date(Date.UTC(2026, 0, 31, 9, 30) + number);
  return {
    ownerId: OWNER,
    seq: number,
    videoId: VIDEO,
    run: 1,
    ...stepOf(number),
    costSpent: '0.0000',
    error: null,
    at,
  };
}

export function shownOf({ ownerId, seq, videoId, at, ...rest }: VideoEvent): ExpectedFields {
  return { id: encodeEventId({ ownerId, seq }), videoId: encodeId('video', videoId), ...rest, at: at.toISOString() };
}

const MESSAGE_CHARACTERS = 620;
const WORDS = 'The picture of this scene is being painted, then it is laid under its words. ';

/** Of constant length, so that the whole message has about 1,024 bytes. */
function messageOf(number: number): string {
  return `Step ${String(number).padStart(8, '0')}: ${WORDS.repeat(MESSAGE_CHARACTERS / WORDS.length + 1)}`.slice(
    0,
    MESSAGE_CHARACTERS,
  );
}

/** The number of the event in its message. */
export function numberIn(message: unknown): number {
  const digits = typeof message === 'string' ? /^Step (\d{8}): /.exec(message)?.[1] : undefined;
  if (digits === undefined) throw new Error(`Not an event of this bench: ${String(message).slice(0, 80)}`);
  return Number(digits);
}
