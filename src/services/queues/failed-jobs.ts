import { LockMode } from '@mikro-orm/core';
import type { Database } from '../../db/database.ts';
import type { Em } from '../../db/orm.ts';
import type { QueueName } from '../../entities/enums.ts';
import { Video } from '../../entities/video.ts';
import { encodeId } from '../../ids.ts';
import { type UserFault, UserFaultError } from '../user-fault.ts';
import { type Failure, lockJob, readFailures } from './failed-jobs-sql.ts';

export interface RetriedFailures {
  readonly retried: number;
  /** One for each owner and quota that did not suffice. */
  readonly faults: readonly UserFault[];
}

/** How failures are run again, in a transaction with the job locked. */
export interface Restarts {
  /** With the video locked too. */
  video(em: Em, video: Video): Promise<void>;
  /** False where its content is forgotten. */
  generation(em: Em, generationId: string): Promise<boolean>;
  /** Last in the transaction of a job that runs again. */
  record(em: Em, failure: Failure): Promise<void>;
  /** Called after each commit. */
  onRestarted(failure: Failure): void;
}

/**
 * Runs every shown failure again, the oldest first, each in a separate transaction: a refusal to one owner (their
 * quota is used up) does not stop the others.
 */
export async function retryFailures(db: Database, queue: QueueName, restarts: Restarts): Promise<RetriedFailures> {
  /** By owner and quota. */
  const refusals = new Map<string, UserFault>();
  let retried = 0;
  for (const failure of await readFailures(db.sql(), queue)) {
    const { ownerId, type } = failure;
    const quota = `${ownerId} ${type}`;
    if (ownerId === null || refusals.has(quota)) continue;
    const refused = await restartOne(db, failure, restarts);
    if (refused === 'gone') continue;
    if (refused) refusals.set(quota, refusalOf(ownerId, refused));
    else {
      retried++;
      restarts.onRestarted(failure);
    }
  }
  return { retried, faults: [...refusals.values()] };
}

/** Null where it runs again; `gone` where another caller was first. */
async function restartOne(db: Database, failure: Failure, restarts: Restarts): Promise<UserFault | 'gone' | null> {
  try {
    return await db.transaction(async (em) => {
      if ((await lockJob(em, failure.jobId)) !== 'FAILED') return 'gone';
      if (!(await restartIn(em, failure, restarts))) return 'gone';
      await restarts.record(em, failure);
      return null;
    });
  } catch (thrown) {
    const fault = thrown instanceof UserFaultError ? thrown.faults[0] : undefined;
    if (!fault) throw thrown;
    return fault;
  }
}

async function restartIn(em: Em, { videoId, generationId }: Failure, restarts: Restarts): Promise<boolean> {
  if (generationId !== null) return await restarts.generation(em, generationId);
  const where = { id: videoId ?? '', deletedAt: null, status: 'FAILED' as const };
  const video = await em.findOne(Video, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!video) return false;
  await restarts.video(em, video);
  return true;
}

function refusalOf(ownerId: string, { code, message }: UserFault): UserFault {
  return { code, message: `Not all failed jobs of ${encodeId('user', ownerId)} could be run again: ${message}` };
}
