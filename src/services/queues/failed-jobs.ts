import { LockMode } from '@mikro-orm/core';
import type { Database } from '../../db/database.ts';
import type { Em } from '../../db/orm.ts';
import type { QueueName } from '../../entities/enums.ts';
import { Video } from '../../entities/video.ts';
import { encodeId } from '../../ids.ts';
import { type UserFault, UserFaultError } from '../user-fault.ts';
import { lockJobOf, readFailures } from './failed-jobs-sql.ts';

export interface RetriedFailures {
  readonly retried: number;
  /** One for each owner whose videos could not be run again. */
  readonly faults: readonly UserFault[];
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
  const refusals = new Map<string, UserFault>();
  let retried = 0;
  for (const { videoId, ownerId } of await readFailures(db.sql(), queue)) {
    if (refusals.has(ownerId)) continue;
    const refused = await restartOne(db, videoId, restart);
    if (refused === 'gone') continue;
    if (refused) refusals.set(ownerId, refused);
    else {
      retried++;
      onRestarted({ ownerId, videoId });
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
      const status = await lockJobOf(em, videoId);
      const where = { id: videoId, deletedAt: null, status: 'FAILED' as const };
      const video = status === 'FAILED' && (await em.findOne(Video, where, { lockMode: LockMode.PESSIMISTIC_WRITE }));
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
