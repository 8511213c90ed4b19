import { createReadStream } from 'node:fs';
import { AppError } from '../../errors.ts';
import type { StoredSnapshot } from './heap-folder.ts';
import { SnapshotScan, type Tally } from './snapshot-scan.ts';

/** More objects of a constructor or type, or larger ones. */
export interface Growth {
  readonly name: string;
  /** Above 0. */
  readonly bytes: number;
  readonly before: Readonly<Tally>;
  readonly after: Readonly<Tally>;
}

const CHUNK_BYTES = 1_024 * 1_024;
const NONE: Readonly<Tally> = { count: 0, bytes: 0 };

export type Tallies = ReadonlyMap<string, Readonly<Tally>>;

/** What is in a snapshot, by constructor or type. Throws INVALID_INPUT where the file is no snapshot. */
export async function talliesOf({ label, path }: StoredSnapshot): Promise<Tallies> {
  const scan = new SnapshotScan();
  try {
    for await (const part of createReadStream(path, { highWaterMark: CHUNK_BYTES })) scan.push(part);
    return scan.result();
  } catch (thrown) {
    if (thrown instanceof AppError) throw new AppError(thrown.code, `"${label}": ${thrown.message}`);
    throw thrown;
  }
}

/** The largest first. */
export function growthsOf(before: Tallies, after: Tallies, most: number): Growth[] {
  return Array.from(after, ([name, now]) => {
    const then = before.get(name) ?? NONE;
    return { name, bytes: now.bytes - then.bytes, before: then, after: now };
  })
    .filter(({ bytes }) => bytes > 0)
    .sort((one, other) => other.bytes - one.bytes)
    .slice(0, most);
}

export function sumOf(tallies: Tallies): Tally {
  const sum = { count: 0, bytes: 0 };
  for (const { count, bytes } of tallies.values()) {
    sum.count += count;
    sum.bytes += bytes;
  }
  return sum;
}
