import { writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { AppError } from '../../errors.ts';
import { type CaptionFormat, CaptionsDocument } from '../generated/documents.ts';
import { isErrorCode } from './error-code.ts';
import type { Session } from './session.ts';

const FORMATS: Readonly<Record<string, CaptionFormat>> = { '.srt': 'SRT', '.vtt': 'VTT', '.ass': 'ASS' };

/** The format that a file's name asks for. Throws INVALID_INPUT for another ending. */
export function captionFormatOf(file: string): CaptionFormat {
  const format = FORMATS[extname(file).toLowerCase()];
  if (format) return format;
  throw new AppError('INVALID_INPUT', `${file} says no format of captions: let it end in .srt, .vtt or .ass.`);
}

/** Writes the captions of a finished video and gives the absolute path. A file that is there already is kept unless `force`. */
export async function saveCaptions(session: Session, videoId: string, file: string, force = false): Promise<string> {
  const { video } = await session.ask(CaptionsDocument, { id: videoId, format: captionFormatOf(file) });
  const path = resolve(file);
  try {
    await writeFile(path, video?.captions ?? '', { flag: force ? 'w' : 'wx' });
    return path;
  } catch (cause) {
    const reason = isErrorCode(cause, 'EEXIST') ? 'it is there already (add --force to replace it)' : String(cause);
    throw new AppError('INVALID_INPUT', `The captions could not be written to ${path}: ${reason}.`, { cause });
  }
}
