import { sql } from 'kysely';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import type { GenerationStatus } from '../../entities/enums.ts';
import { decimalOf } from '../../money.ts';
import type {
  AttemptRequest,
  CachedContent,
  FailedAttempt,
  GenerationRequest,
  SettledAttempt,
} from '../../providers/ledger.ts';

/*
 * The only writer of `ai_generations` and `generation_attempts`, with ordered-generations-sql.ts. Each function is a step in the transaction of `em`. For a video its
 * caller has locked the job and so excludes every other worker of the same video; so it is for
 * a content that a user has ordered; one that tests a provider has one caller.
 */

/** The generation of a request, and what is known of its earlier attempts. */
export interface GenerationRow {
  readonly id: string;
  readonly status: GenerationStatus;
  readonly provider: string;
  readonly result: object | null;
  /** Whether this call has inserted it. */
  readonly inserted: boolean;
}

/** Finds the request's generation, or inserts it with the id. */
export async function openGeneration(
  em: Em,
  id: string,
  videoId: string,
  { stage, sceneId, inputHash, type, prompt, parameters }: GenerationRequest,
): Promise<GenerationRow> {
  const { rows } = await sql<GenerationRow>`
    insert into ai_generations as generation
      (id, user_id, video_id, stage, scene_id, input_hash, type, provider, prompt, parameters, status)
    select ${id}::uuid, owner_id, id, ${stage}, ${sceneId}::uuid, ${inputHash}, ${type}, '', ${prompt},
      ${JSON.stringify(parameters)}::jsonb, 'PENDING' from videos where id = ${videoId}
    on conflict (video_id, stage, scene_id, input_hash) where input_hash is not null do update set
      status = case generation.status when 'COMPLETED' then 'COMPLETED' else 'PENDING' end
    returning id, status, provider, result, id = ${id}::uuid as inserted`.execute(sqlOf(em));
  const [row] = rows;
  if (!row) throw new TypeError('A claimed video has a row.');
  return row;
}

/** What is recorded of a content that belongs to no video. */
export type DirectRequest = Pick<GenerationRequest, 'type' | 'prompt' | 'parameters'>;

/** Inserts the generation of a content that belongs to no video; does nothing where it is inserted already. */
export async function openDirectGeneration(
  em: Em,
  id: string,
  userId: string | null,
  { type, prompt, parameters }: DirectRequest,
): Promise<void> {
  await sql`
    insert into ai_generations (id, user_id, type, provider, prompt, parameters, status)
    values (${id}::uuid, ${userId}::uuid, ${type}, '', ${prompt}, ${JSON.stringify(parameters)}::jsonb, 'PENDING')
    on conflict (id) do nothing`.execute(sqlOf(em));
}

/** A paid attempt whose answer is missing. */
export interface OpenAttempt {
  readonly id: string;
  readonly provider: string;
  readonly startedId: string | null;
  /** Null where the worker crashed during the call. */
  readonly errorCode: string | null;
  /** Whether it was sent in an earlier run, so that a user has decided to retry since. */
  readonly isOfEarlierRun: boolean;
  /** Whether it was sent with the user's own key. */
  readonly ownKey: boolean;
}

/**
 * Attempts without an answer; those of a worker that crashed become UNCERTAIN, and may have cost what was reserved. Each voice has a
 * generation of its own for a scene: the attempts of the others are among them.
 */
export async function readOpenAttempts(em: Em, generationId: string): Promise<OpenAttempt[]> {
  const generationIds = sql`(
    select id from ai_generations where id = ${generationId} union all
    select other.id from ai_generations one join ai_generations other using (video_id, stage, scene_id)
    where one.id = ${generationId} and stage = 'SPEECH' and other.id <> one.id
  )`;
  await sql`
    update generation_attempts set state = 'UNCERTAIN', ended_at = now(), cost = reserved, reserved = 0
    where generation_id in ${generationIds} and state = 'SENT'`.execute(sqlOf(em));
  const { rows } = await sql<OpenAttempt>`
    select attempt.id, attempt.provider, started_id as "startedId", attempt.error_code as "errorCode",
      attempt.run < coalesce(videos.run, ai_generations.run) as "isOfEarlierRun",
      attempt.own_key as "ownKey"
    from generation_attempts attempt join ai_generations on ai_generations.id = generation_id
      left join videos on videos.id = video_id
    where generation_id in ${generationIds} and state = 'UNCERTAIN' and paid order by attempt.sent_at`.execute(
    sqlOf(em),
  );
  return rows;
}

/**
 * Paid attempts of all users whose answer is missing: until the content has come from another attempt, it may have been paid for in vain.
 * Those of a video that is completed, canceled or deleted await nothing.
 */
export async function countUncertain(db: Sql): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
    from generation_attempts attempt join ai_generations generation on generation.id = generation_id
    where attempt.state = 'UNCERTAIN' and paid and generation.status <> 'COMPLETED' and (
      generation.stage is null or exists (
        select from videos where videos.id = generation.video_id and videos.status not in ('CANCELED', 'COMPLETED') and deleted_at is null
      )
    )`.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * The run of the video, or the job of the content, has ended: no answer is awaited any more. What was sent may cost what was reserved,
 * and holds no place at its provider.
 */
export async function closeAttempts(
  em: Em,
  { videoId, generationId }: { readonly videoId?: string; readonly generationId?: string },
): Promise<void> {
  await sql`
    update generation_attempts attempt set state = case when paid then 'UNCERTAIN' else 'REFUSED' end, ended_at = now(),
      cost = reserved, reserved = 0, error_code = 'CANCELED', error_message = 'The work ended before an answer.'
    from ai_generations generation
    where generation.id = generation_id and attempt.state = 'SENT'
      and (generation.video_id = ${videoId ?? null}::uuid or generation.id = ${generationId ?? null}::uuid)`.execute(
    sqlOf(em),
  );
  if (videoId === undefined) return;
  await sql`
    update ai_generations generation set
      status = case (
        select state from generation_attempts where generation_id = generation.id order by sent_at desc, id desc limit 1
      ) when 'UNCERTAIN' then 'UNCERTAIN' else 'FAILED' end,
      cost = (select coalesce(sum(attempt.cost), 0) from generation_attempts attempt where generation_id = generation.id),
      error_code = coalesce(error_code, 'CANCELED')
    where video_id = ${videoId}::uuid and status = 'PENDING'`.execute(sqlOf(em));
}

/** A process that counted as calling longer ago has ended. */
const LONGEST_CALL_MINUTES = 60;

/**
 * Calls of the provider under way, in all processes; the transaction excludes others that count. Those with users' own keys count by user,
 * and not against the installation's account. A call whose worker has lost the job since holds no place: the job waits for a worker, and
 * all workers may be waiting for that place.
 */
export async function countCallsUnderWay(
  em: Em,
  { provider, ownKey = false, generationId }: Pick<AttemptRequest, 'provider' | 'ownKey' | 'generationId'>,
): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`provider ${provider}`}, 0))`.execute(sqlOf(em));
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
    from generation_attempts attempt join ai_generations generation on generation.id = generation_id
      left join jobs job on job.video_id = generation.video_id or job.generation_id = generation.id
    where attempt.provider = ${provider} and attempt.state = 'SENT'
      and sent_at > now() - make_interval(mins => ${LONGEST_CALL_MINUTES})
      and (job.id is null or (job.status = 'ACTIVE' and lease_expires_at > now() and claimed_at <= sent_at))
      and own_key = ${ownKey} and (not own_key or
        generation.user_id = (select user_id from ai_generations where id = ${generationId}))`.execute(sqlOf(em));
  return rows[0]?.count ?? 0;
}

/** Does nothing where the attempt is inserted already: the answer to its commit was lost. */
export async function insertAttempt(
  em: Em,
  id: string,
  { generationId, provider, model, paid, ownKey = false, mostCost }: AttemptRequest,
): Promise<void> {
  await sql`
    insert into generation_attempts (id, generation_id, provider, model, number, paid, own_key, run, reserved)
    select ${id}::uuid, generation.id, ${provider}, ${model ?? null}, earlier.number + 1, ${paid}::boolean, ${ownKey}::boolean,
      coalesce(videos.run, generation.run), ${decimalOf(mostCost)}::numeric
    from ai_generations generation left join videos on videos.id = video_id cross join lateral (
      select coalesce(max(number), 0) as number from generation_attempts
      where generation_id = generation.id and provider = ${provider}
    ) earlier
    where generation.id = ${generationId}
    on conflict (id) do nothing`.execute(sqlOf(em));
}

export async function markStarted(em: Em, attemptId: string, startedId: string): Promise<void> {
  await sqlOf(em)
    .updateTable('generation_attempts')
    .set({ started_id: startedId })
    .where('id', '=', attemptId)
    .execute();
}

/** The answer is stored: attempt and generation are complete. */
export async function settleAttempt(
  em: Em,
  attemptId: string,
  { stored, provider, model, tokens, cost, milliseconds, cacheKey }: SettledAttempt,
): Promise<void> {
  await sql`
    with settled as (
      update generation_attempts set state = 'SETTLED', model = ${model}, cost = ${decimalOf(cost)}::numeric, reserved = 0,
        latency_ms = ${milliseconds}, ended_at = now(), error_code = null, error_message = null
      where id = ${attemptId} returning generation_id
    )
    update ai_generations set status = ${statusAfter('COMPLETED')}, provider = ${provider}, model = ${model}, tokens_used = ${tokens ?? null},
      result = ${JSON.stringify(stored)}::jsonb, cache_key = ${cacheKey ?? null}, processing_time_ms = ${milliseconds}, completed_at = now(),
      error_code = null, error_message = null, cost = ${decimalOf(cost)}::numeric + ${otherCosts(attemptId)}
    from settled where id = generation_id`.execute(sqlOf(em));
}

/**
 * What is stored for another video of the same user with this key; null where there is none. Two scenes with the same words have a
 * picture each: nothing of the same video is reused, and the second one to ask gets the second newest of the earlier ones.
 */
export async function findCached(em: Em, generationId: string, cacheKey: string): Promise<object | null> {
  const { rows } = await sql<{ result: object }>`
    with generation as (
      update ai_generations set cache_key = ${cacheKey} where id = ${generationId} returning id, user_id, video_id
    )
    select earlier.result from generation join ai_generations earlier
      on earlier.user_id = generation.user_id and earlier.cache_key = ${cacheKey}
    where earlier.status = 'COMPLETED' and earlier.result is not null
      and earlier.video_id is distinct from generation.video_id
    order by earlier.completed_at desc, earlier.id desc limit 1 offset (
      select count(*) from ai_generations sibling join generation on generation.video_id = sibling.video_id
      where sibling.cache_key = ${cacheKey} and sibling.id <> generation.id
    )`.execute(sqlOf(em));
  return rows[0]?.result ?? null;
}

/** The generation is complete without a request. What earlier attempts have cost stays. */
export async function completeFromCache(
  em: Em,
  generationId: string,
  { stored, provider, model, cacheKey }: CachedContent,
): Promise<void> {
  await sql`
    update ai_generations set status = 'COMPLETED', cached = true, provider = ${provider}, model = ${model ?? null},
      result = ${JSON.stringify(stored)}::jsonb, cache_key = ${cacheKey}, completed_at = now(),
      error_code = null, error_message = null
    where id = ${generationId}`.execute(sqlOf(em));
}

/** The attempt failed; the generation shows the last failure until another attempt succeeds. */
export async function failAttempt(
  em: Em,
  attemptId: string,
  { state, code, message, cost, milliseconds }: FailedAttempt,
): Promise<void> {
  const status: GenerationStatus = state === 'REFUSED' ? 'FAILED' : 'UNCERTAIN';
  await sql`
    with failed as (
      update generation_attempts set state = ${state}, cost = ${decimalOf(cost)}::numeric, reserved = 0, latency_ms = ${milliseconds},
        ended_at = now(), error_code = ${code}, error_message = ${message}
      where id = ${attemptId} and state <> 'SETTLED' returning generation_id, provider, model
    )
    update ai_generations set status = ${statusAfter(status)}, provider = failed.provider, model = failed.model, error_code = ${code},
      error_message = ${message}, cost = ${decimalOf(cost)}::numeric + ${otherCosts(attemptId)}
    from failed where id = generation_id`.execute(sqlOf(em));
}

/** What a user has ordered ends with its job: after a failure another attempt may follow, and the quota is settled with the job. */
function statusAfter(status: GenerationStatus) {
  return sql`case when content_order is null then ${status} else ai_generations.status end`;
}

/** A statement sees its own update only in what it returns, so that the attempt's cost is added by the caller. */
function otherCosts(attemptId: string) {
  return sql`(
    select coalesce(sum(other.cost), 0) from generation_attempts other
    where other.generation_id = ai_generations.id and other.id <> ${attemptId}::uuid
  )`;
}

/** The content of a deleted video's generations; what they cost stays on record. */
export async function forgetContent(db: Sql, videoId: string): Promise<void> {
  await sql`
    update ai_generations set prompt = '', parameters = '{}', result = null, error_message = null
    where video_id = ${videoId}`.execute(db);
}
