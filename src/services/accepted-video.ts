import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { type Em, sqlOf } from '../db/orm.ts';
import { PipelineStage, valuesOf } from '../entities/enums.ts';
import type { Video } from '../entities/video.ts';
import { distinct, type NewVideo, sourceOf, tidy } from './new-video.ts';
import { snake } from './video-parts.ts';

const PLACEHOLDER_TITLE = 'Untitled video';

/** What is known of a video when it is accepted; all else is empty. */
export type AcceptedVideo = ReturnType<typeof acceptedVideo>;

/** As its row will be; the input has been checked. */
export function acceptedVideo(id: string, ownerId: string, input: NewVideo) {
  const source = sourceOf(input);
  const title = input.title == null ? '' : tidy(input.title);
  return {
    id,
    ownerId,
    title: title || PLACEHOLDER_TITLE,
    titleGiven: title !== '',
    description: input.description == null ? null : tidy(input.description),
    source,
    script: source.kind === 'script' ? source.text : null,
    language: input.language,
    status: 'PENDING',
    progress: 0,
    run: 1,
    currentStage: 'SCRIPT',
    priority: input.priority ?? 'NORMAL',
    aspectRatio: input.aspectRatio,
    resolution: input.resolution,
    targetDurationSeconds: input.targetDurationSeconds ?? null,
    voiceId: input.voice?.voiceId ?? null,
    voiceSpeed: input.voice?.speed ?? 1,
    visualStyle: input.visualStyle == null ? null : tidy(input.visualStyle),
    burnInCaptions: input.burnInCaptions,
    musicMood: input.music ? (input.music.mood ?? 'calm') : null,
    musicVolume: input.music?.volume ?? null,
    tags: distinct(input.tags),
    platforms: [...new Set(input.platforms ?? [])],
    seoKeywords: [],
  } as const satisfies Partial<Video>;
}

/**
 * Writes the video, its six stages, its job and the job's first ring, in the caller's transaction. One statement instead of
 * the unit of work, with which createVideo took three times the CPU and twice the round trips: everybody waits for this one.
 */
export async function insertVideo(em: Em, video: AcceptedVideo): Promise<void> {
  const columns = Object.keys(video).map((name) => sql.ref(snake(name)));
  await sql`/* accept_video */
    with video as (
      insert into videos (${sql.join(columns)}) values (${sql.join(Object.values(video))}) returning id, priority
    ), stages as (
      insert into video_stages (video_id, stage) select id, unnest(${[...valuesOf(PipelineStage)]}::text[]) from video
    ), job as (
      insert into jobs (id, queue, video_id, priority) select ${randomUUIDv7()}::uuid, 'VIDEO', id, priority from video
      returning id, queue, rings
    )
    insert into outbox (queue, job_id, ring) select queue, id, rings from job`.execute(sqlOf(em));
}
