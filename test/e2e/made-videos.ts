import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import {
  type CreateVideoMutationVariables,
  VideoProgressDocument,
  type VideoProgressSubscription,
} from '../../src/cli/generated/documents.ts';
import { TestApp } from '../helpers/app.ts';
import type { Client } from '../helpers/client.ts';
import { FilmDocument, type FilmQuery } from '../helpers/generated/documents.ts';
import { childrenOf } from '../helpers/processes.ts';

type Film = NonNullable<FilmQuery['video']>;

export interface MadeVideo {
  /** From the first one after "accepted". */
  readonly steps: readonly VideoProgressSubscription['videoProgress'][];
  readonly film: Film;
  /** Path of the downloaded file. */
  readonly path: string;
}

/**
 * Starts an application with a worker before the tests of a file, and makes a video of each input, all at once. What it
 * returns resolves to the video of that name.
 */
export function useMadeVideos<Name extends string>(
  inputs: Readonly<Record<Name, CreateVideoMutationVariables['input']>>,
): (name: Name) => Promise<MadeVideo> {
  const videos = new Map<string, Promise<MadeVideo>>();
  let app: TestApp | undefined;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'make-video-'));
    app = await TestApp.start();
    const ann = await app.signedIn('ann');
    for (const [name, input] of Object.entries<CreateVideoMutationVariables['input']>(inputs)) {
      const video = make(ann, input, join(folder, `${name}.mp4`));
      video.catch(() => undefined); // the test that awaits it reports it
      videos.set(name, video);
    }
  });
  afterAll(async () => {
    await Promise.allSettled(videos.values());
    await app?.close();
    await rm(folder, { recursive: true, force: true });
    expect(await childrenOf(process.pid)).toEqual([]);
  }, 120_000);
  return (name) => {
    const video = videos.get(name);
    if (!video) throw new Error(`The video ${name} is not being made: the application has not started.`);
    return video;
  };
}

/** Creates a video, watches its progress, and downloads it to the path. */
async function make(client: Client, input: CreateVideoMutationVariables['input'], path: string): Promise<MadeVideo> {
  const { id, cursor } = await client.makeVideo(input);
  const watched = await client.watch(VideoProgressDocument, { videoId: id, after: cursor }).whole(150);
  const { video: film } = await client.ask(FilmDocument, { id });
  if (!film?.fileUrl) throw new Error(`The video has no file: ${JSON.stringify(film?.error)}`);
  await writeFile(path, Buffer.from(await (await fetch(film.fileUrl)).arrayBuffer()));
  return { steps: watched.map(({ videoProgress }) => videoProgress), film, path };
}

/** Length by its definition, in frames of 1/25 s: each narration and a second of pause, less .4 s for each fade. */
export function framesExpected({ scenes }: Film): number {
  const seconds = scenes.reduce((sum, scene) => sum + (scene.durationSeconds ?? 0) + 1, 0) - (scenes.length - 1) * 0.4;
  return Math.round(seconds * 25);
}
