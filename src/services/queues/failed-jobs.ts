import { LockMode } from '@mikro-orm/core';
import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { type Em, type Sql, sqlOf } from '../../db/orm.ts';
import type { QueueName } from '../../entities/enums.ts';
import { Video } from '../../entities/video.ts';
import { encodeId } from '../../ids.ts';
import { type UserFault, UserFaultError } from '../user-fault.ts';
import { VISIBLE_FAILURES } from './queue-stats-sql.ts';

export interface FailedJobFacts {
  /** UUIDs. */
  readonly id: string;
  readonly videoId: string;
  readonly queue: QueueName;
  /** How often a worker claimed it. */
  readonly attempts: number;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly failedAt: Date;
}

/** The newest first. */
export async function readFailedJobs(db: Sql, queue: QueueName, limit: number): Promise<FailedJobFacts[]> {
  const { rows } = await sql<Omit<FailedJobFacts, 'failedAt'> & { readonly finished: number }>`
    select id, video_id as "videoId", queue, attempt as attempts,
      (1000 * extract(epoch from finished_at))::float8 as finished,
      coalesce(error_code, 'INTERNAL_ERROR') as "errorCode", coalesce(error_message, '') as "errorMessage"
    from jobs where queue = ${queue} and ${VISIBLE_FAILURES} and finished_at is not null
    order by finished_at desc, id desc limit ${limit}`.execute(db);
  return rows.map(({ finished, ...facts }) => ({ ...facts, failedAt: new Date(finished) }));
}

export interface RetriedFailures {
  readonly retried: number;
  /** One for each owner whose videos could not be run again. */
  readonly faults: readonly UserFault[];
}

interface Failure {
  readonly video_id: string;
  readonly owner_id: string;
}

/**
 * Runs every shown failure again, the oldest first, each in a separate transaction: a refusal to one owner (their
 * quota is used up) does not stop the others. `restart` runs with video and job locked; `onRestarted` is called after each commit.
 */
export async function retryFailures(
  db: Database,
  queue: QueueName,
  restart: (em: Em, video: Video) => Promise<void>,
  onRestarted: (video: { readonly ownerId: string; readonly videoId: string }) => void,
): Promise<RetriedFailures> {
  const { rows } = await sql<Failure>`
    select video_id, (select owner_id from videos where videos.id = video_id) as owner_id
    from jobs where queue = ${queue} and ${VISIBLE_FAILURES} order by finished_at, id`.execute(db.sql());
  const refusals = new Map<string, UserFault>();
  let retried = 0;
  for (const { video_id, owner_id } of rows) {
    if (refusals.has(owner_id)) continue;
    const refused = await restartOne(db, video_id, restart);
    if (refused === 'gone') continue;
    if (refused) refusals.set(owner_id, refused);
    else {
      retried++;
      onRestarted({ ownerId: owner_id, videoId: video_id });
    }
  }
  return { retried, faults: [...refusals].map(([ownerId, fault]) => refusalOf(ownerId, fault)) };
}

/** Null where it runs again; `gone` where another caller was first. */
async function restartOne(
  db: Database,
  videoId: string,
  restart: (em: Em, video: Video) => Promise<void>,
): Promise<UserFault | 'gone' | null> {
  try {
    return await db.transaction(async (em) => {
      const jobs = sqlOf(em).selectFrom('jobs').select('id').where('video_id', '=', videoId);
      const job = await jobs.where('status', '=', 'FAILED').forUpdate().executeTakeFirst();
      const where = { id: videoId, deletedAt: null, status: 'FAILED' as const };
      const video = job && (await em.findOne(Video, where, { lockMode: LockMode.PESSIMISTIC_WRITE }));
      if (!video) return 'gone';
      await restart(em, video);
      return null;
    });
  } catch (thrown) {
    const fault = thrown instanceof UserFaultError ? thrown.faults[0] : undefined;
    if (!fault) throw thrown;
    return fault;
  }
}

function refusalOf(ownerId: string, { code, message }: UserFault): UserFault {
  return { code, message: `Not all videos of ${encodeId('user', ownerId)} could be run again: ${message}` };
}
