import { execFile } from 'node:child_process';
import { readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeId } from '../../src/ids.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { adminAt } from '../helpers/admin.ts';
import { useProcesses } from '../helpers/fixtures.ts';
import { FailureDocument, RetryVideoDocument, StepsDocument } from '../helpers/generated/documents.ts';
import { FfmpegGate } from '../helpers/media/ffmpeg-gate.ts';
import type { SpawnedApp } from '../helpers/processes.ts';

const SLOW = 180_000;
const run = promisify(execFile);
const KILOBYTE = 1_024;

const processes = useProcesses({}, { fakeContent: true });
const { installation } = processes;
let gate: FfmpegGate;
let app: SpawnedApp;
let disk: FullableDisk;

beforeAll(async () => {
  const { dataDir } = installation;
  disk = await FullableDisk.at(join(dataDir, 'disk'));
  gate = await FfmpegGate.in(dataDir);
  const settings = { DATA_DIR: disk.folder, FFMPEG_PATH: gate.path, JOB_RETRIES: '1', JOB_RETRY_SECONDS: '0' };
  app = await processes.start('start', { settings });
}, SLOW);
afterAll(async () => {
  await gate?.open();
  await app?.stop();
  await disk?.close();
}, SLOW);

/**
 * A disk that can be filled: a small separate one where the test may mount it; else a limit on the size of a file for this process and
 * its children, to which the system responds with the same error.
 */
class FullableDisk {
  readonly folder: string;
  readonly #isMounted: boolean;

  private constructor(folder: string, isMounted: boolean) {
    this.folder = folder;
    this.#isMounted = isMounted;
  }

  static async at(folder: string): Promise<FullableDisk> {
    await run('mkdir', ['-p', folder]);
    const mounting = run('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]);
    return new FullableDisk(folder, await mounting.then(() => true).catch(() => false));
  }

  async fill(pid: number): Promise<void> {
    if (!this.#isMounted) return await limitFiles(pid, String(4 * KILOBYTE));
    const { bavail, bsize } = await statfs(this.folder);
    const filling = writeFile(join(this.folder, 'filler'), Buffer.alloc(bavail * bsize - 16 * KILOBYTE));
    // The worker may write at the same time: the disk is full in either case.
    await filling.catch((thrown: unknown) => {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOSPC')) throw thrown;
    });
  }

  async free(pid: number): Promise<void> {
    if (!this.#isMounted) return await limitFiles(pid, 'unlimited');
    await rm(join(this.folder, 'filler'));
  }

  async close(): Promise<void> {
    if (this.#isMounted) await run('umount', [this.folder]);
  }
}

/** Sets only the soft limit, so that it can be raised again. */
async function limitFiles(pid: number, bytes: string): Promise<void> {
  await run('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
}

/** Names of all files below a folder of the worker's. */
async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(join(disk.folder, folder), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const calls = () => installation.db.sql().selectFrom('generation_attempts').select('id').execute();

it(
  'A disk becomes full while FFmpeg writes: the video waits, then fails with advice, no partial file is left, and a retry completes it',
  async () => {
    const ann = await adminAt(app.url, installation);
    const { id, cursor } = await ann.makeVideo({ script: 'Bees dance.', resolution: 'SD_480' });
    const watch = ann.watch(StepsDocument, { videoId: id, after: cursor });
    await watch.sees(({ videoProgress }) => videoProgress.stage === 'ASSEMBLY');
    await disk.fill(app.pid);
    await gate.open();

    const steps = (await watch.whole()).map(({ videoProgress }) => videoProgress);
    expect(steps.at(-1)).toMatchObject({ status: 'FAILED', stage: 'ASSEMBLY', stageStatus: 'FAILED' });
    expect(steps.filter(({ stageStatus }) => stageStatus === 'RETRYING')).toHaveLength(1);
    const { video } = await ann.ask(FailureDocument, { id });
    expect(video?.error).toMatchObject({ code: 'DISK_SPACE_INSUFFICIENT', stage: 'ASSEMBLY', retriable: true });
    expect(video?.error?.message).toContain('Free some space');
    expect([video?.fileUrl, video?.thumbnailUrl]).toEqual([null, null]);
    expect((await filesIn('files')).filter((name) => !/^(voice|picture)-/.test(name))).toEqual([]);
    expect(await filesIn('work')).toEqual([]);

    await disk.free(app.pid);
    const before = await calls();
    const { retryVideo } = await ann.ask(RetryVideoDocument, { id });
    const after = retryVideo?.video?.lastEventId ?? '';
    const again = (await ann.watch(StepsDocument, { videoId: id, after }).whole()).map(
      ({ videoProgress }) => videoProgress,
    );
    expect(again.at(-1)?.status).toBe('COMPLETED');
    expect(new Set(again.flatMap(({ stage }) => stage ?? []))).toEqual(new Set(['ASSEMBLY', 'ANALYSIS']));
    expect((await calls()).length - before.length).toBe(1);
    expect(await filesIn('work')).toEqual([]);
    const job = await installation.db
      .sql()
      .selectFrom('videos')
      .select('file_key')
      .where('id', '=', decodeId('video', id) ?? '')
      .executeTakeFirstOrThrow();
    expect(await filesIn('files')).toContain(job.file_key?.split('/').at(-1));
  },
  SLOW,
);

it(
  'A file that does not fit on the disk does not exist afterwards, and neither does its temporary file',
  async () => {
    const storage = await LocalStorage.open(join(disk.folder, 'small'));
    const isSmall = (await statfs(disk.folder)).blocks < 100_000;
    const limit = isSmall ? null : limitFiles(process.pid, String(KILOBYTE * KILOBYTE));
    await limit;
    try {
      const film = Buffer.alloc(20 * KILOBYTE * KILOBYTE, 1);
      await expect(storage.put('videos/one/film.mp4', film)).rejects.toMatchObject({
        code: 'DISK_SPACE_INSUFFICIENT',
        retriable: true,
      });
    } finally {
      if (limit) await limitFiles(process.pid, 'unlimited');
    }
    expect(await storage.stat('videos/one/film.mp4')).toBeNull();
    expect(await filesIn('small')).toEqual([]);
    await storage.put('videos/one/film.mp4', Buffer.alloc(KILOBYTE));
    expect(await storage.stat('videos/one/film.mp4')).toMatchObject({ size: KILOBYTE });
  },
  SLOW,
);
