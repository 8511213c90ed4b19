import { z } from 'zod';
import { contentOf, readArchive } from './archive/archive.ts';
import type { ArchiveHeader } from './archive/archive-header.ts';
import type { ArchiveSecret } from './archive/archive-key.ts';
import type { Manifest } from './archive/manifest.ts';
import { parsedPart } from './archive/parsed-part.ts';

/** What an archive holds. */
export interface ArchiveFacts extends Pick<ArchiveHeader, 'product' | 'createdAt' | 'encryption'> {
  readonly migrations: readonly string[];
  readonly manifest: Manifest;
  /** Settings that the data needs, of an archive with a passphrase. */
  readonly secrets: Readonly<Record<string, string>> | null;
}

const secretsSchema = z.record(z.string(), z.string());

/** Reads all of it, without the database. Throws INVALID_INPUT for one that is damaged or foreign, and CONFIG_INVALID without its key. */
export async function checkArchive(path: string, secret: ArchiveSecret, signal?: AbortSignal): Promise<ArchiveFacts> {
  const read = readArchive(
    path,
    secret,
    async ({ header: { product, createdAt, encryption }, about, entries, manifest }) => {
      let secrets: ArchiveFacts['secrets'] = null;
      for await (const entry of entries) {
        if (entry.head.kind === 'secrets') secrets = parsedPart(await contentOf(entry), secretsSchema);
        else for await (const _ of entry.content);
      }
      return { product, createdAt, encryption, migrations: about.migrations, manifest: manifest(), secrets };
    },
    signal,
  );
  return await read;
}
