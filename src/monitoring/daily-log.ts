import { closeSync, openSync, readdirSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface DailyLogOptions {
  /** Exists already. */
  readonly folder: string;
  /** Called when a line could not be written, once until one can be. */
  readonly onFault: (thrown: unknown) => void;
  readonly now?: () => Date;
}

/** Files that are kept, today's included. */
const KEPT = 30;
const NAME = /^app-\d{4}-\d{2}-\d{2}\.log$/;
const OWNER_ONLY = 0o600;

/** Whether a file of the folder is one of the log's. */
export function isLogFile(name: string): boolean {
  return NAME.test(name);
}

/**
 * Appends lines to app-YYYY-MM-DD.log (UTC), a new file each day. Each line is one write at the end of the file, so that processes that
 * share it do not destroy each other's lines. A line that cannot be written is left out: logging never ends the work.
 */
export class DailyLog {
  readonly #options: DailyLogOptions;
  #day = '';
  #file: number | undefined;
  #isFailing = false;

  constructor(options: DailyLogOptions) {
    this.#options = options;
  }

  write(line: string): void {
    try {
      writeSync(this.#fileOfToday(), line);
      this.#isFailing = false;
    } catch (thrown) {
      // A full disk, or a folder that was removed: the file is opened again for the next line.
      this.close();
      if (!this.#isFailing) this.#options.onFault(thrown);
      this.#isFailing = true;
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #fileOfToday(): number {
    const { folder, now = () => new Date() } = this.#options;
    const day = now().toISOString().slice(0, 10);
    if (this.#file !== undefined && day === this.#day) return this.#file;
    this.close();
    this.#file = openSync(join(folder, `app-${day}.log`), 'a', OWNER_ONLY);
    this.#day = day;
    this.#removeOld();
    return this.#file;
  }

  /** Another process may remove them at the same time. */
  #removeOld(): void {
    const { folder } = this.#options;
    const names = readdirSync(folder).filter(isLogFile);
    for (const name of names.sort().slice(0, -KEPT)) {
      try {
        unlinkSync(join(folder, name));
      } catch {
        // It is tried again tomorrow.
      }
    }
  }
}
