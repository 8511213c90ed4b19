import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFailure } from './ffmpeg-failure.ts';

/** Gives the work a folder of its own under `parent`, and removes it with everything in it however the work ends. */
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
