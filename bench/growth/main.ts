/**
 * What grows with the amount of data, and what stays constant.
 *
 *   node bench/growth/main.ts [--only videos,subscribers,scenes]        (Node 24, Linux, two cores, FFmpeg; six minutes, of videos four)
 *
 * videos: one database that grows from 1,000 to 1,000,000 finished videos of 50 owners, each with its job, an event, a
 * scene and a stage; lists, details, counts, searches, createVideo, a claim and a step of progress, one call at a time.
 * subscribers: 1 to 10,000 sockets that watch one video, at our server with its events in memory on a separate core.
 * scenes: films of 1 to 64 scenes, assembled and checked.
 *
 * Servers are started for the run in a temporary folder, or that of DATABASE_URL is used.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureScenes } from '../media/growth.ts';
import { withResources } from '../shared/servers.ts';
import { measureSubscribers } from './subscribers.ts';
import { measureVideos } from './videos.ts';

type Part = (resources: AsyncDisposableStack) => Promise<void>;

const PARTS: Readonly<Record<string, Part>> = {
  videos: measureVideos,
  subscribers: measureSubscribers,
  scenes: async (resources) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-growth-'));
    resources.defer(() => rm(folder, { recursive: true, force: true }));
    await measureScenes(folder);
  },
};

const { values: options } = parseArgs({ options: { only: { type: 'string', default: Object.keys(PARTS).join() } } });

await withResources(async (resources) => {
  for (const name of options.only.split(',')) {
    const part = PARTS[name];
    if (!part) throw new Error(`Unknown part ${name}: ${Object.keys(PARTS).join(', ')}.`);
    await part(resources);
  }
});
