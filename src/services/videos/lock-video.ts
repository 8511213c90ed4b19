import { LockMode } from '@mikro-orm/core';
import { canSeeAllOwners, type Viewer } from '../../auth/viewer.ts';
import type { Em } from '../../db/orm.ts';
import { Video } from '../../entities/video.ts';
import { lockJobOf } from '../queues/failed-jobs-sql.ts';
import { UserFaultError } from '../user-fault.ts';

/** The video, locked until the transaction of `em` ends. Throws NOT_FOUND where it does not exist for this viewer. */
export async function lockVideo(em: Em, viewer: Viewer, videoId: string): Promise<Video> {
  const video = await em.findOne(Video, { id: videoId, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return requireOwner(viewer, video);
}

/** The same with its job, which is locked first, as workers do: two that lock in another order wait for each other. */
export async function lockVideoAndJob(em: Em, viewer: Viewer, videoId: string): Promise<Video> {
  requireOwner(viewer, await em.findOne(Video, { id: videoId, deletedAt: null }));
  await lockJobOf(em, videoId);
  const where = { id: videoId, deletedAt: null };
  return requireOwner(viewer, await em.findOne(Video, where, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true }));
}

function requireOwner(viewer: Viewer, video: Video | null): Video {
  if (video && (video.ownerId === viewer.userId || canSeeAllOwners(viewer))) return video;
  throw new UserFaultError({ code: 'NOT_FOUND', message: 'There is no such video.', field: ['id'] });
}
