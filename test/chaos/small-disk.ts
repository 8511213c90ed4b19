import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MB = 64;

/** A folder on a separate disk that is easily filled, where this machine allows the test to mount one. */
export class SmallDisk {
  readonly #folder: string;
  readonly #isMounted: boolean;

  private constructor(folder: string, isMounted: boolean) {
    this.#folder = folder;
    this.#isMounted = isMounted;
  }

  static async open(folder: string): Promise<SmallDisk> {
    await mkdir(folder, { recursive: true });
    const isMounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${MB}m`, 'tmpfs', folder]).then(
      () => true,
      () => false, // not root, or in a container without that right
    );
    return new SmallDisk(folder, isMounted);
  }

  /** Fills the disk; false where it is not a separate one. */
  async fill(): Promise<boolean> {
    if (!this.#isMounted) return false;
    await writeFile(this.#ballast, Buffer.alloc(MB * 2 ** 20)).catch((thrown: NodeJS.ErrnoException) => {
      // As much as fits has been written.
      if (thrown.code !== 'ENOSPC') throw thrown;
    });
    return true;
  }

  async empty(): Promise<void> {
    await rm(this.#ballast, { force: true });
  }

  async close(): Promise<void> {
    if (this.#isMounted) await run('umount', ['--lazy', this.#folder]);
  }

  get #ballast(): string {
    return join(this.#folder, 'ballast');
  }
}
