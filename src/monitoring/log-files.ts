import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLogFile } from './daily-log.ts';
import { isBelow, type LogEntry, type LogLevel, parseLogLine } from './log-entry.ts';
import { offsetOf, readLines } from './read-lines.ts';

export interface LogQuery {
  /** Milliseconds since 1970; everything that is kept where left out. */
  readonly since?: number | undefined;
  /** This level and the more urgent ones; all where left out. */
  readonly level?: LogLevel | undefined;
}

/** Waited for before more is read. */
export type TakeEntries = (entries: readonly LogEntry[]) => Promise<void> | void;

export interface LogReading {
  /** Lines that are no JSON of ours. */
  readonly unreadable: number;
}

/** Processes write a line some moments after the time that it says, so that lines are not exactly in order. */
const OUT_OF_ORDER_MS = 60_000;
const POLL_MS = 500;

/** The files of the log, of which there is one for each day (UTC), read from the oldest line to the newest. */
export class LogFiles {
  readonly #folder: string;
  readonly #pollMs: number;
  /** Of each file that was read, behind its last complete line. */
  readonly #ends = new Map<string, number>();

  constructor(folder: string, pollMs = POLL_MS) {
    this.#folder = folder;
    this.#pollMs = pollMs;
  }

  /** The oldest first; none where the folder does not exist. */
  names(): string[] {
    try {
      return readdirSync(this.#folder).filter(isLogFile).sort();
    } catch (thrown) {
      if (isMissing(thrown)) return [];
      throw thrown;
    }
  }

  /** Reads what is there, or until the signal. Files of days before `since` are not opened, and the first one only from about there. */
  async read(query: LogQuery, take: TakeEntries, until?: AbortSignal): Promise<LogReading> {
    const firstDay = query.since === undefined ? '' : nameOf(query.since - OUT_OF_ORDER_MS);
    let unreadable = 0;
    for (const name of this.names()) {
      if (name < firstDay || until?.aborted) continue;
      unreadable += await this.#readFile(name, await this.#startOf(name, query.since), query, take, until);
    }
    return { unreadable };
  }

  /**
   * What is written from now on, or since `read`, until the signal; goes on with the file of the next day, and begins anew with a file
   * that was emptied.
   */
  async follow(query: LogQuery, take: TakeEntries, until: AbortSignal): Promise<void> {
    for (const name of this.names())
      if (!this.#ends.has(name)) this.#ends.set(name, statSync(join(this.#folder, name)).size);
    while (!until.aborted) {
      // Yesterday's too: another process may still be writing to it.
      for (const name of this.names().slice(-2)) await this.#readNew(name, query, take);
      await sleep(this.#pollMs, undefined, { signal: until }).catch(() => undefined);
    }
  }

  async #readNew(name: string, query: LogQuery, take: TakeEntries): Promise<void> {
    const { size } = statSync(join(this.#folder, name), { throwIfNoEntry: false }) ?? { size: 0 };
    const end = this.#ends.get(name) ?? 0;
    if (size === end) return;
    await this.#readFile(name, size < end ? 0 : end, query, take);
  }

  async #startOf(name: string, since: number | undefined): Promise<number> {
    if (since === undefined || (name !== nameOf(since) && name !== nameOf(since - OUT_OF_ORDER_MS))) return 0;
    return await offsetOf(join(this.#folder, name), since - OUT_OF_ORDER_MS, (line) => parseLogLine(line)?.at ?? null);
  }

  /** Returns how many lines could not be read. */
  async #readFile(
    name: string,
    start: number,
    { since, level }: LogQuery,
    take: TakeEntries,
    until?: AbortSignal,
  ): Promise<number> {
    let unreadable = 0;
    const takeLines = async (lines: readonly string[]) => {
      const entries: LogEntry[] = [];
      for (const line of lines) {
        if (level !== undefined && isBelow(line, level)) continue;
        const entry = parseLogLine(line);
        if (!entry) unreadable++;
        else if (since === undefined || entry.at >= since) entries.push(entry);
      }
      if (entries.length > 0) await take(entries);
    };
    const { end, tooLong } = await readLines(join(this.#folder, name), start, takeLines, until);
    this.#ends.set(name, end);
    return unreadable + tooLong;
  }
}

/** Of the day in which the time is. */
function nameOf(time: number): string {
  return `app-${new Date(time).toISOString().slice(0, 10)}.log`;
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
