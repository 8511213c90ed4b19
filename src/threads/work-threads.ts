import type { CaptionLayout } from '../media/captions/film-captions.ts';
import type { CaptionPainter } from '../media/clips/caption-track.ts';
import type { WriteBed } from '../media/sound/music.ts';
import type { GroundPainter } from '../overlays/ground.ts';
import type { OverlayPainter } from '../overlays/overlay-track.ts';
import {
  LOCAL_ANALYSIS_MODEL,
  LOCAL_IMAGE_MODEL,
  LOCAL_TEXT_MODEL,
  topicUnsuitable,
} from '../providers/local/descriptions.ts';
import { localProvider } from '../providers/local/local-provider.ts';
import type { SpeechText } from '../providers/local/speech/speech-text.ts';
import type { CheckPicture } from '../providers/pictures/checked-picture.ts';
import type {
  AnalysisProvider,
  ImageProvider,
  OverlayDesigner,
  Script,
  ScriptRequest,
  TextProvider,
} from '../providers/ports.ts';
import { ACTIVITIES } from './activities.ts';
import { ThreadPool } from './thread-pool.ts';
import type { ThreadTasks } from './thread-tasks.ts';

/** In the build it is next to the program too. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './work-thread.ts' : './work-thread.js', import.meta.url);
/** A new thread takes a tenth of a second to start; an idle one takes 20 MB. */
const IDLE_SECONDS = 10;

export interface WorkThreadsOptions {
  /** Number of videos made concurrently. */
  readonly videos: number;
  /** Time limit of one task, in seconds. */
  readonly taskSeconds: number;
}

/**
 * Runs the built-in providers' work with texts and pictures in worker threads, which start when they are needed. The
 * creator closes it.
 */
export class WorkThreads {
  readonly #text: ThreadPool<ThreadTasks>;
  /** Separate threads, so that a text task that hangs does not block pictures. */
  readonly #drawing: ThreadPool<ThreadTasks>;

  constructor({ videos, taskSeconds }: WorkThreadsOptions) {
    const options = { entry: ENTRY, activities: ACTIVITIES, taskSeconds, idleSeconds: IDLE_SECONDS };
    // At least two, so that a text task that hangs does not block all others. A text thread takes 30 MB.
    this.#text = new ThreadPool({ ...options, threads: Math.max(2, videos) });
    // Drawing a scene takes a quarter of the time of encoding it, and a drawing thread takes 80 MB: one for two videos
    // is enough.
    this.#drawing = new ThreadPool({ ...options, threads: Math.ceil(videos / 2) });
  }

  get textProvider(): TextProvider {
    return localProvider<ScriptRequest, Script>({
      models: [LOCAL_TEXT_MODEL],
      call: (request, signal) => this.#text.run('writeScript', request, signal),
      unsuitable: topicUnsuitable,
    });
  }

  get analysisProvider(): AnalysisProvider {
    return localProvider({
      models: [LOCAL_ANALYSIS_MODEL],
      // It does not look at the film, whose preview is a function that no thread can receive.
      call: ({ film: _, ...request }, signal) => this.#text.run('analyse', request, signal),
    });
  }

  get imageProvider(): ImageProvider {
    return localProvider({
      models: [LOCAL_IMAGE_MODEL],
      call: (request, signal) => this.#drawing.run('draw', request, signal),
    });
  }

  /** For the pictures of services outside. */
  get checkPicture(): CheckPicture {
    return (bytes, signal) => this.#drawing.run('checkPicture', bytes, signal);
  }

  get overlayDesigner(): OverlayDesigner {
    return {
      plan: (film, signal) => this.#drawing.run('planFilm', film, signal),
      design: (request, spoken, signal) => this.#drawing.run('designOverlays', { request, spoken }, signal),
    };
  }

  get groundPainter(): GroundPainter {
    return { paint: (ground, path, signal) => this.#drawing.run('drawGround', { ground, path }, signal) };
  }

  get overlayPainter(): OverlayPainter {
    return { paint: (order, path, signal) => this.#drawing.run('paintOverlay', { order, path }, signal) };
  }

  get speechText(): SpeechText {
    return {
      prepare: (text, signal) => this.#text.run('prepareSpeech', text, signal),
      join: (spoken, signal) => this.#text.run('joinSpeech', spoken, signal, samplesIn(spoken.spokenPieces)),
    };
  }

  get captionLayout(): CaptionLayout {
    return {
      cues: ({ narration, durationSeconds, timings }, language, signal) =>
        this.#text.run('layOutCues', { scene: { narration, durationSeconds, timings }, language }, signal),
      film: (scenes, format, signal) => this.#text.run('layOutCaptions', { scenes, format }, signal),
    };
  }

  get captionPainter(): CaptionPainter {
    return { paint: (order, path, signal) => this.#drawing.run('paintCaptions', { order, path }, signal) };
  }

  get writeBed(): WriteBed {
    return (mood, path, signal) => this.#text.run('composeMusic', { mood, path }, signal);
  }

  /** Ends all threads; running tasks fail with CANCELED. */
  async close(): Promise<void> {
    await Promise.all([this.#text.close(), this.#drawing.close()]);
  }
}

/** Moved to the thread instead of copied: up to 12 MB for a long scene. */
function samplesIn(spokenPieces: readonly { readonly samples: Int16Array }[]): ArrayBuffer[] {
  return spokenPieces.flatMap(({ samples: { buffer } }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}
