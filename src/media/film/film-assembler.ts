import { allOrAbort } from '../../concurrency/all-or-abort.ts';
import { AppError } from '../../errors.ts';
import type { GroundPainter } from '../../overlays/ground.ts';
import type { OverlayPainter } from '../../overlays/overlay-track.ts';
import type { CaptionPainter } from '../clips/caption-track.ts';
import { bodyClips, seamClip } from '../clips/clip.ts';
import { ClipRenderer } from '../clips/clip-renderer.ts';
import type { ClipCache } from '../clips/file-clip-cache.ts';
import { moveAtomically } from '../clips/file-clip-cache.ts';
import type { Ffmpeg } from '../process/ffmpeg.ts';
import { LimitedFfmpeg } from '../process/limited-ffmpeg.ts';
import { withWorkFolder } from '../process/work-folder.ts';
import type { WriteBed } from '../sound/music.ts';
import type { MusicFile } from '../sound/music-files.ts';
import { SAMPLE_RATE, SoundMix } from '../sound/sound-mix.ts';
import { CombinedProgress } from './combined-progress.ts';
import type { FilmFormat, SceneMedia } from './film.ts';
import { filmClips } from './film-clips.ts';
import { type FilmPlan, planFilm, type ScenePosition } from './film-plan.ts';
import { joinFilm } from './join-clips.ts';

export interface FilmAssemblerParts {
  readonly ffmpeg: Ffmpeg;
  readonly captions: CaptionPainter;
  readonly overlays: OverlayPainter;
  readonly grounds: GroundPainter;
  readonly clips: ClipCache;
  /** Composes the music; by default in the calling thread. */
  readonly writeBed?: WriteBed;
  /** Music of the user's own, by mood. */
  readonly musicFiles?: ReadonlyMap<string, MusicFile>;
  /** For unfinished files; each operation removes its own. */
  readonly tempDir: string;
  /** Maximum number of FFmpegs that encode clips or mix sound at once. */
  readonly parallel: number;
}

export interface PreparedScene {
  readonly scene: SceneMedia;
  /** Position in the film, which must be known: the first and the last scene have no seam on one side. */
  readonly position: ScenePosition;
  /** The previous scene, if its picture exists already: the seam between the two is then rendered as well. */
  readonly previous?: SceneMedia;
}

export interface FilmRequest {
  /** At least one. */
  readonly scenes: readonly SceneMedia[];
  readonly format: FilmFormat;
  /** Path of the film, which appears there atomically. */
  readonly outputPath: string;
  readonly signal: AbortSignal;
  /** 0 to 1, from FFmpeg's own progress; never decreases, and 1 is reported once, at the end. */
  readonly onProgress?: (fraction: number) => void;
}

export interface Film {
  readonly path: string;
  readonly totalFrames: number;
  readonly durationSeconds: number;
  readonly clipsMade: number;
  readonly clipsReused: number;
}

/** Sound takes about an eighth of the work of the pictures; joining hardly any. */
const SOUND_SHARE = 0.12;
const JOIN_SHARE = 0.02;

/**
 * Assembles a film from stills and voices. Each picture of a scene and each cross-fade is a clip of its own, cached by content, so
 * that only changed parts are rendered again; the finished clips are joined without encoding them again.
 */
export class FilmAssembler {
  readonly #parts: FilmAssemblerParts;
  readonly #clips: ClipRenderer;
  readonly #sound: SoundMix;

  constructor(parts: FilmAssemblerParts) {
    this.#parts = parts;
    const ffmpeg = new LimitedFfmpeg(parts.ffmpeg, parts.parallel);
    this.#clips = new ClipRenderer({ ...parts, ffmpeg });
    this.#sound = new SoundMix(ffmpeg, parts.writeBed, parts.musicFiles);
  }

  /**
   * Renders a scene's clips as soon as its picture, voice and cues exist, while later pictures are still drawn. Safe to
   * repeat and to omit: `assemble` renders missing clips and waits for those in progress.
   */
  async prepareScene(prepared: PreparedScene, format: FilmFormat, signal: AbortSignal): Promise<void> {
    const { scene, position, previous } = prepared;
    await allOrAbort(signal, (sharedSignal) =>
      bodyClips(scene, position, format).map((clip) => this.#clips.ready(clip, format, sharedSignal, () => undefined)),
    );
    if (previous !== undefined) await this.prepareCrossFade(previous, scene, format, signal);
  }

  /** Renders the cross-fade between two neighbours. */
  async prepareCrossFade(from: SceneMedia, to: SceneMedia, format: FilmFormat, signal: AbortSignal): Promise<void> {
    await this.#clips.ready(seamClip(from, to, format), format, signal, () => undefined);
  }

  /**
   * Assembles the whole film. Throws the errors of its parts, including CANCELED, and then leaves only finished clips.
   */
  async assemble(request: FilmRequest): Promise<Film> {
    const { scenes, format, signal } = request;
    if (scenes.length === 0) throw new AppError('INVALID_INPUT', 'A film needs at least one scene.');
    const plan = planFilm(
      scenes.map((scene) => scene.narrationSeconds),
      format.rhythm,
    );
    const progress = new CombinedProgress(request.onProgress);
    const sound = progress.part(SOUND_SHARE);
    const pictures = filmClips(scenes, plan, format).map((clip) => ({
      clip,
      onFraction: progress.part(((1 - SOUND_SHARE - JOIN_SHARE) * clip.frames) / plan.totalFrames),
    }));
    const clips = await withWorkFolder(this.#parts.tempDir, async (folder) => {
      const [soundPath, ready] = await allOrAbort(signal, (sharedSignal) => [
        this.#sound.mix({ ...soundOf(request, plan), folder, signal: sharedSignal, onProgress: sound }),
        allOrAbort(sharedSignal, (pictureSignal) =>
          pictures.map(({ clip, onFraction }) => this.#clips.ready(clip, format, pictureSignal, onFraction)),
        ),
      ]);
      const join = { clips: ready, frameRate: format.rhythm.frameRate, soundPath, folder, signal };
      await moveAtomically(await joinFilm(this.#parts.ffmpeg, join), request.outputPath);
      return ready;
    });
    progress.end();
    const clipsMade = clips.filter(({ made }) => made).length;
    const { totalFrames, durationSeconds } = plan;
    return { path: request.outputPath, totalFrames, durationSeconds, clipsMade, clipsReused: clips.length - clipsMade };
  }
}

function soundOf({ scenes, format }: FilmRequest, plan: FilmPlan) {
  const samplesPerFrame = SAMPLE_RATE / format.rhythm.frameRate;
  const voices = scenes.map((scene, index) => {
    const startSample = (plan.scenes[index]?.voiceFrame ?? 0) * samplesPerFrame;
    const endSample = startSample + Math.round(scene.narrationSeconds * SAMPLE_RATE);
    return { path: scene.voicePath, startSample, endSample };
  });
  return {
    voices,
    samples: plan.totalFrames * samplesPerFrame,
    ...(format.music === undefined ? {} : { music: format.music }),
  };
}
