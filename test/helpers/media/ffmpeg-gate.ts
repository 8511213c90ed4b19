import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A program for FFMPEG_PATH that does something before it executes FFmpeg; when it is only called for its version it executes FFmpeg
 * at once. `before` is shell code, in which "$*" is FFmpeg's arguments and $PPID is the small process of the worker that starts it.
 */
export async function ffmpegAfter(folder: string, before: string): Promise<string> {
  const path = join(folder, 'ffmpeg-after.sh');
  await writeFile(path, `#!/bin/sh\nif [ "$1" != -version ]; then\n${before}\nfi\nexec ffmpeg "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

/** An FFmpeg that waits at a gate while it is closed. */
export class FfmpegGate {
  readonly path: string;
  readonly #bar: string;

  private constructor(path: string, bar: string) {
    this.path = path;
    this.#bar = bar;
  }

  /** Closed at first. */
  static async in(folder: string): Promise<FfmpegGate> {
    const bar = join(folder, 'gate-is-shut');
    const gate = new FfmpegGate(await ffmpegAfter(folder, `while [ -e '${bar}' ]; do sleep 0.05; done`), bar);
    await gate.shut();
    return gate;
  }

  async shut(): Promise<void> {
    await writeFile(this.#bar, '');
  }

  async open(): Promise<void> {
    await rm(this.#bar, { force: true });
  }
}
