import type { Storage } from './storage.ts';

const MEGABYTE = 1_000_000;

/** Counts what a cleaning task has freed, so that operators see whether it did anything. */
export class Freed {
  #rows = 0;
  #files = 0;
  #bytes = 0;

  addRows(rows: number): void {
    this.#rows += rows;
  }

  /** Bytes. */
  addFile(size: number): void {
    this.#files++;
    this.#bytes += size;
  }

  /** "freed 12 rows, 3 files, 4.5 MB"; only kinds that there were. */
  toString(): string {
    const parts = [
      ...(this.#rows > 0 ? [`${this.#rows} ${this.#rows === 1 ? 'row' : 'rows'}`] : []),
      ...(this.#files > 0
        ? [`${this.#files} ${this.#files === 1 ? 'file' : 'files'}`, `${(this.#bytes / MEGABYTE).toFixed(1)} MB`]
        : []),
    ];
    return parts.length === 0 ? 'found nothing to free' : `freed ${parts.join(', ')}`;
  }
}

/** Removes everything under the prefix, and counts it. */
export async function removeCounted(
  storage: Pick<Storage, 'list' | 'removeAll'>,
  prefix: string,
  freed: Freed,
): Promise<void> {
  const sizes: number[] = [];
  for await (const { size } of storage.list(prefix)) sizes.push(size);
  await storage.removeAll(prefix);
  for (const size of sizes) freed.addFile(size);
}
