import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isLogFile } from '../../monitoring/daily-log.ts';

const CHUNK_BYTES = 1_000_000;
/** More is not read for the last lines. */
const TAIL_BYTES = 16_000_000;
const LINE_END = 0x0a;
const TOO_LONG = JSON.stringify({ note: 'The last line of the log is longer than 16 MB, and left out.' });

/** The last lines of the log of the last day that has one; null where there is none. A line of more than 16 MB is left out. */
export async function lastLogLines(dataDir: string, lines: number): Promise<string[] | null> {
  const folder = join(dataDir, 'logs');
  const names = await readdir(folder).catch(() => []);
  const newest = names.filter(isLogFile).toSorted().at(-1);
  if (newest === undefined) return null;
  const file = await open(join(folder, newest));
  try {
    const { tail, isCut } = await tailOf(file, lines);
    const found = tail
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    if (!isCut) return found.slice(-lines);
    // The first is the end of a longer line: without its beginning it cannot be seen which of its values are secret.
    const whole = found.slice(1);
    return whole.length > 0 ? whole.slice(-lines) : [TOO_LONG];
  } finally {
    await file.close();
  }
}

/** Reads backwards until it has so many lines, which can be of any length, or enough bytes. */
async function tailOf(file: FileHandle, lines: number): Promise<{ readonly tail: Buffer; readonly isCut: boolean }> {
  const { size } = await file.stat();
  const parts: Buffer[] = [];
  let from = size;
  for (let ends = 0; from > 0 && size - from < TAIL_BYTES && ends <= lines; ) {
    const length = Math.min(CHUNK_BYTES, from);
    from -= length;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
    const part = buffer.subarray(0, bytesRead);
    ends += countOf(part);
    parts.unshift(part);
  }
  return { tail: Buffer.concat(parts), isCut: from > 0 };
}

function countOf(part: Buffer): number {
  let count = 0;
  for (let at = part.indexOf(LINE_END); at !== -1; at = part.indexOf(LINE_END, at + 1)) count++;
  return count;
}
