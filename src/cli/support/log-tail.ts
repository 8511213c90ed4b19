import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^app-\d{4}-\d{2}-\d{2}\.log$/;
const TAIL_BYTES = 1_000_000;

/** The last lines of the log of the last day that has one; null where there is none. */
export async function lastLogLines(dataDir: string, lines: number): Promise<string[] | null> {
  const folder = join(dataDir, 'logs');
  const names = await readdir(folder).catch(() => []);
  const newest = names
    .filter((name) => NAME.test(name))
    .toSorted()
    .at(-1);
  if (newest === undefined) return null;
  const file = await open(join(folder, newest));
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const found = buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    // The first may be the end of a line.
    return (from > 0 ? found.slice(1) : found).slice(-lines);
  } finally {
    await file.close();
  }
}
