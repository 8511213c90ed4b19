import type { Cue, FilmFormat } from '../film/film.ts';
import { planFilm } from '../film/film-plan.ts';
import { cuesFor, shiftCues } from './cues.ts';
import type { SpokenUnit } from './speech-timeline.ts';
import { toAss, toSrt, toVtt } from './subtitle-files.ts';

/** A scene after speech synthesis. */
export interface SpokenScene {
  readonly narration: string;
  /** Of the narration without pauses; in seconds. */
  readonly durationSeconds: number;
  readonly timings: readonly SpokenUnit[];
}

export interface FilmCaptions {
  /** Whole subtitle files, in the film's time. */
  readonly captions: { readonly srt: string; readonly vtt: string; readonly ass: string };
  /** The start of each scene in the film. */
  readonly scenes: readonly {
    readonly narration: string;
    readonly startSeconds: number;
    readonly durationSeconds: number;
  }[];
  readonly cueCount: number;
}

/** Lays out captions. The same scenes give the same captions. Throws CANCELED when the signal aborts. */
export interface CaptionLayout {
  /** Cues of one scene; seconds count from the beginning of its narration. */
  cues(scene: SpokenScene, language: string, signal: AbortSignal): Promise<readonly Cue[]>;
  film(scenes: readonly SpokenScene[], format: FilmFormat, signal: AbortSignal): Promise<FilmCaptions>;
}

/** Runs the layout in the calling thread. */
export const directCaptionLayout: CaptionLayout = {
  cues: async ({ timings, narration }, language) => cuesFor(timings, narration, language),
  film: async (scenes, format) => filmCaptions(scenes, format),
};

/** The subtitle files of a whole film, and the times of its scenes. */
export function filmCaptions(scenes: readonly SpokenScene[], format: FilmFormat): FilmCaptions {
  const { size, language, rhythm } = format;
  const plan = planFilm(
    scenes.map((scene) => scene.durationSeconds),
    rhythm,
  );
  const cues = scenes.flatMap((scene, index) => {
    const begins = (plan.scenes[index]?.voiceFrame ?? 0) / rhythm.frameRate;
    return shiftCues(cuesFor(scene.timings, scene.narration, language), begins);
  });
  return {
    captions: { srt: toSrt(cues), vtt: toVtt(cues), ass: toAss(cues, size, language) },
    scenes: scenes.map(({ narration }, index) => ({
      narration,
      startSeconds: (plan.scenes[index]?.startFrame ?? 0) / rhythm.frameRate,
      durationSeconds: (plan.scenes[index]?.frames ?? 0) / rhythm.frameRate,
    })),
    cueCount: cues.length,
  };
}
