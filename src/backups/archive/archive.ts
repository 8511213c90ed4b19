import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../errors.ts';
import { isSystemError, storageError } from '../../storage/disk-errors.ts';
import { type About, parseAbout } from './about.ts';
import { damagedArchive, refusedArchive } from './archive-error.ts';
import { type ArchiveHeader, headerBytes, readHeader } from './archive-header.ts';
import { type ArchiveSecret, archiveKeyOf, newArchiveKey } from './archive-key.ts';
import { ByteSource } from './byte-source.ts';
import { opened, sealed } from './chunks.ts';
import { entriesIn, entryBytes, type NewEntry, type ReadEntry } from './entries.ts';
import { checkManifest, type Manifest, ManifestCount } from './manifest.ts';

const READ_BYTES = 262_144;
/** So much stays free on the disk; it is looked at each time that so much was written. */
const RESERVED_BYTES = 512_000_000;
const CHECKED_BYTES = 67_108_864;
/** A description, a manifest or secrets take some kilobytes. */
const MOST_SMALL = 16_777_216;
const DRAFT = '.draft-';
/** A draft that is written changes all the time. */
const ABANDONED_AFTER_MS = 3_600_000;

export interface NewArchive {
  readonly path: string;
  readonly product: string;
  readonly createdAt: Date;
  readonly secret: ArchiveSecret;
  /** The first one is `about`; the manifest is added. */
  readonly entries: AsyncIterable<NewEntry>;
  readonly signal: AbortSignal;
  /** Of the disk of the path. */
  readonly freeBytes?: () => Promise<number>;
}

/**
 * Writes an archive as it is made, in memory that does not grow with it: under a temporary name first, which becomes the path when all
 * is on the disk. Throws INVALID_INPUT where the path exists, STORAGE_ERROR and DISK_SPACE_INSUFFICIENT.
 */
export async function writeArchive({ path, signal, ...archive }: NewArchive): Promise<{ readonly manifest: Manifest }> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(rethrow);
  await refuseExisting(path);
  await removeAbandoned(dirname(path));
  const draft = join(dirname(path), `.${basename(path)}${DRAFT}${process.pid}`);
  try {
    const count = new ManifestCount();
    const { encryption, key } = await newArchiveKey(archive.secret);
    const header = headerBytes({
      product: archive.product,
      createdAt: archive.createdAt.toISOString(),
      encryption,
    });
    const bytes = archiveBytes(header, key, withManifest(archive.entries, count), count);
    const source = Readable.from(whileSpace(bytes, archive.freeBytes ?? (() => freeBytesOf(dirname(path)))), {
      objectMode: true,
      highWaterMark: 1,
    });
    await pipeline(source, createWriteStream(draft, { mode: 0o600, flush: true }), { signal });
    await publish(draft, path);
    return { manifest: count.result() };
  } catch (thrown) {
    if (signal.aborted) throw AppError.from(signal.reason);
    throw isSystemError(thrown, 'ENOSPC', 'EDQUOT', 'EFBIG', 'EACCES', 'EIO') ? storageError(thrown) : thrown;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Drafts of processes that were killed. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!name.startsWith('.') || !name.includes(DRAFT)) continue;
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}

async function refuseExisting(path: string): Promise<void> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  if (exists) throw taken();
}

function taken(): AppError {
  return new AppError('INVALID_INPUT', 'There is a file of that name already: give the backup another one.');
}

/** Ends before the disk is full: a database on the same disk would end with it. */
async function* whileSpace(bytes: AsyncIterable<Buffer>, freeBytes: () => Promise<number>): AsyncGenerator<Buffer> {
  let unchecked = Number.POSITIVE_INFINITY;
  for await (const part of bytes) {
    if (unchecked >= CHECKED_BYTES) {
      if ((await freeBytes()) < RESERVED_BYTES)
        throw new AppError(
          'DISK_SPACE_INSUFFICIENT',
          'The disk of the backup has not enough space: free some there, lower BACKUP_KEEP, or use another disk.',
        );
      unchecked = 0;
    }
    yield part;
    unchecked += part.length;
  }
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** A link, which replaces no file that has appeared meanwhile. */
async function publish(draft: string, path: string): Promise<void> {
  await link(draft, path).catch(async (thrown: unknown) => {
    if (isSystemError(thrown, 'EEXIST')) throw taken();
    // FAT and some network file systems have no links.
    await refuseExisting(path);
    await rename(draft, path).catch(rethrow);
  });
  await using folder = await open(dirname(path), 'r');
  await folder.sync();
}

async function* archiveBytes(
  header: Buffer,
  key: Buffer | undefined,
  entries: AsyncIterable<NewEntry>,
  count: ManifestCount,
): AsyncGenerator<Buffer> {
  yield header;
  yield* sealed(plainBytes(entries, count), { key, header });
}

async function* plainBytes(entries: AsyncIterable<NewEntry>, count: ManifestCount): AsyncGenerator<Buffer> {
  for await (const entry of entries) yield* entryBytes(entry, (tail) => count.add(entry.head, tail));
}

async function* withManifest(entries: AsyncIterable<NewEntry>, count: ManifestCount): AsyncGenerator<NewEntry> {
  yield* entries;
  yield jsonEntry({ kind: 'manifest' }, count.result());
}

/** An entry with a small value. */
export function jsonEntry(head: NewEntry['head'], value: object): NewEntry {
  const content = Readable.from([Buffer.from(JSON.stringify(value))]);
  return { head, content, compress: true };
}

/** An archive that is being read: what it is, then its tables and files in order. */
export interface OpenArchive {
  readonly header: ArchiveHeader;
  readonly about: About;
  /** Tables and files, and secrets where it has them. Ends only where all is as it was written, and throws INVALID_INPUT else. */
  readonly entries: AsyncIterable<ReadEntry>;
  /** Once the entries have ended. */
  readonly manifest: () => Manifest;
}

/** Lets `read` read an archive. Throws INVALID_INPUT for one that is damaged or foreign, and CONFIG_INVALID without its key. */
export async function readArchive<Result>(
  path: string,
  secret: ArchiveSecret,
  read: (archive: OpenArchive) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const file = createReadStream(path, { highWaterMark: READ_BYTES, ...(signal && { signal }) });
  try {
    const source = new ByteSource(file);
    const { header, bytes } = await readHeader((length) => source.exactly(length));
    const key = await archiveKeyOf(header.encryption, secret);
    const entries = entriesIn(opened(source, { key, header: bytes }));
    const about = await aboutIn(entries);
    const count = new ManifestCount();
    let isComplete = false;
    const checked = async function* (): AsyncGenerator<ReadEntry> {
      yield* countedEntries(entries, count);
      isComplete = true;
    };
    const manifest = () => {
      if (!isComplete) throw new TypeError('The entries of an archive have to be read before its manifest.');
      return count.result();
    };
    return await read({ header, about, entries: checked(), manifest });
  } catch (thrown) {
    throw readError(thrown, signal);
  } finally {
    file.destroy();
  }
}

async function aboutIn(entries: AsyncGenerator<ReadEntry>): Promise<About> {
  const { value: first } = await entries.next();
  if (first?.head.kind !== 'about') throw damagedArchive();
  return parseAbout(await contentOf(first));
}

/** All of them but the manifest, which is compared at the end. */
async function* countedEntries(entries: AsyncGenerator<ReadEntry>, count: ManifestCount): AsyncGenerator<ReadEntry> {
  let isClosed = false;
  for (;;) {
    const { value: entry, done } = await entries.next();
    if (done) break;
    if (isClosed) throw damagedArchive();
    if (entry.head.kind === 'manifest') {
      checkManifest(await contentOf(entry), count.result());
      isClosed = true;
      continue;
    }
    yield entry;
    count.add(entry.head, entry.tail());
  }
  if (!isClosed) throw damagedArchive();
}

/** The content of a small entry. Throws INVALID_INPUT for a larger one: compressed, a few bytes would fill the memory. */
export async function contentOf({ content }: ReadEntry): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of content) {
    bytes += part.length;
    if (bytes > MOST_SMALL) throw refusedArchive('a description in it is too large.');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function readError(thrown: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return AppError.from(signal.reason);
  if (isSystemError(thrown, 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG'))
    return refusedArchive('there is no such file.', thrown);
  if (isSystemError(thrown, 'EISDIR')) return refusedArchive('it is a folder.', thrown);
  if (isSystemError(thrown, 'EACCES')) return refusedArchive('it may not be read by this user.', thrown);
  if (thrown instanceof RangeError) return damagedArchive(thrown);
  return thrown;
}

function rethrow(thrown: unknown): never {
  throw storageError(thrown);
}
