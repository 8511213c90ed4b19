import { join } from 'node:path';
import { FontBook } from '../../src/drawing/font-book.ts';
import { AppError } from '../../src/errors.ts';
import { DurationEstimator } from '../../src/forecast/duration-estimator.ts';
import { directCaptionLayout } from '../../src/media/captions/film-captions.ts';
import { SkiaCaptionPainter } from '../../src/media/captions/skia-caption-painter.ts';
import { CaptionTrackPainter } from '../../src/media/clips/caption-track.ts';
import { FileClipCache } from '../../src/media/clips/file-clip-cache.ts';
import { FilmAssembler } from '../../src/media/film/film-assembler.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { SkiaOverlayPainter } from '../../src/overlays/skia-overlay-painter.ts';
import { ClipPrefetcher } from '../../src/pipeline/clip-prefetcher.ts';
import { Eta } from '../../src/pipeline/eta.ts';
import { filmFormatOf } from '../../src/pipeline/film-format.ts';
import { PicturePrefetcher } from '../../src/pipeline/picture-prefetcher.ts';
import type { PipelineRun, Tools } from '../../src/pipeline/pipeline-run.ts';
import type { PipelineContext } from '../../src/pipeline/stage.ts';
import type { Checkpoint, ProgressStep, StageStore, VideoFacts } from '../../src/pipeline/stage-store.ts';
import type { StageName } from '../../src/pipeline/stages.ts';
import type { VideoSpec } from '../../src/pipeline/video-spec.ts';
import type {
  AttemptRequest,
  FailedAttempt,
  GenerationRequest,
  Ledger,
  OpenedGeneration,
  PlannedCall,
  SettledAttempt,
} from '../../src/providers/ledger.ts';
import { CardPainter } from '../../src/providers/local/cards/card-painter.ts';
import { filmContexts } from '../../src/providers/local/cards/film-contexts.ts';
import type { Providers } from '../../src/providers/ports.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { chainsOf, testProvider } from '../helpers/media/test-provider.ts';

export const VIDEO_SPEC: VideoSpec = {
  videoId: '01990000-0000-7000-8000-000000000000',
  title: undefined,
  source: { kind: 'script', text: 'One.' },
  language: 'en',
  aspectRatio: 'SQUARE_1_1',
  resolution: 'SD_480',
  targetDurationSeconds: undefined,
  voiceId: undefined,
  voiceSpeed: 1,
  hasChosenVoice: false,
  ownerId: 'owner',
  providers: {},
  visualStyle: undefined,
  burnInCaptions: false,
  captionStyle: undefined,
  music: undefined,
};

/** Records everything; `refuse` makes it throw LEASE_LOST, or another error. */
export class RecordingStageStore implements StageStore {
  readonly begun: ProgressStep[] = [];
  readonly steps: ProgressStep[] = [];
  readonly facts: VideoFacts[] = [];
  readonly checkpoints = new Map<StageName, Checkpoint>();
  refuse: Error | undefined;

  async checkpoint(stage: StageName): Promise<Checkpoint | null> {
    return this.checkpoints.get(stage) ?? null;
  }

  async begin(step: ProgressStep): Promise<void> {
    this.#mind();
    this.begun.push(step);
  }

  async report(step: ProgressStep, facts: VideoFacts): Promise<void> {
    this.#mind();
    this.steps.push(step);
    this.facts.push(facts);
  }

  async note(facts: VideoFacts): Promise<void> {
    this.facts.push(facts);
  }

  async complete(step: ProgressStep, checkpoint: Checkpoint, facts: VideoFacts): Promise<void> {
    this.#mind();
    this.steps.push(step);
    this.facts.push(facts);
    this.checkpoints.set(step.stage, checkpoint);
  }

  #mind(): void {
    if (this.refuse) throw this.refuse;
  }
}

/** Records its calls in their order, and returns what was settled. */
export class RecordingLedger implements Ledger {
  readonly notes: string[] = [];
  /** What planned calls may cost. */
  left = Number.POSITIVE_INFINITY;
  readonly #requests: GenerationRequest[] = [];
  readonly #answers = new Map<string, { stored: object; provider: string }>();

  async open(request: GenerationRequest): Promise<OpenedGeneration> {
    this.notes.push(`open ${request.stage}`);
    const answer = this.#answers.get(keyOf(request));
    if (answer) return { state: 'STORED', ...answer };
    this.#requests.push(request);
    return { state: 'OPEN', id: String(this.#requests.length - 1), lostBy: [] };
  }

  async ensureBudget(calls: readonly PlannedCall[]): Promise<void> {
    const answered = this.#requests.filter((request) => this.#answers.has(keyOf(request)));
    const isAnswered = ({ sceneId, inputHash }: PlannedCall) =>
      answered.some((one) => one.sceneId === sceneId && one.inputHash === inputHash);
    const left = calls.filter((call) => !isAnswered(call));
    const mostCost = left.reduce((sum, call) => sum + call.mostCost, 0);
    this.notes.push(`plan ${left.length} calls for ${mostCost}`);
    if (mostCost > this.left) throw new AppError('BUDGET_EXCEEDED', 'Too dear.');
  }

  async send({ generationId }: AttemptRequest): Promise<string> {
    this.notes.push(`send ${this.#requestOf(generationId).stage}`);
    return generationId;
  }

  async started(): Promise<void> {
    throw new Error('not in this test');
  }

  async settle(attemptId: string, { stored, provider }: SettledAttempt): Promise<void> {
    const request = this.#requestOf(attemptId);
    this.notes.push(`settle ${request.stage}`);
    this.#answers.set(keyOf(request), { stored, provider });
  }

  async fail(attemptId: string, { state, code }: FailedAttempt): Promise<void> {
    this.notes.push(`${state} ${this.#requestOf(attemptId).stage} ${code}`);
  }

  /** No other video has anything. */
  async findCached(): Promise<null> {
    return null;
  }

  async settleCached(): Promise<void> {
    throw new Error('not in this test');
  }

  #requestOf(id: string): GenerationRequest {
    const request = this.#requests[Number(id)];
    if (!request) throw new Error('It was opened before.');
    return request;
  }
}

const keyOf = ({ stage, sceneId, inputHash }: GenerationRequest) => JSON.stringify([stage, sceneId, inputHash]);

/** No checkpoint yet. */
const NEW_INSTALLATION = new DurationEstimator([]);

/** A run whose providers count their calls; the film assembler is real but never used. */
export async function contextIn(
  folder: string,
  {
    stageStore = new RecordingStageStore(),
    ledger = new RecordingLedger(),
    videoSpec = VIDEO_SPEC,
    change = (providers) => providers,
    offersRejected = false,
  }: {
    stageStore?: StageStore;
    ledger?: Ledger;
    videoSpec?: VideoSpec;
    change?: (providers: Providers) => Providers;
    offersRejected?: boolean;
  } = {},
) {
  const asked = { texts: 0, spoken: <string[]>[], drawn: <string[]>[] };
  const stop = new AbortController();
  const stopAfterStage = new AbortController();
  const filmAssembler = new FilmAssembler({
    ffmpeg: new Ffmpeg({ ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe' }),
    captions: new CaptionTrackPainter(new SkiaCaptionPainter(new FontBook())),
    overlays: new SkiaOverlayPainter(new FontBook()),
    grounds: new CardPainter(),
    clips: new FileClipCache(join(folder, 'clips')),
    tempDir: folder,
    parallel: 1,
  });
  const tools: Tools = {
    storage: await LocalStorage.open(join(folder, 'files')),
    filmAssembler,
    captions: directCaptionLayout,
    overlays: {
      plan: async (film) => filmContexts(film),
      design: () => Promise.reject(new Error('not in this test')),
    },
    inspect: () => Promise.reject(new Error('not in this test')),
    poster: () => Promise.reject(new Error('not in this test')),
    captionSafeHeight: () => 0,
    preview: async () => null,
    captionHighlight: () => '#ffcc00',
    pictureSize: (size) => size,
    tempDir: folder,
  };
  const run: PipelineRun = {
    videoSpec,
    stageStore,
    providers: chainsOf(change(countingProviders(asked)), ledger, videoSpec.providers, offersRejected),
    signal: stop.signal,
    stopAfterStage: stopAfterStage.signal,
    estimator: NEW_INSTALLATION,
    tools,
  };
  const clipPrefetcher = new ClipPrefetcher(tools, filmFormatOf(videoSpec, tools), stop.signal);
  const context: PipelineContext = {
    ...run,
    eta: new Eta(NEW_INSTALLATION, { filmSeconds: 30, scenes: 5, megapixels: 0.92 }),
    clipPrefetcher,
    picturePrefetcher: new PicturePrefetcher(run, clipPrefetcher),
  };
  return { context, asked, stop, stopAfterStage };
}

export function countingProviders(asked: { texts: number; spoken: string[]; drawn: string[] }): Providers {
  return {
    text: [
      testProvider({
        name: 'writer',
        paid: true,
        call: async () => {
          asked.texts++;
          return { title: 'A title', scenes: [{ narration: 'One.', visualPrompt: 'one' }] };
        },
      }),
    ],
    speech: [
      {
        ...testProvider({
          name: 'speaker',
          paid: true,
          call: async ({ text }) => {
            asked.spoken.push(text);
            return { wav: Buffer.from(text), sampleRate: 22_050, durationSeconds: text.length / 10, timings: [] };
          },
        }),
        voices: async () => [],
      },
    ],
    image: [
      testProvider({
        name: 'artist',
        paid: true,
        call: async ({ narration, width, height }) => {
          asked.drawn.push(narration);
          return { bytes: Buffer.from(narration), contentType: 'image/png', width, height };
        },
      }),
    ],
    analysis: [
      testProvider({ name: 'analyst', paid: true, call: () => Promise.reject(new Error('not in this test')) }),
    ],
  };
}
