import DataLoader from 'dataloader';
import type { Viewer } from '../auth/viewer.ts';
import type { Scene } from '../entities/scene.ts';
import type { User } from '../entities/user.ts';
import type { UserRole } from '../entities/user-role.ts';
import type { UserSubscription } from '../entities/user-subscription.ts';
import type { Video } from '../entities/video.ts';
import type { VideoStageFacts } from '../entities/video-stage.ts';
import type { Services } from './services.ts';

/** Gather what one operation asks for into one call each. Keys are UUIDs. */
export interface Loaders {
  readonly users: DataLoader<string, User | null>;
  readonly roles: DataLoader<string, UserRole[]>;
  readonly subscriptions: DataLoader<string, UserSubscription | null>;
  /** Null for a video that does not exist for the viewer. */
  readonly videos: DataLoader<string, Video | null>;
  readonly scenes: DataLoader<string, Scene[]>;
  readonly stages: DataLoader<string, VideoStageFacts[]>;
}

/** They remember what they loaded, so they live as long as one operation, or one event of a subscription. */
export function createLoaders({ users, videos }: Services, viewer: Viewer | null): Loaders {
  return {
    users: new DataLoader((ids) => users.loadByIds(ids)),
    roles: new DataLoader((ids) => users.rolesOf(ids)),
    subscriptions: new DataLoader((ids) => users.subscriptionsOf(ids)),
    videos: new DataLoader(async (ids) => (viewer ? await videos.findMany(viewer, ids) : ids.map(() => null))),
    scenes: new DataLoader((ids) => videos.scenesOf(ids)),
    stages: new DataLoader((ids) => videos.stagesOf(ids)),
  };
}
