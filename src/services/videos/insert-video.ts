import { randomUUIDv7 } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { compileStatement } from '../../db/compiled-statement.ts';
import type { Database } from '../../db/database.ts';
import { isDuplicate } from '../../db/database-errors.ts';
import { write } from '../../db/prepared.ts';
import { PipelineStage, valuesOf } from '../../entities/enums.ts';
import type { Video } from '../../entities/video.ts';
import { type IdempotentRequest, inputHashOf } from '../idempotency.ts';
import { isRefused, quotaExceeded } from '../quotas/quota.service.ts';
import { type Reservation, reserveByInsert, reserveByUpdate } from '../quotas/quota-reservation.ts';
import { cleanText, distinct, type NewVideo, type ProviderAbilities, sourceOf } from './create-video-validation.ts';
import type { WrittenEvent } from './video-events.ts';
import { toSnakeCase } from './video-parts.ts';

const PLACEHOLDER_TITLE = 'Untitled video';

/** What is known of a video when it is accepted; all else is empty. */
export type NewVideoRow = ReturnType<typeof newVideoRow>;

/** As its row will be; the input has been checked. `titleOf` names a video whose maker gave no title. */
export function newVideoRow(
  id: string,
  ownerId: string,
  input: NewVideo,
  titleOf: ProviderAbilities['titleOf'] = () => '',
) {
  const source = sourceOf(input);
  const title = input.title == null ? '' : cleanText(input.title);
  return {
    id,
    ownerId,
    title: title || cleanText(titleOf(source, input.language)) || PLACEHOLDER_TITLE,
    titleGiven: title !== '',
    description: input.description == null ? null : cleanText(input.description),
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
    visualStyle: input.visualStyle == null ? null : cleanText(input.visualStyle),
    burnInCaptions: input.burnInCaptions,
    musicMood: input.music ? (input.music.mood ?? 'calm') : null,
    musicVolume: input.music?.volume ?? null,
    tags: distinct(input.tags),
    platforms: [...new Set(input.platforms ?? [])],
    seoKeywords: [],
  } as const satisfies Partial<Video>;
}

/** Every accepted video has the same columns. */
const COLUMNS = Object.keys(
  newVideoRow(
    '',
    '',
    { script: '', language: 'en', aspectRatio: 'LANDSCAPE_16_9', resolution: 'HD_720', burnInCaptions: true },
    () => '',
  ),
);

const INSERT = {
  withoutKey: insertStatements('accept_video', withoutKey),
  withKey: insertStatements('accept_video_of_key', withKey),
};

type FactOf = (name: string) => RawBuilder<unknown>;

/** Whose video it is, as pieces of a statement. */
interface OwnerSource {
  /** Of its `with`. */
  readonly parts: RawBuilder<unknown>;
  /** An expression, null where the key of this request has come before. */
  readonly owner: RawBuilder<unknown>;
  /** Whether they write anything. */
  readonly writes: boolean;
}

function withoutKey(fact: FactOf): OwnerSource {
  return { parts: sql``, owner: sql`${fact('ownerId')}::uuid`, writes: false };
}

function withKey(fact: FactOf): OwnerSource {
  return {
    parts: sql`
    key as (
      insert into idempotency_keys (user_id, operation, key, input_hash, video_id)
      values (${fact('ownerId')}, 'createVideo', ${fact('key')}, ${fact('inputHash')}, ${fact('id')})
      on conflict (user_id, operation, key) do nothing returning user_id
    ),`,
    owner: sql`(select user_id from key)`,
    writes: true,
  };
}

/** `again` for whom it does not refuse, else `anew`. */
function insertStatements(name: string, ownerSourceOf: (fact: FactOf) => OwnerSource) {
  return {
    again: compileStatement(name, (fact) => insertStatement(fact, ownerSourceOf(fact), reserveByUpdate)),
    anew: compileStatement(`${name}_anew`, (fact) => insertStatement(fact, ownerSourceOf(fact), reserveByInsert)),
  };
}

/** The whole acceptance; no row where there is no owner, no `seq` where nothing was written because there may be no room. */
function insertStatement(
  fact: FactOf,
  { parts, owner, writes }: OwnerSource,
  reservingFor: (owner: RawBuilder<unknown>) => Reservation,
): RawBuilder<unknown> {
  const reservation = reservingFor(owner);
  return sql`
    with ${parts} ${reservation.parts}, cursor as (
      insert into event_cursors (owner_id, last_seq) select id, 1 from (${reservation.reserved}) as reserved
      on conflict (owner_id) do update set last_seq = event_cursors.last_seq + 1
      returning last_seq
    ), video as (
      insert into videos (${sql.join(COLUMNS.map((name) => sql.ref(toSnakeCase(name))))}, last_event_seq)
      select ${sql.join(COLUMNS.map(fact))}, last_seq from cursor
      returning id, owner_id, run, priority, status, progress, last_event_seq
    ), stages as (
      insert into video_stages (video_id, stage) select id, unnest(${[...valuesOf(PipelineStage)]}::text[]) from video
    ), job as (
      insert into jobs (id, queue, video_id, priority) select ${fact('jobId')}::uuid, 'VIDEO', id, priority from video
      returning id, queue, rings
    ), ring as (
      insert into outbox (queue, job_id, ring) select queue, id, rings from job
    ), event as (
      insert into video_events (owner_id, seq, video_id, run, status, progress, message)
      select owner_id, last_event_seq, id, run, status, progress, 'Accepted; waiting for a worker.' from video
      returning seq
    )
    select coalesce((select seq from event), ${reservation.refusal({ else: writes })}) as seq, now()::timestamptz(3) as now
    where ${owner} is not null`;
}

/**
 * Reserves the quota and writes the video, its six stages, its job, the job's first ring, the first event and the request's
 * key: all of it or nothing. One statement, prepared, instead of the unit of work, with which createVideo took three times the CPU
 * and eleven round trips: everybody waits for this one. Null where it was done before, by an earlier request with this key
 * or by a try of this one whose answer was lost. Throws QUOTA_EXCEEDED.
 */
export async function insertVideo(
  db: Database,
  video: NewVideoRow,
  request: IdempotentRequest,
): Promise<WrittenEvent | null> {
  const { key = null } = request;
  const facts = { ...video, key, inputHash: inputHashOf(request), jobId: randomUUIDv7() };
  try {
    const row = await accept(db, INSERT[key === null ? 'withoutKey' : 'withKey'], facts);
    return typeof row?.seq === 'number' ? { ownerId: video.ownerId, seq: row.seq, now: row.now } : null;
  } catch (thrown) {
    if (isDuplicate(thrown)) return null;
    throw quotaExceeded(thrown) ?? thrown;
  }
}

interface InsertedRow {
  readonly seq: number | null;
  readonly now: Date;
}

async function accept(
  db: Database,
  { again, anew }: ReturnType<typeof insertStatements>,
  facts: Readonly<Record<string, unknown>>,
): Promise<InsertedRow | undefined> {
  try {
    const [row] = await write<InsertedRow>(db, again.statement, again.valuesOf(facts));
    if (row?.seq !== null) return row;
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown;
  }
  const [row] = await write<InsertedRow>(db, anew.statement, anew.valuesOf(facts));
  return row;
}
