import { createHash } from 'node:crypto';
import type { Storage } from '../storage/storage.ts';

/** A stored file that clips depend on by content. */
export interface Artefact {
  readonly key: string;
  /** SHA-256 of its bytes, hex. */
  readonly hash: string;
}

/** Storage key of a video's file whose name says from what it was made: the same inputs find it again. */
export function keyOf(videoId: string, kind: string, inputHash: string, extension: string): string {
  return `videos/${videoId}/${kind}-${inputHash.slice(0, 24)}.${extension}`;
}

export async function keep(storage: Storage, key: string, bytes: Uint8Array): Promise<Artefact> {
  await storage.put(key, bytes);
  return { key, hash: createHash('sha256').update(bytes).digest('hex') };
}

/** What an earlier attempt left under the key, or null. */
export async function recall(storage: Storage, key: string): Promise<Uint8Array | null> {
  return (await storage.stat(key)) ? await storage.read(key) : null;
}
