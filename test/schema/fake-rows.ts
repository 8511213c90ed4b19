import { permissionsOf } from '../../src/auth/role-permissions.ts';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Role } from '../../src/entities/enums.ts';
import type { Scene } from '../../src/entities/scene.ts';
import type { User } from '../../src/entities/user.ts';
import type { Video } from '../../src/entities/video.ts';
import type { VideoEvent } from '../../src/entities/video-event.ts';
import type { AttemptView, GenerationView } from '../../src/services/generations/generation-reads-sql.ts';
import type { ProviderKeyFacts } from '../../src/services/providers/provider-key-store.ts';
import type { QuotaFacts } from '../../src/services/quotas/quota.service.ts';
import type { ServiceQuotaFacts } from '../../src/services/quotas/service-quota.service.ts';

export const ME = '019a0000-0000-7000-8000-000000000001';
export const OTHER_USER = '019a0000-0000-7000-8000-000000000002';
export const VIDEO = '019a0000-0000-7000-8000-000000000003';
export const SCENE = '019a0000-0000-7000-8000-000000000004';
export const PROVIDER = '019a0000-0000-8000-8000-000000000005';
export const GENERATION = '019a0000-0000-7000-8000-000000000007';
export const SESSION = '019a0000-0000-7000-8000-000000000006';
export const TRACE = '0af7651916cd43dd8448eb211c80319c';
export const SPAN = 'b7ad6b7169203331';

export const THEN = new Date('2026-01-31T09:30:00.000Z');

export function session() {
  const times = { createdAt: THEN, lastUsedAt: THEN, expiresAt: THEN };
  return { id: SESSION, userAgent: 'a browser', ipAddress: '127.0.0.1', ...times, isCurrent: true };
}

export function processFacts() {
  const cache = { hits: 3, misses: 1, localHits: 2, redisHits: 1, hitRate: 75, localSize: 1 };
  const bytes = { rssBytes: 5_000_000_000, heapUsedBytes: 2, heapTotalBytes: 3 };
  return { ...bytes, eventLoopDelayP99Ms: 1.5, activeSubscriptions: 4, cache };
}

export function user(given: Partial<User> = {}): User {
  return {
    id: ME,
    username: 'me',
    emailEncrypted: 'k1:xyz',
    emailIndex: 'ab'.repeat(32),
    emailVerified: false,
    phoneEncrypted: null,
    passwordHash: '$argon2id$',
    fullName: null,
    bio: null,
    avatarUrl: null,
    website: null,
    location: null,
    isActive: true,
    lastLoginAt: THEN,
    delayNoticeAt: null,
    createdAt: THEN,
    updatedAt: THEN,
    ...given,
  };
}

export function video(given: Partial<Video> = {}): Video {
  return {
    id: VIDEO,
    ownerId: ME,
    title: 'Bees',
    titleGiven: true,
    description: null,
    source: { kind: 'script', text: 'Bees dance.' },
    script: 'Bees dance.',
    language: 'en',
    status: 'PENDING',
    progress: 0,
    run: 1,
    currentStage: null,
    etaSeconds: null,
    lastEventSeq: 4,
    aspectRatio: 'LANDSCAPE_16_9',
    resolution: 'HD_720',
    priority: 'NORMAL',
    targetDurationSeconds: null,
    voiceId: null,
    voiceSpeed: 1,
    maxCost: null,
    providers: null,
    presenter: null,
    visualStyle: null,
    burnInCaptions: true,
    captionStyle: null,
    musicMood: null,
    musicVolume: null,
    tags: ['bees'],
    platforms: ['YOUTUBE'],
    seoTitle: null,
    seoDescription: null,
    seoKeywords: [],
    durationSeconds: null,
    fileKey: null,
    fileSize: null,
    thumbnailKey: null,
    captions: null,
    analysis: null,
    quality: null,
    error: null,
    createdAt: THEN,
    updatedAt: THEN,
    startedAt: null,
    completedAt: null,
    publishedAt: null,
    deletedAt: null,
    ...given,
  };
}

export function scene(given: Partial<Scene> = {}): Scene {
  return {
    id: SCENE,
    videoId: VIDEO,
    position: 0,
    narration: 'Bees dance.',
    visualPrompt: 'A dancing bee',
    audioKey: null,
    imageKey: null,
    durationSeconds: null,
    ...given,
  };
}

export function generation(given: Partial<GenerationView> = {}): GenerationView {
  return {
    id: GENERATION,
    type: 'IMAGE',
    provider: 'openai',
    model: 'gpt-image-1',
    prompt: 'A dancing bee',
    parameters: { width: 1280, height: 720 },
    status: 'COMPLETED',
    tokensUsed: 40,
    processingTimeMs: 900,
    cost: '0.0250',
    cached: false,
    errorCode: null,
    errorMessage: null,
    createdAt: THEN,
    completedAt: THEN,
    text: null,
    fileKey: 'videos/bees/picture.png',
    ...given,
  };
}

/** A stream of one generation. */
export async function* generationChanges(): AsyncGenerator<GenerationView, void, undefined> {
  yield generation();
}

export function attempt(given: Partial<AttemptView> = {}): AttemptView {
  return {
    generationId: GENERATION,
    provider: 'openai',
    model: 'gpt-image-1',
    state: 'SETTLED',
    errorCode: null,
    latencyMs: 900,
    ownKey: false,
    cost: '0.0250',
    at: THEN,
    ...given,
  };
}

export function event(given: Partial<VideoEvent> = {}): VideoEvent {
  return {
    ownerId: ME,
    seq: 5,
    videoId: VIDEO,
    run: 1,
    status: 'PROCESSING',
    stage: 'SPEECH',
    stageStatus: 'RUNNING',
    progress: 34,
    message: 'Speaking scene 2 of 5.',
    sceneIndex: 1,
    sceneCount: 5,
    etaSeconds: 12,
    costSpent: '0.0000',
    error: null,
    at: THEN,
    ...given,
  };
}

export async function* events(...given: VideoEvent[]): AsyncGenerator<VideoEvent, void, undefined> {
  yield* given.length > 0 ? given : [event()];
}

export function serviceQuota(): ServiceQuotaFacts {
  const figures = { used: 8_000, total: 10_000, percentage: 80, status: 'WARNING' } as const;
  return { service: 'elevenlabs', ...figures, resetAt: null, checkedAt: THEN };
}

export function providerKey(): ProviderKeyFacts {
  return { provider: 'openai', lastFour: '7890', setAt: THEN };
}

export function quota(): QuotaFacts {
  const counts = { limit: 50, used: 1, reserved: 1, remaining: 48, percentage: 4 };
  return { type: 'VIDEO', period: 'DAILY', ...counts, status: 'HEALTHY', resetAt: THEN };
}

export async function* quotaChanges() {
  yield quota();
}

export function signedInUser() {
  return {
    user: user(),
    viewer: viewerWith('CREATOR'),
    tokens: { accessToken: 'access', refreshToken: 'refresh', tokenType: 'Bearer' as const, expiresIn: 900 },
  };
}

export function viewerWith(...roles: Role[]): Viewer {
  return {
    userId: ME,
    username: 'me',
    roles,
    permissions: permissionsOf(roles),
    sessionId: '019a0000-0000-7000-8000-000000000009',
    tokenExpiresAt: new Date(Date.now() + 900_000),
  };
}
