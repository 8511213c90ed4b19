import { allOf, anyone, hasPermission, ownAccount, permissionOfNodeType, signedIn, signedInPerson } from './rules.ts';
import type { ShieldRule } from './shield.ts';

/** Type → field → rule. */
export type PermissionTree = Readonly<Record<string, Readonly<Record<string, ShieldRule>>>>;

/**
 * All permissions. The app does not start while a root field has no line here. Ownership is not checked here but in the
 * services, so that no other path to an object bypasses it.
 * A caller who is not signed in gets UNAUTHENTICATED, a signed-in one without the permission FORBIDDEN.
 */
export const permissions: PermissionTree = {
  Query: {
    viewer: anyone,
    node: permissionOfNodeType,
    video: hasPermission('VIDEO_READ'),
    videos: hasPermission('VIDEO_READ'),
    estimateVideo: hasPermission('VIDEO_CREATE'),
    sessions: signedInPerson,
    quotas: ownAccount,
    serviceQuotas: signedIn,
    providerKeys: ownAccount,
    providers: signedIn,
    health: anyone,
    voices: hasPermission('VIDEO_READ'),
    generations: hasPermission('VIDEO_READ'),
    apiKeys: signedInPerson,
    user: hasPermission('USER_READ'),
    users: hasPermission('ADMIN_USER_MANAGE'),
    auditLog: hasPermission('ADMIN_USER_MANAGE'),
    queues: hasPermission('ADMIN_ANALYTICS_VIEW'),
    failedJobs: hasPermission('ADMIN_ANALYTICS_VIEW'),
    stuckVideos: hasPermission('ADMIN_ANALYTICS_VIEW'),
    stagePerformance: hasPermission('ADMIN_ANALYTICS_VIEW'),
    processDiagnostics: hasPermission('ADMIN_SYSTEM_CONFIG'),
  },
  Mutation: {
    register: anyone,
    login: anyone,
    refreshTokens: anyone,
    logout: signedInPerson,
    revokeSession: signedInPerson,
    createApiKey: signedInPerson,
    revokeApiKey: signedInPerson,
    changePassword: signedInPerson,
    updateProfile: hasPermission('USER_UPDATE'),
    deleteAccount: signedInPerson,
    requestEmailVerification: signedInPerson,
    requestPasswordReset: anyone,
    resetPassword: anyone,
    verifyEmail: anyone,
    changeEmail: signedInPerson,
    setProviderKey: hasPermission('USER_UPDATE'),
    removeProviderKey: hasPermission('USER_UPDATE'),
    createVideo: hasPermission('VIDEO_CREATE'),
    updateVideo: hasPermission('VIDEO_UPDATE'),
    applySuggestions: hasPermission('VIDEO_UPDATE'),
    cancelVideo: hasPermission('VIDEO_UPDATE'),
    retryVideo: hasPermission('VIDEO_UPDATE'),
    deleteVideo: hasPermission('VIDEO_DELETE'),
    generateText: hasPermission('AI_GENERATE_TEXT'),
    generateImage: hasPermission('AI_GENERATE_IMAGE'),
    generateSpeech: hasPermission('AI_GENERATE_AUDIO'),
    grantRole: hasPermission('ADMIN_USER_MANAGE'),
    revokeRole: hasPermission('ADMIN_USER_MANAGE'),
    setUserActive: hasPermission('ADMIN_USER_MANAGE'),
    deleteUser: allOf('USER_DELETE', 'ADMIN_USER_MANAGE'),
    setPlan: hasPermission('ADMIN_USER_MANAGE'),
    setQuota: hasPermission('ADMIN_USER_MANAGE'),
    pauseQueue: hasPermission('ADMIN_SYSTEM_CONFIG'),
    resumeQueue: hasPermission('ADMIN_SYSTEM_CONFIG'),
    retryFailedJobs: hasPermission('ADMIN_SYSTEM_CONFIG'),
    clearFailedJobs: hasPermission('ADMIN_SYSTEM_CONFIG'),
    recoverStuckVideos: hasPermission('ADMIN_SYSTEM_CONFIG'),
    setProviderEnabled: hasPermission('ADMIN_SYSTEM_CONFIG'),
    testProvider: hasPermission('ADMIN_SYSTEM_CONFIG'),
  },
  Subscription: {
    videoProgress: hasPermission('VIDEO_READ'),
    generationChanged: hasPermission('VIDEO_READ'),
    videoEvents: hasPermission('VIDEO_READ'),
    queueStatsChanged: hasPermission('ADMIN_ANALYTICS_VIEW'),
    providerStatusChanged: signedIn,
    quotaChanged: ownAccount,
  },
  // Fields that require more than the object itself.
  Health: { checks: hasPermission('ADMIN_ANALYTICS_VIEW') },
  Provider: { metrics: hasPermission('ADMIN_ANALYTICS_VIEW') },
};
