import { existsSync, type StatsFs } from 'node:fs';
import { lstat, readdir, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bytesAs } from '../../bytes.ts';
import { failed, type Outcome, ok, warning } from '../finding.ts';

const DISK_WARNING_PERCENT = 20;
const DISK_CRITICAL_PERCENT = 10;
/** A folder with very many files may take longer; then its size is not said. */
const SIZE_MS = 3_000;
const BLOCK_BYTES = 512;

type Disk = Pick<StatsFs, 'bavail' | 'bfree' | 'blocks' | 'bsize' | 'ffree' | 'files'>;

/** How much of the disk is free and, where that is little, whether it is the program that has the space. */
export async function disk(
  dataDir: string,
  diskOf: (folder: string) => Promise<Disk> = async (folder) => await statfs(folder),
): Promise<Outcome> {
  const { bavail, bfree, blocks, bsize, ffree, files } = await diskOf(nearest(dataDir));
  const percent = (100 * bavail) / blocks;
  const free = `${percent.toFixed(1)} % of the disk of DATA_DIR is free (${bytesAs(bavail * bsize)})`;
  const mend = 'docs/operations/disk-full.md';
  if (files > 0 && ffree === 0) return failed('The disk of DATA_DIR has no place for another file (inodes).', mend);
  if (percent >= DISK_WARNING_PERCENT) return ok(`${free}.`);
  const own = await sizeOf(dataDir, performance.now() + SIZE_MS);
  const share = own === null ? '' : `; DATA_DIR has ${bytesAs(own)} of the ${bytesAs((blocks - bfree) * bsize)} in use`;
  return (percent < DISK_CRITICAL_PERCENT ? failed : warning)(`${free}${share}.`, mend);
}

/** The folder, or the one above that exists. */
export function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

/** The space of the files on the disk, sparse ones too; null where counting them takes too long. Does not follow links. */
async function sizeOf(folder: string, end: number): Promise<number | null> {
  let bytes = 0;
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    // What goes away meanwhile, or may not be read, is left out.
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      if (performance.now() > end) return null;
      const path = join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else bytes += ((await lstat(path).catch(() => undefined))?.blocks ?? 0) * BLOCK_BYTES;
    }
  }
  return bytes;
}
