import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { damagedArchive } from './archive-error.ts';
import type { EntryHead, EntryTail } from './entries.ts';
import { parsedPart } from './parsed-part.ts';

const measure = { bytes: z.number(), sha256: z.string() };
const manifest = z.object({
  tables: z.array(z.object({ name: z.string(), rows: z.number(), ...measure })),
  /** All files together: the hash is over the line of each, with its key, size and hash. */
  files: z.object({ count: z.number(), ...measure }),
});

/** What an archive holds, written at its end. */
export type Manifest = z.infer<typeof manifest>;

/** Counts what is written to an archive, or read from it. */
export class ManifestCount {
  readonly #tables: Manifest['tables'] = [];
  readonly #hash = createHash('sha256');
  #files = 0;
  #bytes = 0;

  add(head: EntryHead, { bytes, sha256, rows }: EntryTail): void {
    if (head.kind === 'table') this.#tables.push({ name: head.name, rows: rows ?? 0, bytes, sha256 });
    if (head.kind !== 'file') return;
    this.#files += 1;
    this.#bytes += bytes;
    this.#hash.update(`${head.name} ${bytes} ${sha256}\n`);
  }

  result(): Manifest {
    const files = { count: this.#files, bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
    return { tables: this.#tables, files };
  }
}

/** Throws INVALID_INPUT where what was read is not what was written. */
export function checkManifest(written: Buffer, read: Manifest): void {
  if (!isDeepStrictEqual(parsedPart(written, manifest), read)) throw damagedArchive();
}
