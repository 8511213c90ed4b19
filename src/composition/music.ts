import type { Config } from '../config.ts';
import type { Ffmpeg } from '../media/process/ffmpeg.ts';
import { MOODS } from '../media/sound/music.ts';
import { type MusicFile, readMusicFiles } from '../media/sound/music-files.ts';

/** The music that this installation has. */
export interface Music {
  /** The built-in moods, and those of the user's own files. */
  readonly moods: readonly string[];
  /** The user's own files by mood. */
  readonly files: ReadonlyMap<string, MusicFile>;
}

/** Checks and measures the files of MUSIC_DIR. Throws CONFIG_INVALID, naming those that cannot be used. */
export async function musicOf({ musicDir }: Config, ffmpeg: Ffmpeg): Promise<Music> {
  const none: ReadonlyMap<string, MusicFile> = new Map<string, MusicFile>();
  const files = musicDir === undefined ? none : await readMusicFiles(ffmpeg, musicDir, new AbortController().signal);
  return { moods: [...new Set([...MOODS, ...files.keys()])], files };
}
