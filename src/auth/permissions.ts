import { anyone, asItsOwnField, may, signedIn } from './rules.ts';
import type { ShieldRule } from './shield.ts';

/** Type → field → rule. */
export type PermissionTree = Readonly<Record<string, Readonly<Record<string, ShieldRule>>>>;

/**
 * Who may call what, all of it. A root field without a line here stops the start. Who owns what is not asked here but in the
 * services, so that no other path to an object goes around it.
 * Not signed in is UNAUTHENTICATED, signed in without the permission is FORBIDDEN.
 */
export const permissions: PermissionTree = {
  Query: {
    viewer: anyone,
    node: asItsOwnField,
    video: may('VIDEO_READ'),
    videos: may('VIDEO_READ'),
    quotas: signedIn,
    providers: signedIn,
    health: anyone,
    voices: may('VIDEO_READ'),
    queues: may('ADMIN_ANALYTICS_VIEW'),
    failedJobs: may('ADMIN_ANALYTICS_VIEW'),
    stuckVideos: may('ADMIN_ANALYTICS_VIEW'),
    stagePerformance: may('ADMIN_ANALYTICS_VIEW'),
    processDiagnostics: may('ADMIN_SYSTEM_CONFIG'),
  },
  Mutation: {
    register: anyone,
    login: anyone,
    refreshTokens: anyone,
    logout: signedIn,
    createVideo: may('VIDEO_CREATE'),
    updateVideo: may('VIDEO_UPDATE'),
    cancelVideo: may('VIDEO_UPDATE'),
    retryVideo: may('VIDEO_UPDATE'),
    deleteVideo: may('VIDEO_DELETE'),
    pauseQueue: may('ADMIN_SYSTEM_CONFIG'),
    resumeQueue: may('ADMIN_SYSTEM_CONFIG'),
    retryFailedJobs: may('ADMIN_SYSTEM_CONFIG'),
    clearFailedJobs: may('ADMIN_SYSTEM_CONFIG'),
    recoverStuckVideos: may('ADMIN_SYSTEM_CONFIG'),
  },
  Subscription: {
    videoProgress: may('VIDEO_READ'),
    videoEvents: may('VIDEO_READ'),
    queueStatsChanged: may('ADMIN_ANALYTICS_VIEW'),
  },
  // Fields of objects that ask for more than the object itself.
  Health: { checks: may('ADMIN_ANALYTICS_VIEW') },
  Provider: { metrics: may('ADMIN_ANALYTICS_VIEW') },
};
