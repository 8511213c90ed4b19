import { canceled } from '../../errors.ts';
import { type ChildExit, type RunChild, runChildGroup } from './child-group.ts';
import { ffmpegFailure, ffmpegNotFound, startFailure } from './ffmpeg-failure.ts';
import { Launcher, wasNotStarted } from './launcher.ts';
import { type MediaProbe, mediaProbe } from './media-probe.ts';

/** Number of last output lines that the error of a failed run contains. */
const MAX_ERROR_LINES = 20;
const MIN_MAJOR_VERSION = 5;

export interface FfmpegPaths {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
}

/** Progress of a run, as reported by FFmpeg. */
export interface FfmpegProgress {
  /** Frames of the first video output; 0 where there is none. */
  readonly frames: number;
  /** Time reached in the output, in seconds. */
  readonly seconds: number;
}

export interface FfmpegRun {
  readonly signal: AbortSignal;
  readonly cwd?: string;
  readonly onProgress?: (progress: FfmpegProgress) => void;
  /** Called with every log line; sets FFmpeg's log level to "info", which filters such as ebur128 report at. */
  readonly onLog?: (line: string) => void;
}

export interface FfmpegVersion {
  /** As FFmpeg prints it, e.g. "5.1.9-0+deb12u1". */
  readonly version: string;
  /** NaN for a build without a version number, such as a git snapshot. */
  readonly major: number;
}

/**
 * Runs FFmpeg and ffprobe as child processes: arguments never pass through a shell, and only local files are opened.
 */
export class Ffmpeg {
  readonly #paths: FfmpegPaths;
  readonly #runChild: RunChild;
  readonly #launcher: Launcher;
  #version: { readonly at: number; readonly found: Promise<FfmpegVersion> } | undefined;

  /** `runChild` starts the programs; by default the calling thread does. */
  constructor(
    paths: FfmpegPaths = { ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe' },
    runChild: RunChild = runChildGroup,
  ) {
    this.#paths = paths;
    this.#runChild = runChild;
    this.#launcher = new Launcher(runChild);
  }

  /** Throws FFMPEG_NOT_FOUND if FFmpeg is missing or older than 5. A found version is remembered, by default for good. */
  version(maxAgeMs = Number.POSITIVE_INFINITY): Promise<FfmpegVersion> {
    const now = performance.now();
    if (this.#version === undefined || now - this.#version.at >= maxAgeMs) {
      const begun = { at: now, found: this.#readVersion() };
      this.#version = begun;
      // A missing FFmpeg may be installed later: only success is remembered.
      begun.found.catch(() => {
        if (this.#version === begun) this.#version = undefined;
      });
    }
    return this.#version.found;
  }

  /**
   * Runs FFmpeg to its end. `args` are inputs, filters and outputs. Throws FFMPEG_FAILED, DISK_SPACE_INSUFFICIENT,
   * FFMPEG_NOT_FOUND, or CANCELED once the signal has aborted and the process is gone.
   */
  async run(args: readonly string[], options: FfmpegRun): Promise<FfmpegProgress> {
    const level = options.onLog === undefined ? 'error' : 'info';
    const progress = new ProgressReader(options.onProgress);
    await this.#start(this.#paths.ffmpegPath, [...commonArgs(level), '-progress', 'pipe:1', ...args], options, (line) =>
      progress.read(line),
    );
    return progress.last;
  }

  /** Probes a local file with ffprobe. Throws FFMPEG_FAILED for a file that is not media. */
  async probe(path: string, signal: AbortSignal): Promise<MediaProbe> {
    const lines: string[] = [];
    const args = ['-hide_banner', '-v', 'error', '-protocol_whitelist', 'file,pipe'];
    await this.#start(
      this.#paths.ffprobePath,
      [...args, '-print_format', 'json', '-show_format', '-show_streams', `file:${path}`],
      { signal },
      (line) => lines.push(line),
    );
    return mediaProbe.parse(JSON.parse(lines.join('\n')));
  }

  async #readVersion(): Promise<FfmpegVersion> {
    const lines: string[] = [];
    await this.#start(this.#paths.ffmpegPath, ['-version'], { signal: AbortSignal.timeout(10_000) }, (line) =>
      lines.push(line),
    );
    const version = /^ffmpeg version (\S+)/.exec(lines[0] ?? '')?.[1] ?? 'unknown';
    const major = Number.parseInt(version.replace(/^n/, ''), 10);
    if (major < MIN_MAJOR_VERSION) throw ffmpegNotFound(`FFmpeg ${version} is too old: version 5 or newer is needed.`);
    return { version, major };
  }

  async #start(
    program: string,
    args: readonly string[],
    options: FfmpegRun,
    onStdout: (line: string) => void,
  ): Promise<void> {
    const launch = await this.#launcher.launch(program, args);
    if (options.signal.aborted) throw canceled(options.signal);
    const lastLines: string[] = [];
    const onStderr = (line: string): void => {
      options.onLog?.(line);
      lastLines.push(line);
      if (lastLines.length > MAX_ERROR_LINES) lastLines.shift();
    };
    const group = { signal: options.signal, ...(options.cwd === undefined ? {} : { cwd: options.cwd }) };
    const exit = await this.#runChild(launch.program, launch.args, { ...group, onStdout, onStderr }).catch(
      (error: unknown) => {
        throw startFailure(error);
      },
    );
    if (wasNotStarted(exit, lastLines)) throw startFailure(new Error(lastLines.join('\n')));
    checkExit(exit, options.signal, lastLines);
  }
}

/** FFmpeg 5 exits with 0 if the disk became full only at the very end, and leaves an MP4 without its index. */
const INCOMPLETE_OUTPUT = /^(\[.*\] )?Error (writing trailer of|closing file)/;

function checkExit(exit: ChildExit, signal: AbortSignal, lastLines: readonly string[]): void {
  if (exit.code === 0 && !lastLines.some((line) => INCOMPLETE_OUTPUT.test(line))) return;
  if (signal.aborted) throw canceled(signal);
  throw ffmpegFailure(exit.killedBy ?? (exit.code === 0 ? 'an incomplete file' : `exit code ${exit.code}`), lastLines);
}

function commonArgs(level: 'error' | 'info'): readonly string[] {
  return ['-nostdin', '-hide_banner', '-nostats', '-y', '-v', level, '-protocol_whitelist', 'file,pipe'];
}

/** Reads the key=value lines of `-progress`: a report ends with the key "progress". */
class ProgressReader {
  readonly #onProgress: ((progress: FfmpegProgress) => void) | undefined;
  last: FfmpegProgress = { frames: 0, seconds: 0 };

  constructor(onProgress: ((progress: FfmpegProgress) => void) | undefined) {
    this.#onProgress = onProgress;
  }

  read(line: string): void {
    const [key = '', value = ''] = line.split('=');
    const number = Number(value);
    if (key === 'frame' && number >= this.last.frames) this.last = { ...this.last, frames: number };
    // "N/A" comes before the first packet and fails this comparison.
    if (key === 'out_time_us' && number / 1e6 >= this.last.seconds) this.last = { ...this.last, seconds: number / 1e6 };
    if (key === 'progress') this.#onProgress?.(this.last);
  }
}
