import { type FileHandle, open } from 'node:fs/promises';

/** Longer lines are left out: the log writes none, and memory is bounded by it. */
const MAX_LINE_BYTES = 4 * 1_024 * 1_024;
const CHUNK_BYTES = 256 * 1_024;
const LINE_END = 0x0a;

type TakeLines = (lines: readonly string[]) => Promise<void> | void;

export interface LinesRead {
  /** Behind the last line that has an end: a later reading begins there. */
  readonly end: number;
  /** Lines that were too long. */
  readonly tooLong: number;
}

/**
 * Reads the lines of a file from an offset to the size that it has now, with the same memory for a file of any size. A last line without
 * an end is left for a later reading: it is being written, or was torn. Waits for `take` before it reads on, and ends early with the signal.
 */
export async function readLines(path: string, start: number, take: TakeLines, until?: AbortSignal): Promise<LinesRead> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return await linesOf(file, { start, size, until }, take);
  } finally {
    await file.close();
  }
}

async function linesOf(
  file: FileHandle,
  { start, size, until }: { readonly start: number; readonly size: number; readonly until: AbortSignal | undefined },
  take: TakeLines,
): Promise<LinesRead> {
  const splitter = new LineSplitter(start);
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let at = start; at < size && !until?.aborted; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(CHUNK_BYTES, size - at), at);
    if (bytesRead === 0) break;
    at += bytesRead;
    const lines = splitter.push(chunk.subarray(0, bytesRead));
    if (lines.length > 0) await take(lines);
  }
  return splitter;
}

class LineSplitter implements LinesRead {
  #end: number;
  #tooLong = 0;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(start: number) {
    this.#end = start;
  }

  get end(): number {
    return this.#end;
  }

  get tooLong(): number {
    return this.#tooLong;
  }

  /** The lines that end in the chunk, which may be overwritten afterwards. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let begin = 0;
    for (let at = chunk.indexOf(LINE_END); at !== -1; at = chunk.indexOf(LINE_END, begin)) {
      this.#keep(chunk.subarray(begin, at));
      const line = this.#take();
      if (line !== null && line !== '') lines.push(line);
      begin = at + 1;
    }
    this.#keep(chunk.subarray(begin));
    return lines;
  }

  #keep(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes > MAX_LINE_BYTES) this.#parts = [];
    else if (part.length > 0) this.#parts.push(Buffer.from(part));
  }

  /** Null for a line that was too long. */
  #take(): string | null {
    const isTooLong = this.#bytes > MAX_LINE_BYTES;
    const line = isTooLong ? null : Buffer.concat(this.#parts).toString('utf8');
    this.#end += this.#bytes + 1;
    if (isTooLong) this.#tooLong++;
    [this.#parts, this.#bytes] = [[], 0];
    return line;
  }
}

/** Bytes of a beginning of lines that is looked at for one that says its time. */
const EXAMINED_BYTES = 64 * 1_024;

/**
 * An offset before which every line is older than the time, found by halving: a file of 1 GB is opened at its end in 20 steps. Lines of
 * several processes are in order but for moments, which the caller allows for.
 */
export async function offsetOf(path: string, time: number, timeOf: (line: string) => number | null): Promise<number> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    let [low, high] = [0, size];
    while (high - low > EXAMINED_BYTES) {
      const middle = Math.floor((low + high) / 2);
      const found = await firstTime(file, middle, timeOf);
      if (found !== null && found < time) low = middle;
      else high = middle;
    }
    return low === 0 ? 0 : await nextLine(file, low);
  } finally {
    await file.close();
  }
}

/** The time of the first line behind the offset that says one; null where the next ones say none. */
async function firstTime(file: FileHandle, offset: number, timeOf: (line: string) => number | null) {
  const [, ...lines] = (await textAt(file, offset)).split('\n');
  // The last one may be cut off.
  for (const line of lines.slice(0, -1)) {
    const time = timeOf(line);
    if (time !== null) return time;
  }
  return null;
}

async function nextLine(file: FileHandle, offset: number): Promise<number> {
  const chunk = Buffer.alloc(EXAMINED_BYTES);
  const { bytesRead } = await file.read(chunk, 0, EXAMINED_BYTES, offset);
  const at = chunk.subarray(0, bytesRead).indexOf(LINE_END);
  return at === -1 ? offset : offset + at + 1;
}

async function textAt(file: FileHandle, offset: number): Promise<string> {
  const chunk = Buffer.alloc(EXAMINED_BYTES);
  const { bytesRead } = await file.read(chunk, 0, EXAMINED_BYTES, offset);
  return chunk.toString('utf8', 0, bytesRead);
}
