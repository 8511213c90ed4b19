import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FontBook } from '../../src/drawing/font-book.ts';
import { inspectFilm } from '../../src/media/checks/film-quality.ts';
import { CaptionTrackPainter } from '../../src/media/clips/caption-track.ts';
import type { Clip } from '../../src/media/clips/clip.ts';
import { ClipGraph, type WrittenTrack } from '../../src/media/clips/clip-graph.ts';
import { ClipRenderer, type ReadyClip } from '../../src/media/clips/clip-renderer.ts';
import { FileClipCache } from '../../src/media/clips/file-clip-cache.ts';
import type { FilmFormat, FrameSize, SceneMedia } from '../../src/media/film/film.ts';
import { type Film, FilmAssembler } from '../../src/media/film/film-assembler.ts';
import { filmClips } from '../../src/media/film/film-clips.ts';
import { planFilm } from '../../src/media/film/film-plan.ts';
import { clipList } from '../../src/media/film/join-clips.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { LimitedFfmpeg } from '../../src/media/process/limited-ffmpeg.ts';
import { SoundMix } from '../../src/media/sound/sound-mix.ts';
import { SkiaOverlayPainter } from '../../src/overlays/skia-overlay-painter.ts';
import { CardPainter } from '../../src/providers/local/cards/card-painter.ts';
import { BLOCK, cueOf, FakeCuePainter, formatOf, makeScenes } from '../../test/helpers/media/media-fixtures.ts';

const FRAME_RATE = 25;
const PARALLEL = 2;

/** A film of the bench and its operations; all files are in its folder. */
export class BenchFilm {
  readonly ffmpeg = new Ffmpeg();
  readonly signal = new AbortController().signal;
  readonly path: string;
  readonly format: FilmFormat;
  readonly folder: string;
  readonly scenes: readonly SceneMedia[];

  constructor(folder: string, scenes: readonly SceneMedia[], size: FrameSize) {
    this.folder = folder;
    this.scenes = scenes;
    this.path = join(folder, 'film.mp4');
    this.format = formatOf(size, FRAME_RATE, { captionLook: BLOCK });
  }

  static async of(folder: string, count: number, narrationSeconds: number, size: FrameSize): Promise<BenchFilm> {
    const specs = Array.from({ length: count }, (_, at) => spec(at, narrationSeconds));
    return new BenchFilm(folder, await makeScenes(folder, specs, size), size);
  }

  /** The same film with another picture in one scene. */
  async withPicture(at: number, picture: number, narrationSeconds: number): Promise<BenchFilm> {
    const [changed] = await makeScenes(this.folder, [{ ...spec(at, narrationSeconds), picture }], this.format.size);
    if (changed === undefined) throw new Error('No scene was made.');
    return new BenchFilm(this.folder, this.scenes.with(at, changed), this.format.size);
  }

  get plan() {
    return planFilm(
      this.scenes.map((scene) => scene.narrationSeconds),
      this.format.rhythm,
    );
  }

  async forget(): Promise<void> {
    await rm(join(this.folder, 'clips'), { recursive: true, force: true });
  }

  assemble(): Promise<Film> {
    const assembler = new FilmAssembler({ ...this.#parts(), parallel: PARALLEL });
    return assembler.assemble({ scenes: this.scenes, format: this.format, outputPath: this.path, signal: this.signal });
  }

  async check(): Promise<void> {
    const { totalFrames } = this.plan;
    const expected = { size: this.format.size, frameRate: FRAME_RATE, totalFrames, music: false };
    const { problems } = await inspectFilm(this.ffmpeg, this.path, expected, this.signal);
    if (problems.length > 0) throw new Error(problems.join(' '));
  }

  /** Only the clips, as `assemble` renders them; cached ones are not rendered again. */
  async clips(captioned: boolean): Promise<ReadyClip[]> {
    const format = { ...this.format, captionLook: captioned ? BLOCK : null };
    const renderer = new ClipRenderer({
      ...this.#parts(),
      ffmpeg: new LimitedFfmpeg(this.ffmpeg, PARALLEL),
      parallel: PARALLEL,
    });
    const clips = filmClips(this.scenes, this.plan, format);
    return await Promise.all(clips.map((clip) => renderer.ready(clip, format, this.signal, () => undefined)));
  }

  /** Motion and seams, no captions and no sound. */
  async silentFilm(): Promise<void> {
    const list = join(this.folder, 'silent.txt');
    await writeFile(list, clipList(await this.clips(false), FRAME_RATE));
    const output = ['-c', 'copy', '-movflags', '+faststart', `file:${join(this.folder, 'silent.mp4')}`];
    await this.ffmpeg.run(['-f', 'concat', '-safe', '0', '-i', `file:${list}`, ...output], { signal: this.signal });
  }

  sound(): Promise<string> {
    const voices = this.voices.map(({ path, frame, seconds }) => {
      const startSample = (frame * 48_000) / FRAME_RATE;
      return { path, startSample, endSample: startSample + seconds * 48_000 };
    });
    const samples = (this.plan.totalFrames * 48_000) / FRAME_RATE;
    const { folder, signal } = this;
    return new SoundMix(this.ffmpeg).mix({ voices, samples, folder, signal, onProgress: () => undefined });
  }

  get voices() {
    return this.scenes.map(({ voicePath, narrationSeconds }, at) => ({
      path: voicePath,
      frame: this.plan.scenes[at]?.voiceFrame ?? 0,
      seconds: narrationSeconds,
    }));
  }

  /** Writes the frames that our encoder gets to a file of raw frames, as input of a raw encoder. */
  async writeFrames(path: string, captioned: boolean): Promise<void> {
    const format = { ...this.format, captionLook: captioned ? BLOCK : null };
    const graph = new ClipGraph(format);
    const labels: string[] = [];
    for (const clip of filmClips(this.scenes, this.plan, format)) {
      labels.push(graph.add(clip, await this.#paint(clip, labels.length)));
    }
    const [filters = '', ...before] = graph.arguments().toReversed();
    const joined = `${filters};${labels.join('')}concat=n=${labels.length}[all]`;
    const output = ['-map', '[all]', '-r', String(FRAME_RATE), '-f', 'rawvideo', `file:${path}`];
    await this.ffmpeg.run([...before.toReversed(), joined, ...output], { signal: this.signal });
  }

  async #paint(clip: Clip, at: number): Promise<WrittenTrack[]> {
    const [first, ...others] = clip.kind === 'body' ? clip.cues : [];
    if (first === undefined) return [];
    const { size, language, rhythm } = this.format;
    const path = join(this.folder, `captions-${at}.rgba`);
    const order = { cues: [first, ...others], size, language, look: BLOCK, frameRate: rhythm.frameRate } as const;
    return [{ track: await new CaptionTrackPainter(new FakeCuePainter()).paint(order, path), path }];
  }

  #parts() {
    const clips = new FileClipCache(join(this.folder, 'clips'));
    const overlays = new SkiaOverlayPainter(new FontBook());
    const tempDir = join(this.folder, 'temp');
    const captions = new CaptionTrackPainter(new FakeCuePainter());
    return { ffmpeg: this.ffmpeg, captions, overlays, grounds: new CardPainter(), clips, tempDir };
  }
}

function spec(at: number, narrationSeconds: number) {
  const half = narrationSeconds / 2;
  const cues = [
    cueOf({ startSeconds: 0, endSeconds: half - 0.05, lines: ['A line of words that', 'has the length of a caption'] }),
    cueOf({ startSeconds: half + 0.05, endSeconds: narrationSeconds, lines: ['and another one after it'] }),
  ];
  return { id: `scene-${at}`, narrationSeconds, cues };
}
