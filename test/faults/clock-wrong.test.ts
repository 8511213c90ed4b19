import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { nowOf } from '../../src/db/orm.ts';
import { decodeId } from '../../src/ids.ts';
import { adminAt } from '../helpers/admin.ts';
import { useProcesses } from '../helpers/fixtures.ts';
import { FailureDocument, StepsDocument } from '../helpers/generated/documents.ts';
import { ffmpegAfter } from '../helpers/media/ffmpeg-gate.ts';
import type { SpawnedApp } from '../helpers/processes.ts';

const SLOW = 180_000;
// As a URL, in which a path with a space has none: Node splits NODE_OPTIONS there.
const WRONG_CLOCK = new URL('../helpers/preload/wrong-clock.mjs', import.meta.url).href;
const HOUR = 3_600;

/** Beside other programs, a worker that is alive may miss a shorter lease. */
const LEASE_SECONDS = 6;
const processes = useProcesses({ LEASE_SECONDS: String(LEASE_SECONDS) }, { fakeContent: true });
const { installation } = processes;

/** A worker whose clock is wrong by this many seconds. */
async function startWorker(wrongBy: number, ffmpeg: string): Promise<SpawnedApp> {
  const settings = {
    NODE_OPTIONS: `--import ${WRONG_CLOCK}`,
    CLOCK_WRONG_BY: String(wrongBy),
    FFMPEG_PATH: ffmpeg,
    JOB_RETRY_SECONDS: '1',
  };
  return await processes.start('worker', { settings });
}

const clock = () => nowOf(installation.db.em());

/** How much longer the video's lease lasts, in seconds, by the database's clock. */
async function leaseOf(id: string): Promise<number> {
  const { rows } = await sql<{ seconds: string | null }>`
    select extract(epoch from lease_expires_at - now()) as seconds from jobs
    where video_id = ${decodeId('video', id)}`.execute(installation.db.sql());
  return Number(rows[0]?.seconds ?? Number.NaN);
}

it(
  'The clock of one worker is an hour ahead, that of the next an hour behind: leases, retries and all times use the clock of the database',
  async () => {
    const failOnce = join(installation.dataDir, 'fail-once');
    await writeFile(failOnce, '');
    // FFmpeg hangs for the first worker, fails once for the second, and works from then on.
    const standing = await ffmpegAfter(await folder('standing'), 'exec sleep 60');
    const failing = await ffmpegAfter(
      await folder('failing'),
      `if rm '${failOnce}' 2>/dev/null; then echo 'No space left on device' >&2; exit 1; fi`,
    );
    const begun = await clock();
    const [server, ahead] = await Promise.all([processes.start('serve'), startWorker(HOUR, standing)]);
    const ann = await adminAt(server.url, installation);
    const { id, cursor } = await ann.makeVideo({
      script: 'Bees dance.',
      aspectRatio: 'SQUARE_1_1',
      resolution: 'SD_480',
      burnInCaptions: false,
    });
    const watch = ann.watch(StepsDocument, { videoId: id, after: cursor });
    await watch.sees(({ videoProgress }) => videoProgress.stage === 'ASSEMBLY');
    expect(ahead.output).toContain(new Date(begun.getTime() + HOUR * 1_000).toISOString().slice(0, 13));
    expect(await leaseOf(id)).toBeGreaterThan(0);
    expect(await leaseOf(id)).toBeLessThanOrEqual(LEASE_SECONDS);

    await ahead.kill('SIGKILL');
    await startWorker(-HOUR, failing);
    await watch.sees(({ videoProgress }) => videoProgress.stageStatus === 'RETRYING');
    const { video: failed } = await ann.ask(FailureDocument, { id });
    const stage = failed?.stages.find((one) => one.stage === 'ASSEMBLY');
    const steps = (await watch.whole()).map(({ videoProgress }) => videoProgress);
    expect(steps.at(-1)?.status).toBe('COMPLETED');
    const ended = await clock();
    const { video } = await ann.ask(FailureDocument, { id });

    const times = [
      failed?.error?.at,
      stage?.nextAttemptAt,
      ...steps.map(({ at }) => at),
      ...(video?.stages ?? []).flatMap(({ startedAt, completedAt }) => [startedAt, completedAt]),
    ];
    expect(times.length).toBeGreaterThan(20);
    for (const time of times) {
      expect(Date.parse(time ?? '')).toBeGreaterThanOrEqual(begun.getTime());
      expect(Date.parse(time ?? '')).toBeLessThanOrEqual(ended.getTime() + 2_000);
    }
    for (const { startedAt, completedAt } of video?.stages ?? [])
      expect(Date.parse(completedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(startedAt ?? ''));
  },
  SLOW,
);

async function folder(name: string): Promise<string> {
  const path = join(installation.dataDir, name);
  await mkdir(path, { recursive: true });
  return path;
}
