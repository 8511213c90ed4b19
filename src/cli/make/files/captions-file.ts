import { open } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { AppError } from '../../../errors.ts';
import { type CaptionFormat, CaptionsDocument } from '../../generated/documents.ts';
import { isErrorCode } from '../error-code.ts';
import type { Session } from '../server/session.ts';
import { writeAtomically } from './write-atomically.ts';

const FORMATS: Readonly<Record<string, CaptionFormat>> = { '.srt': 'SRT', '.vtt': 'VTT', '.ass': 'ASS' };

/** The format for a file's extension. Throws INVALID_INPUT for another extension. */
export function captionFormatOf(file: string): CaptionFormat {
  const format = FORMATS[extname(file).toLowerCase()];
  if (format) return format;
  throw new AppError('INVALID_INPUT', `${file} has no caption extension: it must end in .srt, .vtt or .ass.`);
}

export interface CaptionsFileOptions {
  readonly file: string;
  readonly force?: boolean;
  /** Permissions of the new file. */
  readonly fileMode: number;
}

/** Writes the captions of a finished video and returns the absolute path. An existing file is kept unless `force`. */
export async function saveCaptions(session: Session, videoId: string, output: CaptionsFileOptions): Promise<string> {
  const { file, force = false, fileMode } = output;
  const { video } = await session.ask(CaptionsDocument, { id: videoId, format: captionFormatOf(file) });
  const path = resolve(file);
  const captions = video?.captions ?? '';
  try {
    if (force) await writeAtomically(captions, { path, mode: fileMode });
    else await writeNew(path, captions, fileMode);
    return path;
  } catch (cause) {
    const reason = isErrorCode(cause, 'EEXIST') ? 'it exists already (add --force to replace it)' : String(cause);
    throw new AppError('INVALID_INPUT', `The captions could not be written to ${path}: ${reason}.`, { cause });
  }
}

/** Fails with EEXIST if there is a file or a link of this name. */
async function writeNew(path: string, text: string, mode: number): Promise<void> {
  await using file = await open(path, 'wx', mode);
  await file.chmod(mode);
  await file.writeFile(text);
}
