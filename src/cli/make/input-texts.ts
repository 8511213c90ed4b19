import { readFile, stat } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { AppError } from '../../errors.ts';
import { isErrorCode } from './error-code.ts';

/** Far more than the longest text that the API accepts; protects against a wrong file such as a disk image. */
const MAX_BYTES = 2_000_000;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'reading it is not allowed',
};

/** Reads the text of a file, or of standard input for "-". Throws INVALID_INPUT with a sentence if there is none. */
export async function readText(file: string, stdin: NodeJS.ReadableStream): Promise<string> {
  const bytes = file === '-' ? await buffer(stdin) : await readBytes(file);
  const name = file === '-' ? 'Standard input' : `The file ${file}`;
  const text = decode(bytes, name);
  if (text.trim() === '') throw new AppError('INVALID_INPUT', `${name} is empty: there is nothing to make a video of.`);
  return text;
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES)
      throw new AppError('INVALID_INPUT', `The file ${file} has ${size} bytes: that is too long for one video.`);
    return await readFile(file);
  } catch (cause) {
    const reason = Object.keys(REASONS).find((code) => isErrorCode(cause, code));
    if (reason === undefined) throw cause;
    throw new AppError('INVALID_INPUT', `The file ${file} cannot be read: ${REASONS[reason]}.`, { cause });
  }
}

/** UTF-8, or UTF-16 if it has its byte-order mark, as older editors write. */
function decode(bytes: Buffer, name: string): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('INVALID_INPUT', `${name} is not a plain text: save it as UTF-8 first.`, { cause });
  }
}

/** The built-in text about Auto Video in this language. Throws INVALID_INPUT if there is none. */
export async function sampleFor(language: string): Promise<string> {
  const base = language.split('-')[0]?.toLowerCase();
  const name = base === 'en' ? 'auto-video.txt' : base === 'zh' ? 'auto-video.zh-TW.txt' : undefined;
  if (name !== undefined)
    return await readFile(join(dirname(findPackageJSON(import.meta.url) ?? ''), 'samples', name), 'utf8');
  const message = `The demo has no built-in text in "${language}": provide one with --script, --article or --scenes.`;
  throw new AppError('INVALID_INPUT', message);
}
