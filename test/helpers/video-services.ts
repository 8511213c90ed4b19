import { randomUUIDv7 } from 'node:crypto';
import { pino } from 'pino';
import { permissionsOf } from '../../src/auth/role-permissions.ts';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { EventBus } from '../../src/events/redis/event-bus.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import { AttemptOutcomes } from '../../src/jobs/worker/attempt-outcomes.ts';
import type { RetryPolicy } from '../../src/jobs/worker/retry-policy.ts';
import { Worker, type WorkerParts } from '../../src/jobs/worker/worker.ts';
import { LanguageDetector } from '../../src/language/detection/language-detector.ts';
import { readModelFile } from '../../src/language/detection/model-file.ts';
import { QuotaService } from '../../src/services/quotas/quota.service.ts';
import type { NewVideo, VideoInLanguage } from '../../src/services/videos/create-video-validation.ts';
import { RunService } from '../../src/services/videos/run.service.ts';
import { VideoService } from '../../src/services/videos/video.service.ts';

export const INPUT: VideoInLanguage = {
  script: 'Bees dance.',
  language: 'en',
  aspectRatio: 'LANDSCAPE_16_9',
  resolution: 'SD_480',
  burnInCaptions: true,
};
export const ABLE = {
  speaks: () => true,
  languages: () => ['en'],
  writesTopics: true,
  providerNames: () => ['local'],
  hasVoice: () => true,
  musicMoods: ['calm'],
  earlyScript: () => ({ title: () => '', silent: [] }),
};

/** The services for videos on a real database, and workers whose runs a test controls. There is no Redis. */
export function videoServicesOn(db: Database) {
  const quotas = new QuotaService(db);
  const bus = new EventBus(new RedisPubSub({ redisUrl: 'redis://127.0.0.1:1', prefix: 'unused' }));
  const stopped: string[] = [];
  const jobs = new JobStore(db, 30);
  const runs = new RunService({
    db,
    jobs,
    quotas,
    bus,
    onWork: () => undefined,
    onStopped: (id) => void stopped.push(id),
  });
  const finder = new LanguageDetector(readModelFile);
  const videos = new VideoService({ db, jobs, quotas, runs, abilities: ABLE, finder, bus, onWork: () => undefined });
  const accept = (viewer: Viewer, input: Partial<NewVideo> = {}, key?: string) =>
    videos.create(viewer, { ...INPUT, ...input }, key);
  const worker = (make: WorkerParts['make'], options: { policy?: RetryPolicy; leaseSeconds?: number } = {}) => {
    const { policy = { retries: 3, firstDelaySeconds: 0 }, leaseSeconds = 30 } = options;
    const leased = new JobStore(db, leaseSeconds);
    return new Worker({
      db,
      bus,
      jobs: leased,
      outcomes: new AttemptOutcomes({ db, jobs: leased, quotas, bus, policy }),
      logger: pino({ level: 'silent' }),
      slots: { VIDEO: 4, AI: 4 },
      graceSeconds: 10,
      lostAnswers: 'ask',
      make,
      makeContent: async () => {
        throw new Error('There are no generations.');
      },
      onWork: () => undefined,
    });
  };
  const outcomes = new AttemptOutcomes({ db, jobs, quotas, bus, policy: { retries: 3, firstDelaySeconds: 0 } });
  return { jobs, quotas, runs, videos, accept, worker, outcomes, stopped };
}

/** A user whose only purpose is to own videos. */
export async function ownerOn(db: Database): Promise<Viewer> {
  const userId = randomUUIDv7();
  await db
    .sql()
    .insertInto('users')
    .values({
      id: userId,
      username: `owner-${userId.slice(-12)}`,
      email_encrypted: '-',
      email_index: userId,
      password_hash: '-',
    })
    .execute();
  return {
    userId,
    username: 'owner',
    roles: ['CREATOR'],
    permissions: permissionsOf(['CREATOR']),
    sessionId: randomUUIDv7(),
    tokenExpiresAt: new Date(Date.now() + 900_000),
  };
}

/** The user's quotas of videos: of the day and of the month. */
export async function videoQuotasOf({ quotas }: { readonly quotas: QuotaService }, userId: string) {
  return (await quotas.quotasOf(userId)).filter(({ type }) => type === 'VIDEO');
}
