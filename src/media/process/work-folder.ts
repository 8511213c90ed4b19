import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFailure } from './ffmpeg-failure.ts';

/**
 * Creates a folder for the work under `parent`, and removes it with its contents whether the work succeeds or fails.
 */
export async function withWorkFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'cut-'));
  try {
    return await work(folder);
  } catch (error) {
    throw fileFailure(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
