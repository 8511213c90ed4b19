import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { type Em, sqlOf } from '../db/orm.ts';
import { PipelineStage, valuesOf } from '../entities/enums.ts';
import type { Video } from '../entities/video.ts';
import { AppError } from '../errors.ts';
import type { WrittenEvent } from '../events/record-step.ts';
import { distinct, type NewVideo, sourceOf, tidy } from './new-video.ts';
import { exceeded, type Refusal, reserving } from './quota.service.ts';
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
 * Reserves the quota and writes the video, its six stages, its job, the job's first ring and the first event, in the caller's
 * transaction. One statement instead of the unit of work, with which createVideo took three times the CPU and four times
 * the round trips: everybody waits for this one. Throws QUOTA_EXCEEDED, after which the transaction must be rolled back.
 */
export async function acceptVideo(em: Em, video: AcceptedVideo): Promise<WrittenEvent> {
  const columns = Object.keys(video).map((name) => sql.ref(snake(name)));
  const { rows } = await sql<Acceptance>`/* accept_video */
    with ${reserving(video.ownerId)}, cursor as (
      insert into event_cursors (owner_id, last_seq) select ${video.ownerId}, 1 where not exists (select from refused)
      on conflict (owner_id) do update set last_seq = event_cursors.last_seq + 1
      returning last_seq
    ), video as (
      insert into videos (${sql.join(columns)}, last_event_seq) select ${sql.join(Object.values(video))}, last_seq from cursor
      returning id, owner_id, run, priority, status, progress, last_event_seq
    ), stages as (
      insert into video_stages (video_id, stage) select id, unnest(${[...valuesOf(PipelineStage)]}::text[]) from video
    ), job as (
      insert into jobs (id, queue, video_id, priority) select ${randomUUIDv7()}::uuid, 'VIDEO', id, priority from video
      returning id, queue, rings
    ), ring as (
      insert into outbox (queue, job_id, ring) select queue, id, rings from job
    ), event as (
      insert into video_events (owner_id, seq, video_id, run, status, progress, message)
      select owner_id, last_event_seq, id, run, status, progress, 'Accepted; waiting for a worker.' from video
      returning seq
    )
    select seq, round(extract(epoch from now()) * 1000) as now, period, most, resets_at
    from (values (1)) as always left join event on true left join refused on true`.execute(sqlOf(em));
  const [row] = rows;
  if (row === undefined) throw new AppError('DATABASE_ERROR', 'A video was neither accepted nor refused.');
  if (row.seq === null) throw exceeded(row);
  return { ownerId: video.ownerId, seq: Number(row.seq), now: new Date(Number(row.now)) };
}

type Acceptance = { readonly seq: string; readonly now: string } | (Refusal & { readonly seq: null });
