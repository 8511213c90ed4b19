import { createHash, webcrypto } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Storage, StoredFile } from '../storage/storage.ts';

/** A stored file that clips depend on by its content. */
export interface Artefact {
  readonly key: string;
  /** SHA-256 of its bytes, hex. */
  readonly hash: string;
}

/**
 * Storage key of a file in a folder, named after its content hash: a worker that has lost its lease without knowing may still write
 * files, and must not replace those of another worker.
 */
function keyOf(folder: string, kind: string, hash: string, extension: string): string {
  return `${folder}/${kind}-${hash.slice(0, 24)}.${extension}`;
}

/** A file of a video; `kind` is the first part of its name, e.g. "voice". */
export async function store(
  storage: Storage,
  videoId: string,
  kind: string,
  extension: string,
  bytes: Uint8Array,
): Promise<Artefact> {
  return await storeIn(`videos/${videoId}`, storage, kind, extension, bytes);
}

/** A file of a generation that belongs to no video. */
export async function storeContent(
  storage: Storage,
  generationId: string,
  kind: string,
  extension: string,
  bytes: Uint8Array,
): Promise<Artefact> {
  return await storeIn(`generations/${generationId}`, storage, kind, extension, bytes);
}

async function storeIn(
  folder: string,
  storage: Storage,
  kind: string,
  extension: string,
  bytes: Uint8Array,
): Promise<Artefact> {
  // Web Crypto works in a thread: a long narration has 12 MB.
  const hash = Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
  const { key } = await storage.put(keyOf(folder, kind, hash, extension), bytes);
  return { key, hash };
}

/** Copies a file of another video; null where it is gone, or has changed. */
export async function copyOf<Original extends Artefact>(
  storage: Storage,
  videoId: string,
  kind: string,
  original: Original,
): Promise<Original | null> {
  const { key, hash } = original;
  let bytes: Uint8Array;
  try {
    bytes = await storage.read(key);
  } catch (thrown) {
    if ((await storage.stat(key)) === null) return null;
    throw thrown;
  }
  const copy = await store(storage, videoId, kind, key.slice(key.lastIndexOf('.') + 1), bytes);
  return copy.hash === hash ? { ...original, ...copy } : null;
}

/** Moves a local file into storage, with a name like those of keep(). */
export async function storeFile(
  storage: Storage,
  videoId: string,
  kind: string,
  extension: string,
  path: string,
): Promise<StoredFile> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return await storage.putFile(keyOf(`videos/${videoId}`, kind, hash.digest('hex'), extension), path);
}
