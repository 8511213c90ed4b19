import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { FontBook } from '../../src/drawing/font-book.ts';
import { DurationEstimator } from '../../src/forecast/duration-estimator.ts';
import type { WorkerParts } from '../../src/jobs/worker/worker.ts';
import { captionSafeHeight } from '../../src/media/captions/caption-area.ts';
import { directCaptionLayout } from '../../src/media/captions/film-captions.ts';
import { SkiaCaptionPainter } from '../../src/media/captions/skia-caption-painter.ts';
import { inspectFilm } from '../../src/media/checks/film-quality.ts';
import { CaptionTrackPainter } from '../../src/media/clips/caption-track.ts';
import { FileClipCache } from '../../src/media/clips/file-clip-cache.ts';
import { FilmAssembler } from '../../src/media/film/film-assembler.ts';
import { makePoster } from '../../src/media/film/poster.ts';
import { pictureSizeFor } from '../../src/media/motion/motion.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { SkiaOverlayPainter } from '../../src/overlays/skia-overlay-painter.ts';
import { makeVideo } from '../../src/pipeline/make-video.ts';
import type { Tools } from '../../src/pipeline/pipeline-run.ts';
import type { StageStore } from '../../src/pipeline/stage-store.ts';
import type { StageName } from '../../src/pipeline/stages.ts';
import { LocalAnalysisProvider } from '../../src/providers/local/analysis/local-analysis-provider.ts';
import { CardPainter } from '../../src/providers/local/cards/card-painter.ts';
import { filmContexts } from '../../src/providers/local/cards/film-contexts.ts';
import { LocalImageProvider } from '../../src/providers/local/cards/local-image-provider.ts';
import { sceneDesign } from '../../src/providers/local/cards/scene-overlays.ts';
import { LocalTextProvider } from '../../src/providers/local/script/local-text-provider.ts';
import { LocalSpeechProvider } from '../../src/providers/local/speech/local-speech-provider.ts';
import type { Providers } from '../../src/providers/ports.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { FfmpegGate } from '../helpers/media/ffmpeg-gate.ts';
import { chainsOf, testProvider } from '../helpers/media/test-provider.ts';
import { processesNaming } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';
import { ownerOn, videoQuotasOf, videoServicesOn } from '../helpers/video-services.ts';

const LIMIT_MS = 5_000;

let db: Database;
let folder: string;
let gate: FfmpegGate;
let tools: Tools;
let videoServices: ReturnType<typeof videoServicesOn>;
const voice = new LocalSpeechProvider();

beforeAll(async () => {
  db = await createTestDatabase();
  videoServices = videoServicesOn(db);
  folder = await mkdtemp(join(tmpdir(), 'autovideo-cancel-'));
  gate = await FfmpegGate.in(folder);
  const ffmpeg = new Ffmpeg({ ffmpegPath: gate.path, ffprobePath: 'ffprobe' });
  const tempDir = join(folder, 'work');
  const fonts = new FontBook();
  const captions = new CaptionTrackPainter(new SkiaCaptionPainter(fonts));
  tools = {
    storage: await LocalStorage.open(join(folder, 'files')),
    captions: directCaptionLayout,
    overlays: {
      plan: async (film) => filmContexts(film),
      design: async (request, spoken) => sceneDesign(request, spoken, fonts),
    },
    filmAssembler: new FilmAssembler({
      ffmpeg,
      captions,
      overlays: new SkiaOverlayPainter(fonts),
      grounds: new CardPainter(),
      clips: new FileClipCache(join(folder, 'clips')),
      tempDir,
      parallel: 1,
    }),
    inspect: (path, expected, signal) => inspectFilm(ffmpeg, path, expected, signal),
    poster: (order) => makePoster({ ffmpeg, overlays: new SkiaOverlayPainter(fonts), tempDir }, order),
    captionSafeHeight,
    preview: async () => null,
    captionHighlight: () => '#ffcc00',
    pictureSize: pictureSizeFor,
    tempDir,
  };
});
afterAll(async () => {
  await voice.close();
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

/** Resolves when the stage is reached, which then ends only when it is aborted; `calledOff` counts the aborts. */
class StandStill {
  readonly reached: Promise<void>;
  calledOff = 0;
  readonly #stage: StageName;
  readonly #reach: () => void;

  constructor(stage: StageName) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stage = stage;
    this.reached = promise;
    this.#reach = resolve;
  }

  /** A provider that is called in this stage never answers. */
  providers(): Providers {
    const [text, image, analysis] = [new LocalTextProvider(), new LocalImageProvider(), new LocalAnalysisProvider()];
    return {
      text: [testProvider({ call: this.#call('SCRIPT', (...asked) => text.writeScript(...asked)) })],
      speech: [
        {
          ...testProvider({ call: this.#call('SPEECH', (...asked) => voice.speak(...asked)) }),
          voices: async (language) => voice.voices(language),
        },
      ],
      image: [testProvider({ call: this.#call('VISUALS', (...asked) => image.draw(...asked)) })],
      analysis: [testProvider({ call: this.#call('ANALYSIS', (...asked) => analysis.analyse(...asked)) })],
    };
  }

  /** Work without a provider hangs as it begins (CAPTIONS), or with its FFmpeg at the gate (ASSEMBLY). */
  stageStore(stageStore: StageStore, signal: AbortSignal): StageStore {
    const begin: StageStore['begin'] = async (step, provider) => {
      await stageStore.begin(step, provider);
      if (step.stage !== this.#stage) return;
      if (step.stage === 'CAPTIONS') await this.#hang(signal).catch(() => undefined);
      if (step.stage === 'ASSEMBLY') this.#reach();
    };
    return {
      begin,
      checkpoint: (stage) => stageStore.checkpoint(stage),
      report: (step, facts) => stageStore.report(step, facts),
      note: (facts) => stageStore.note(facts),
      complete: (step, checkpoint, facts) => stageStore.complete(step, checkpoint, facts),
    };
  }

  #call<Request, Answer>(stage: StageName, call: (request: Request, signal: AbortSignal) => Promise<Answer>) {
    return (request: Request, signal: AbortSignal) =>
      stage === this.#stage ? this.#hang(signal) : call(request, signal);
  }

  #hang(signal: AbortSignal): Promise<never> {
    this.#reach();
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        this.calledOff++;
        reject(signal.reason);
      });
    });
  }
}

/** All rows and files of a video that a worker could write. */
async function stateOf(videoId: string): Promise<unknown> {
  const of = (table: 'video_stages' | 'video_events' | 'scenes' | 'ai_generations' | 'jobs') =>
    db.sql().selectFrom(table).selectAll().where('video_id', '=', videoId).orderBy(sql`1, 2, 3`).execute();
  const video = await db.sql().selectFrom('videos').selectAll().where('id', '=', videoId).execute();
  return [
    video,
    await of('video_stages'),
    await of('video_events'),
    await of('scenes'),
    await of('ai_generations'),
    await of('jobs'),
  ];
}

const eventsOf = (videoId: string) =>
  db.sql().selectFrom('video_events').select('status').where('video_id', '=', videoId).orderBy('seq').execute();
const reservedBy = async ({ userId }: Viewer) =>
  (await videoQuotasOf(videoServices, userId)).map(({ reserved }) => reserved);

describe('Canceling a video', () => {
  it.each<StageName>(['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'])(
    'during %s aborts the running work within 5 s, and nothing of it is left or written afterwards',
    async (stage) => {
      const still = new StandStill(stage);
      if (stage === 'ANALYSIS') await gate.open();
      else await gate.shut();
      const make: WorkerParts['make'] = (videoSpec, stageStore, stop, ledger) =>
        makeVideo({
          videoSpec,
          stageStore: still.stageStore(stageStore, stop.now),
          providers: chainsOf(still.providers(), ledger),
          tools,
          estimator: new DurationEstimator([]),
          signal: stop.now,
          stopAfterStage: stop.afterStage,
        });
      const owner = await ownerOn(db);
      const { id } = await videoServices.accept(owner);
      // With its lease alone the worker would notice it only after minutes.
      const worker = videoServices.worker(make, { leaseSeconds: 600 });
      const working = worker.onNotification('VIDEO');
      await still.reached;
      if (stage === 'ASSEMBLY') await until('FFmpeg runs', async () => (await processesNaming(id)).length > 0);

      const begun = performance.now();
      await videoServices.runs.cancel(owner, id);
      const canceled = await stateOf(id);
      worker.check(id);
      await working;
      expect(performance.now() - begun).toBeLessThan(LIMIT_MS);

      expect(still.calledOff).toBe(stage === 'ASSEMBLY' ? 0 : 1);
      expect(await processesNaming(id)).toEqual([]);
      expect(await readdir(tools.tempDir).catch(() => [])).toEqual([]);
      expect(await reservedBy(owner)).toEqual([0, 0]);
      expect((await eventsOf(id)).at(-1)?.status).toBe('CANCELED');
      expect(await stateOf(id)).toEqual(canceled);
      await worker.close();
    },
  );
});
