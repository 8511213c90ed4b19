import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Sql } from '../../db/orm.ts';
import type { VideoStatus } from '../../entities/enums.ts';
import type { VideoErrorFacts } from '../../entities/video.ts';

/** For so long a process may send what it has taken; doubled with each attempt. */
const SENDING_SECONDS = 30;
/** Slack takes five answers within half an hour; the last minute is for the last one. */
export const MOST_ATTEMPTS = 5;
const VALID_MINUTES = 30;
const LAST_ANSWER_MINUTES = 28;
/** By then a request that makes a video has made it, or was killed. */
const MAKING_SECONDS = 60;

/** The place of the encrypted address, which is part of its encryption. */
export const replyLocation = (id: string) => `slack_replies.url:${id}`;

/** The command of a user, by the idempotency key of its video. */
export interface CommandKey {
  readonly userId: string;
  readonly requestKey: string;
}

/** Before the video of the key is made, so that no crash in between loses the answer. A repeated request changes nothing. */
export async function expectReply(rows: Sql, cipher: FieldCipher, key: CommandKey, url: string): Promise<void> {
  const id = randomUUIDv7();
  const encrypted = cipher.encrypt(url, replyLocation(id));
  await sql`
    insert into slack_replies (id, user_id, request_key, url_encrypted) values (${id}, ${key.userId}, ${key.requestKey}, ${encrypted})
    on conflict (user_id, request_key) do nothing`.execute(rows);
}

/** The answer is this text, whatever becomes of the video. */
export async function replyWith(rows: Sql, { userId, requestKey }: CommandKey, message: string): Promise<void> {
  await sql`
    update slack_replies set message = ${message} where user_id = ${userId} and request_key = ${requestKey}`.execute(
    rows,
  );
}

/** Slack was answered at once. */
export async function dropReply(rows: Sql, { userId, requestKey }: CommandKey): Promise<void> {
  await sql`delete from slack_replies where user_id = ${userId} and request_key = ${requestKey}`.execute(rows);
}

export interface TakenReply {
  readonly id: string;
  /** Encrypted; bound to `replyLocation`. */
  readonly url: string;
  readonly message: string | null;
  readonly attempts: number;
  /** The video that was accepted; null where none was. */
  readonly videoId: string | null;
  /** Of the video, as the rest; null where it was deleted. */
  readonly status: VideoStatus | null;
  readonly title: string | null;
  readonly fileKey: string | null;
  readonly error: VideoErrorFacts | null;
}

/** The video of a row: the idempotency key of the command names it. */
const VIDEO_OF = sql`
  left join idempotency_keys k on k.user_id = r.user_id and k.operation = 'createVideo' and k.key = r.request_key
  left join videos v on v.id = k.subject_id and v.deleted_at is null`;

/** Gives answers that are due to this process: of a video that has ended, and the last one that Slack would take. */
export async function takeReplies(rows: Sql, limit: number): Promise<TakenReply[]> {
  const { rows: taken } = await sql<TakenReply>`
    with taken as (
      update slack_replies set attempts = attempts + 1,
        next_at = now() + make_interval(secs => ${SENDING_SECONDS} * power(2, least(attempts, 10)))
      where id = any(array(
        select r.id from slack_replies r ${VIDEO_OF}
        where r.next_at <= now() and (
          r.message is not null or v.status in ('COMPLETED', 'FAILED', 'CANCELED')
          or (v.id is null and r.created_at < now() - make_interval(secs => ${MAKING_SECONDS}))
          or r.created_at < now() - make_interval(mins => ${LAST_ANSWER_MINUTES}))
        order by r.next_at limit ${limit} for update of r skip locked))
      returning *)
    select r.id, r.url_encrypted as url, r.message, r.attempts, k.subject_id as "videoId", v.status, v.title,
      v.file_key as "fileKey", v.error
    from taken r ${VIDEO_OF}`.execute(rows);
  return taken;
}

/** Slack has it, or is not going to take it. */
export async function deleteReply(rows: Sql, id: string): Promise<void> {
  await sql`delete from slack_replies where id = ${id}`.execute(rows);
}

/** Their addresses are no longer valid. Returns how many. */
export async function removeExpiredReplies(rows: Sql): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from slack_replies where created_at < now() - make_interval(mins => ${VALID_MINUTES})`.execute(rows);
  return Number(numAffectedRows);
}
