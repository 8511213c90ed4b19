import { access, constants, open, rm, stat } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { AppError } from '../../../errors.ts';
import { normalized } from '../../../unicode.ts';
import { isErrorCode } from '../error-code.ts';
import { writeAtomically } from './write-atomically.ts';

const SLUG_BYTES = 120;
const MAX_NUMBERED_NAMES = 10_000;

/** Destination of a film. */
export interface OutputOptions {
  /** Path as typed; in a folder the film is named after its title. */
  readonly out?: string;
  /** Replaces an existing file. */
  readonly force?: boolean;
}

export interface SaveOptions {
  /** Names the file if the path is a folder. */
  readonly title: string;
  /** Permissions of the new file. */
  readonly fileMode: number;
  readonly signal: AbortSignal;
}

/** Throws INVALID_INPUT, before the video is requested, if the file could not be written or exists. */
export async function checkOutput({ out, force = false }: OutputOptions): Promise<void> {
  const path = resolve(out ?? '.');
  const isFolder = await isFolderAt(path);
  if (!isFolder && !force && (await exists(path)))
    throw new AppError('INVALID_INPUT', `${path} exists already: add --force to replace it, or set another --out.`);
  const folder = isFolder ? path : dirname(path);
  const reason = (await isFolderAt(folder)) ? await writeProblemAt(folder) : 'there is no such folder';
  if (reason !== null) throw new AppError('INVALID_INPUT', `Cannot write to ${folder}: ${reason}.`);
}

async function writeProblemAt(folder: string): Promise<string | null> {
  try {
    await access(folder, constants.W_OK);
    return null;
  } catch (thrown) {
    if (isErrorCode(thrown, 'EACCES', 'EROFS')) return 'writing there is not allowed';
    throw thrown;
  }
}

/** A file name that contains the title in any script: "Tea & Käse: 茶!" → "tea-käse-茶". */
export function slugOf(title: string): string {
  const words =
    normalized(title, 'NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const characters = [...words.join('-').slice(0, SLUG_BYTES)];
  while (Buffer.byteLength(characters.join('')) > SLUG_BYTES) characters.pop();
  return characters.join('').replace(/-$/, '') || 'video';
}

/**
 * Writes a stream to the requested path and returns the absolute path. If a file was created there meanwhile, it is
 * kept and the new one gets a number: nothing is overwritten unless requested. An incomplete file is removed.
 */
export async function save(
  content: Readable,
  output: OutputOptions,
  { title, fileMode, signal }: SaveOptions,
): Promise<string> {
  const path = resolve(output.out ?? '.');
  const target = (await isFolderAt(path)) ? join(path, `${slugOf(title)}.mp4`) : path;
  const replaces = output.force === true;
  const free = replaces ? target : await reserve(target);
  try {
    await writeAtomically(content, { path: free, mode: fileMode, signal });
    return free;
  } catch (thrown) {
    if (!replaces) await rm(free, { force: true });
    throw thrown;
  }
}

/** The path, or the first free numbered one, created empty so that no other process takes it. */
async function reserve(target: string): Promise<string> {
  const { dir, name, ext } = parse(target);
  for (let number = 1; number < MAX_NUMBERED_NAMES; number++) {
    const path = number === 1 ? target : join(dir, `${name}-${number}${ext}`);
    try {
      await (await open(path, 'wx')).close();
      return path;
    } catch (thrown) {
      if (!isErrorCode(thrown, 'EEXIST')) throw thrown;
    }
  }
  throw new AppError('INVALID_INPUT', `There are too many files named ${name}${ext} in ${dir} already.`);
}

async function isFolderAt(path: string): Promise<boolean> {
  return await stat(path).then((found) => found.isDirectory(), absent);
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(() => true, absent);
}

function absent(thrown: unknown): false {
  if (isErrorCode(thrown, 'ENOENT', 'ENOTDIR')) return false;
  throw thrown;
}
