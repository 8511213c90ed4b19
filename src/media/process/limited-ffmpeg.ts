import { Semaphore } from '../../concurrency/semaphore.ts';
import type { Ffmpeg, FfmpegProgress, FfmpegRun, FfmpegVersion } from './ffmpeg.ts';

/** What makes parts of films with FFmpeg. */
export type FfmpegRunner = Pick<Ffmpeg, 'run' | 'version'>;

/** Runs FFmpeg at most a given number of times at once, since each run takes 100 to 200 MB; the others wait in order. */
export class LimitedFfmpeg implements FfmpegRunner {
  readonly #ffmpeg: FfmpegRunner;
  readonly #runs: Semaphore;

  constructor(ffmpeg: FfmpegRunner, atOnce: number) {
    this.#ffmpeg = ffmpeg;
    this.#runs = new Semaphore(atOnce);
  }

  /** As `Ffmpeg.run`; throws CANCELED too if the signal aborts while it waits. */
  async run(args: readonly string[], options: FfmpegRun): Promise<FfmpegProgress> {
    return await this.#runs.use(options.signal, () => this.#ffmpeg.run(args, options));
  }

  version(): Promise<FfmpegVersion> {
    return this.#ffmpeg.version();
  }
}
