import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { EventBus } from '../../src/events/redis/event-bus.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { JobNotifier } from '../../src/jobs/queue/job-notifier.ts';
import { JobStore } from '../../src/jobs/queue/job-store.ts';
import { OutboxRelay } from '../../src/jobs/queue/outbox-relay.ts';
import { Sweeper } from '../../src/jobs/queue/sweeper.ts';
import { AttemptOutcomes, type AttemptOutcomesParts } from '../../src/jobs/worker/attempt-outcomes.ts';
import { Worker } from '../../src/jobs/worker/worker.ts';
import { LanguageDetector } from '../../src/language/detection/language-detector.ts';
import { readModelFile } from '../../src/language/detection/model-file.ts';
import { QuotaService } from '../../src/services/quotas/quota.service.ts';
import type { NewVideo } from '../../src/services/videos/create-video-validation.ts';
import { RunService } from '../../src/services/videos/run.service.ts';
import { VideoService } from '../../src/services/videos/video.service.ts';
import { ownerOn } from '../../test/helpers/video-services.ts';
import type { Contender, Listener, QueueBenchContext } from './contender.ts';

/**
 * Enough that they rarely wait for each other's row of quota and of cursor; as many as a small installation has active
 * at once.
 */
const OWNERS = 50;
const INPUT: NewVideo = {
  script: 'Bees dance.',
  language: 'en',
  aspectRatio: 'LANDSCAPE_16_9',
  resolution: 'SD_480',
  burnInCaptions: true,
};
const ABILITIES = {
  speaks: () => true,
  languages: () => ['en'],
  writesTopics: true,
  providerNames: () => ['local'],
  hasVoice: () => true,
  musicMoods: [],
  earlyScript: () => ({ title: () => '', silent: [] }),
};
const SILENT = pino({ level: 'silent' });

/**
 * Only our queue: existing videos get a job and a notification in one commit, as createVideo and retryVideo write them.
 */
export const ourQueue: Contender = {
  name: 'Auto Video, queue',
  durable: true,
  open: async (context, jobs, listener) => {
    const owners = await ownersOn(context.db);
    const videoIds = await putVideos(context.db, owners, jobs);
    const numbers = new Map(videoIds.map((id, number) => [id, number]));
    const parts = await openParts(context, listener, (videoId) => numbers.get(videoId));
    return {
      enqueue: async (job) => {
        await sql`
          with job as (
            insert into jobs (id, queue, video_id) values (${randomUUIDv7()}, 'VIDEO', ${videoIds[job]}) returning id, queue
          )
          insert into outbox (queue, job_id, ring) select queue, id, 0 from job`.execute(context.db.sql());
        parts.relay.trigger();
      },
      close: parts.close,
    };
  },
};

/** The whole service of createVideo: checks, key, quota, video, job, notification and first event in one transaction. */
export const ourCreateVideo: Contender = {
  name: 'Auto Video, createVideo',
  durable: true,
  open: async (context, _jobs, listener) => {
    const owners = await ownersOn(context.db);
    const numbers = new Map<string, number>();
    const parts = await openParts(context, listener, (videoId) => numbers.get(videoId));
    const { db } = context;
    const { jobs, quotas, bus, relay } = parts;
    const runs = new RunService({ db, jobs, quotas, bus, onWork: () => relay.trigger(), onStopped: () => undefined });
    const videos = new VideoService({
      db,
      jobs,
      quotas,
      runs,
      abilities: ABILITIES,
      finder: new LanguageDetector(readModelFile),
      bus,
      onWork: () => relay.trigger(),
    });
    return {
      enqueue: async (job) => {
        const owner = owners[job % OWNERS];
        if (!owner) throw new Error('There are no owners.');
        numbers.set((await videos.create(owner, INPUT)).id, job);
      },
      close: parts.close,
    };
  },
};

/** Reports when a job is stored as done. */
class ObservedOutcomes extends AttemptOutcomes {
  readonly #onComplete: () => void;

  constructor(onComplete: () => void, parts: AttemptOutcomesParts) {
    super(parts);
    this.#onComplete = onComplete;
  }

  override async complete(...claim: Parameters<AttemptOutcomes['complete']>): Promise<void> {
    await super.complete(...claim);
    this.#onComplete();
  }
}

/** The parts of a worker as in src/composition, with a pipeline that does nothing. */
async function openParts(
  { db, redisUrl, slots }: QueueBenchContext,
  listener: Listener,
  numberOf: (id: string) => number | undefined,
) {
  const prefix = `bench-${randomUUID()}`;
  const pubSub = new RedisPubSub({ redisUrl, prefix });
  pubSub.open();
  const bus = new EventBus(pubSub);
  const quotas = new QuotaService(db);
  const notifier = new JobNotifier({ redisUrl, prefix, queue: 'VIDEO', onState: () => undefined });
  const jobs = new JobStore(db, 6);
  const relay = new OutboxRelay(jobs, notifier, SILENT);
  const policy = { retries: 3, firstDelaySeconds: 60 };
  const worker = new Worker({
    db,
    bus,
    jobs,
    outcomes: new ObservedOutcomes(() => listener.finished(), { db, jobs, quotas, bus, policy }),
    logger: SILENT,
    slots: { VIDEO: slots, AI: 1 },
    graceSeconds: 10,
    lostAnswers: 'ask',
    make: async ({ videoId }) => {
      const number = numberOf(videoId);
      if (number !== undefined) listener.started(number);
    },
    makeContent: async () => {
      throw new Error('There are no generations.');
    },
    onWork: () => relay.trigger(),
  });
  await worker.start();
  const onNotification = () => worker.onNotification('VIDEO');
  const queueListener = new JobNotifier({
    redisUrl,
    prefix,
    queue: 'VIDEO',
    listener: { slots, onNotification },
    onState: () => undefined,
  });
  const sweeper = new Sweeper(jobs, () => relay.trigger(), SILENT);
  notifier.open();
  queueListener.open();
  relay.start();
  sweeper.start();
  const close = async () => {
    for (const part of [sweeper, queueListener, worker, relay, notifier, bus, pubSub]) await part.close();
  };
  return { bus, jobs, quotas, relay, close };
}

/** Users of the largest plan, so that no quota ends a round. */
async function ownersOn(db: Database): Promise<Viewer[]> {
  const owners = await Promise.all(Array.from({ length: OWNERS }, () => ownerOn(db)));
  const ids = owners.map(({ userId }) => userId);
  await sql`insert into user_subscriptions (user_id, plan, status) select unnest(${ids}::uuid[]), 'PREMIUM', 'ACTIVE'`.execute(
    db.sql(),
  );
  return owners;
}

async function putVideos(db: Database, owners: readonly Viewer[], count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUIDv7());
  const ownerIds = owners.map(({ userId }) => userId);
  await sql`
    insert into videos (id, owner_id, title, source, language, aspect_ratio, resolution)
    select id, (${ownerIds}::uuid[])[1 + place % ${OWNERS}], 'Bees', '{"kind":"script","text":"Bees dance."}', 'en', 'LANDSCAPE_16_9', 'SD_480'
    from unnest(${ids}::uuid[]) with ordinality as made (id, place)`.execute(db.sql());
  await sql`
    insert into ai_quotas (user_id, type, period, quota_limit, reserved, reset_at)
    select owner, 'VIDEO', period, 20000, ${count}, now() + interval '1 day'
    from unnest(${ownerIds}::uuid[]) as owner cross join unnest(array['DAILY', 'MONTHLY']) as period`.execute(db.sql());
  return ids;
}
