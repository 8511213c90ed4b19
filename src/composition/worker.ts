import { join } from 'node:path';
import { skia } from '../drawing/skia.ts';
import { JobNotifier } from '../jobs/queue/job-notifier.ts';
import type { WorkedQueue } from '../jobs/queue/queue-notifiers.ts';
import { Sweeper } from '../jobs/queue/sweeper.ts';
import { AttemptOutcomes } from '../jobs/worker/attempt-outcomes.ts';
import { FallbackPoller } from '../jobs/worker/fallback-poller.ts';
import type { JobTrace } from '../jobs/worker/job-trace.ts';
import { withStageTiming } from '../jobs/worker/timed-stage-store.ts';
import { Worker } from '../jobs/worker/worker.ts';
import { captionSafeHeight } from '../media/captions/caption-area.ts';
import { inspectFilm } from '../media/checks/film-quality.ts';
import { FileClipCache } from '../media/clips/file-clip-cache.ts';
import { FilmAssembler } from '../media/film/film-assembler.ts';
import { makePoster } from '../media/film/poster.ts';
import { makePreview } from '../media/film/preview.ts';
import { pictureSizeFor } from '../media/motion/motion.ts';
import { makeContent } from '../pipeline/make-content.ts';
import { makeVideo } from '../pipeline/make-video.ts';
import type { Tools } from '../pipeline/pipeline-run.ts';
import type { ChainParts } from '../providers/chain.ts';
import { providerChains } from '../providers/chains.ts';
import { directChains } from '../providers/direct-chains.ts';
import type { Ledger } from '../providers/ledger.ts';
import { highlightOf } from '../providers/local/cards/video-palette.ts';
import { waitingStates } from '../services/providers/waiting-states.ts';
import { openProcessFolder } from '../storage/process-folder.ts';
import { type Base } from './base.ts';
import { redisStateLog } from './servers.ts';
import { clipsFolderOf, schedulerOf } from './tasks.ts';

export async function openWorker(base: Base, resources: AsyncDisposableStack): Promise<void> {
  const {
    config,
    logger,
    redisUrl,
    db,
    bus,
    quotas,
    jobs,
    relay,
    stops,
    providersOf,
    prices,
    providerStates,
    metrics,
    tracing,
    history,
    storage,
  } = base;
  const tools = await openTools(base);
  const chainParts = (ledger: Ledger, until: AbortSignal, spans: JobTrace): ChainParts => ({
    ledger,
    states: waitingStates(providerStates, until),
    costOf: (...usage) => prices.costOf(...usage),
    metrics,
    spans,
    offersRejected: config.contentRejectedFailover,
  });
  const slots = { VIDEO: config.workerConcurrency, AI: config.generationConcurrency };
  const worker = new Worker({
    db,
    bus,
    jobs,
    outcomes: new AttemptOutcomes({
      db,
      jobs,
      quotas,
      bus,
      policy: { retries: config.jobRetries, firstDelaySeconds: config.jobRetrySeconds },
    }),
    logger,
    tracing,
    slots,
    lostAnswers: config.lostAnswers,
    make: async (videoSpec, stageStore, stop, ledger, trace) => {
      const [estimator, providers] = await Promise.all([history.read(), providersOf(videoSpec.ownerId, stop.now)]);
      await withStageTiming(stageStore, { metrics, trace }, (timedStageStore) =>
        makeVideo({
          videoSpec,
          stageStore: timedStageStore,
          providers: providerChains(providers, chainParts(ledger, stop.now, trace), videoSpec.providers),
          tools,
          estimator,
          signal: stop.now,
          stopAfterStage: stop.afterStage,
        }),
      );
    },
    makeContent: async (content, ledger, signal, trace) => {
      const { order, userId } = content;
      const preference = { provider: order.provider, model: order.type === 'AUDIO' ? undefined : order.model };
      const chains = directChains(await providersOf(userId, signal), chainParts(ledger, signal, trace), preference);
      await makeContent(content, { chains, storage, signal });
    },
    graceSeconds: config.stopGraceSeconds,
    onWork: () => relay.trigger(),
  });
  resources.defer(() => worker.close());
  await worker.start();
  resources.defer(stops.onStopped((videoId) => worker.check(videoId)));

  const queues: readonly (readonly [WorkedQueue, number])[] = [
    ['VIDEO', slots.VIDEO],
    ['AI', slots.AI],
  ];
  for (const [queue, atOnce] of queues) {
    const listener = { slots: atOnce, onNotification: () => worker.onNotification(queue) };
    const queueListener = new JobNotifier({
      redisUrl,
      prefix: config.queuePrefix,
      queue,
      listener,
      onState: redisStateLog(logger),
    });
    resources.defer(() => queueListener.close());
    queueListener.open();
    const fallbackPoller = new FallbackPoller({
      isNotified: () => queueListener.connected,
      poll: () => worker.poll(queue),
    });
    resources.defer(() => fallbackPoller.close());
    fallbackPoller.start();
  }
  const sweeper = new Sweeper(jobs, () => relay.trigger(), logger);
  resources.defer(() => sweeper.close());
  sweeper.start();
  const scheduler = schedulerOf({
    ...base,
    isHealthy: async () => (await base.health.status()).status !== 'UNHEALTHY',
  });
  resources.defer(() => scheduler.close());
  scheduler.start();
}

async function openTools({ config, ffmpeg, music, storage, threads }: Base): Promise<Tools> {
  // A worker that cannot draw must not take videos.
  skia();
  const tempDir = await openProcessFolder(join(config.dataDir, 'work'));
  const filmAssembler = new FilmAssembler({
    ffmpeg,
    captions: threads.captionPainter,
    overlays: threads.overlayPainter,
    grounds: threads.groundPainter,
    writeBed: threads.writeBed,
    musicFiles: music.files,
    clips: new FileClipCache(clipsFolderOf(config)),
    tempDir,
    parallel: config.programsAtOnce,
  });
  return {
    storage,
    filmAssembler,
    captions: threads.captionLayout,
    overlays: threads.overlayDesigner,
    inspect: (path, expected, signal) => inspectFilm(ffmpeg, path, expected, signal),
    preview: (request) => makePreview(ffmpeg, tempDir, request),
    poster: (order) => makePoster({ ffmpeg, overlays: threads.overlayPainter, tempDir }, order),
    captionSafeHeight,
    captionHighlight: highlightOf,
    pictureSize: pictureSizeFor,
    tempDir,
  };
}
