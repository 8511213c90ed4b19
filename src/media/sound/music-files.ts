import { access, constants, readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Semaphore } from '../../concurrency/semaphore.ts';
import { AppError } from '../../errors.ts';
import { normalized } from '../../unicode.ts';
import type { Ffmpeg } from '../process/ffmpeg.ts';
import { LoudnessReader } from './loudness.ts';

/** Music of the user's own, checked and measured. */
export interface MusicFile {
  /** Absolute. */
  readonly path: string;
  /** Length that is used, at most `LONGEST_SECONDS`. */
  readonly seconds: number;
  readonly integratedLufs: number;
}

const EXTENSIONS: ReadonlySet<string> = new Set(['.mp3', '.wav', '.ogg', '.m4a', '.flac']);
/** A playlist or a subtitle file, which could name other files, is not opened, whatever its name is. */
const FORMATS = 'mp3,wav,w64,ogg,mov,flac';
/** A mood is stored in 40 characters. */
const MOOD = /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}$/u;
const MOST_BYTES = 500_000_000;
/** Longer files are used up to here. */
const LONGEST_SECONDS = 600;
const SHORTEST_SECONDS = 5;
const SILENCE_LUFS = -60;
const FILES_AT_ONCE = 2;

/** The arguments with which FFmpeg opens a file of the user's. */
export function musicInput(path: string): readonly string[] {
  const safe = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', FORMATS];
  return [...safe, '-t', String(LONGEST_SECONDS), '-i', `file:${path}`];
}

/**
 * The music in a folder by mood, which is the file's name without its ending, in lower case: "calm.mp3". Each file is
 * decoded once, so that one that cannot be read is noticed here and not while a film is made. Files with other endings
 * and hidden ones are ignored.
 *
 * Throws CONFIG_INVALID, naming every file that cannot be used and why.
 */
export async function readMusicFiles(
  ffmpeg: Ffmpeg,
  folder: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, MusicFile>> {
  const names = await musicNames(folder);
  if (names.length === 0) throw invalid(`The folder of MUSIC_DIR has no file such as calm.mp3: ${folder}`);
  const turns = new Semaphore(FILES_AT_ONCE);
  const readings = await Promise.all(
    names.map(async (name) => {
      const reading = turns.use(signal, () => readMusicFile(ffmpeg, join(folder, name), signal));
      return { name, mood: moodOf(name), file: await reading.catch(problemOf) };
    }),
  );
  const files = new Map<string, MusicFile>();
  const problems: string[] = [];
  for (const { name, mood, file } of readings) {
    if (typeof file === 'string') problems.push(`${name}: ${file}`);
    else if (!MOOD.test(mood)) problems.push(`${name}: ${BAD_NAME}`);
    else if (files.has(mood)) problems.push(`${name}: There is another file for the mood "${mood}".`);
    else files.set(mood, file);
  }
  if (problems.length > 0) throw invalid(`Music in the folder of MUSIC_DIR cannot be used.\n${problems.join('\n')}`);
  return files;
}

/** The sentence about a file that cannot be used; throws errors that are not about the file. */
function problemOf(thrown: unknown): string {
  if (thrown instanceof AppError && thrown.code === 'CONFIG_INVALID') return thrown.message;
  throw thrown;
}

const BAD_NAME = 'A mood has at most 40 letters, digits, blanks, - and _, and begins with a letter or a digit.';

/** A sentence about the first file that can no longer be opened, or null. */
export async function musicProblem(files: ReadonlyMap<string, MusicFile>): Promise<string | null> {
  for (const [mood, { path }] of files) {
    const readable = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    );
    if (!readable) return `The music file of the mood "${mood}" can no longer be read: ${path}`;
  }
  return null;
}

async function musicNames(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => !name.startsWith('.') && EXTENSIONS.has(extname(name).toLowerCase())).sort();
  } catch (cause) {
    throw invalid(`The folder of MUSIC_DIR cannot be read: ${folder}`, cause);
  }
}

function moodOf(name: string): string {
  return normalized(name.slice(0, -extname(name).length), 'NFC').toLowerCase();
}

async function readMusicFile(ffmpeg: Ffmpeg, path: string, signal: AbortSignal): Promise<MusicFile> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw invalid('It cannot be read.', cause);
  });
  if (!facts.isFile()) throw invalid('It is not a file.');
  if (facts.size > MOST_BYTES) throw invalid(`It has more than ${MOST_BYTES / 1e6} MB.`);
  const reader = new LoudnessReader();
  const filters = ['-map', '0:a:0', '-af', 'ebur128=framelog=verbose', '-f', 'null', '-'];
  const onLog = (line: string): void => reader.read(line);
  const { seconds } = await ffmpeg.run([...musicInput(path), ...filters], { signal, onLog }).catch((cause: unknown) => {
    throw AppError.from(cause).code === 'FFMPEG_FAILED'
      ? invalid('It is no music that FFmpeg can decode.', cause)
      : cause;
  });
  const { integratedLufs } = reader.result;
  if (seconds < SHORTEST_SECONDS) throw invalid(`It is shorter than ${SHORTEST_SECONDS} seconds.`);
  if (!(integratedLufs > SILENCE_LUFS)) throw invalid('It is silent.');
  return { path, seconds, integratedLufs };
}

function invalid(message: string, cause?: unknown): AppError {
  return new AppError('CONFIG_INVALID', message, cause === undefined ? {} : { cause });
}
