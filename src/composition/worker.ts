import { join } from 'node:path';
import { skia } from '../drawing/skia.ts';
import { Doorbell } from '../jobs/doorbell.ts';
import { Leases } from '../jobs/lease.ts';
import { Lookout } from '../jobs/lookout.ts';
import { Outcomes } from '../jobs/outcome.ts';
import { Sweeper } from '../jobs/sweeper.ts';
import { timed } from '../jobs/timed-desk.ts';
import { Worker } from '../jobs/worker.ts';
import { captionSafeHeight } from '../media/caption-picture.ts';
import { ClipFolder } from '../media/clip-folder.ts';
import { CuttingRoom } from '../media/cutting-room.ts';
import { pictureSizeFor } from '../media/motion.ts';
import { inspectFilm } from '../media/quality.ts';
import { makeThumbnail } from '../media/thumbnail.ts';
import type { Tools } from '../pipeline/job.ts';
import { makeVideo } from '../pipeline/make-video.ts';
import { ledgered } from '../providers/ledgered.ts';
import { recorded } from '../providers/recorded.ts';
import { openProcessFolder } from '../storage/process-folder.ts';
import { type Base } from './base.ts';
import { redisStateLog } from './servers.ts';
import { clipsFolderOf, schedulerOf } from './tasks.ts';

export async function openWorker(base: Base, resources: AsyncDisposableStack): Promise<void> {
  const { config, logger, redisUrl, db, bus, quotas, relay, stops, makers, providers, metrics, history } = base;
  const tools = await openTools(base);
  const worker = new Worker({
    db,
    bus,
    leases: new Leases(db, config.leaseSeconds),
    outcomes: new Outcomes(db, quotas, bus, { retries: config.jobRetries, firstDelaySeconds: config.jobRetrySeconds }),
    logger,
    slots: config.workerConcurrency,
    lostAnswers: config.lostAnswers,
    make: async (brief, desk, stop, ledger) => {
      const experience = await history.read();
      await timed(desk, metrics, (timedDesk) =>
        makeVideo({
          brief,
          desk: timedDesk,
          providers: ledgered(recorded(makers, providers.recordFor(brief.videoId)), ledger),
          tools,
          experience,
          signal: stop.now,
          stopAfterStage: stop.afterStage,
        }),
      );
    },
    graceSeconds: config.stopGraceSeconds,
    onWork: () => relay.kick(),
  });
  resources.defer(() => worker.close());
  await worker.start();
  resources.defer(stops.onStopped((videoId) => worker.check(videoId)));

  const listener = { slots: config.workerConcurrency, answer: () => worker.answer('VIDEO') };
  const ear = new Doorbell({
    redisUrl,
    prefix: config.queuePrefix,
    queue: 'VIDEO',
    listener,
    onState: redisStateLog(logger),
  });
  resources.defer(() => ear.close());
  ear.open();
  const lookout = new Lookout({ isRungFor: () => ear.connected, look: () => worker.lookAround('VIDEO') });
  resources.defer(() => lookout.close());
  lookout.start();
  const sweeper = new Sweeper(db, () => relay.kick(), logger);
  resources.defer(() => sweeper.close());
  sweeper.start();
  const scheduler = schedulerOf(base);
  resources.defer(() => scheduler.close());
  scheduler.start();
}

async function openTools({ config, ffmpeg, storage, threads }: Base): Promise<Tools> {
  // A worker that could not draw must not take videos.
  skia();
  const tempDir = await openProcessFolder(join(config.dataDir, 'work'));
  const cuttingRoom = new CuttingRoom({
    ffmpeg,
    captions: threads.captionArtist,
    composeBed: threads.composeBed,
    clips: new ClipFolder(clipsFolderOf(config)),
    tempDir,
    parallel: config.programsAtOnce,
  });
  return {
    storage,
    cuttingRoom,
    captions: threads.captionLayout,
    inspect: (path, expected, signal) => inspectFilm(ffmpeg, path, expected, signal),
    poster: (order) => makeThumbnail(ffmpeg, { ...order, tempDir }),
    captionSafeHeight,
    pictureSize: pictureSizeFor,
    tempDir,
  };
}
