import { beforeAll, describe, expect, it } from 'vitest';
import { HealthDocument } from '../../src/cli/generated/documents.ts';
import type { Client } from '../helpers/client.ts';
import { useApp } from '../helpers/fixtures.ts';
import { FilmDocument, StepsDocument } from '../helpers/generated/documents.ts';
import { fakeProviders } from '../helpers/media/fake-providers.ts';
import { OwnRedis } from '../helpers/own-redis.ts';
import { until } from '../helpers/until.ts';

const VIDEO = {
  script: 'Bees.',
  aspectRatio: 'SQUARE_1_1',
  resolution: 'SD_480',
  burnInCaptions: false,
} as const;
const SLOW = 90_000;

let redis: OwnRedis;
let ann: Client;
beforeAll(async () => {
  redis = await OwnRedis.create();
  return () => redis.stop();
});
const app = useApp(() => ({ settings: { REDIS_URL: redis.url }, contentProviders: fakeProviders() }));
beforeAll(async () => {
  ann = await app.signedIn('ann');
});

const isUnhealthy = async () => (await ann.ask(HealthDocument, {})).health?.status === 'UNHEALTHY';
const healthy = () => until('all is well', async () => !(await isUnhealthy()));

/** A video as a client sees it: every event of its stream, then the film. */
async function makeAndWatch(): Promise<readonly string[]> {
  const { id, cursor } = await ann.makeVideo(VIDEO);
  const steps = (await ann.watch(StepsDocument, { videoId: id, after: cursor }).whole()).map(
    ({ videoProgress }) => videoProgress,
  );
  const { video } = await ann.ask(FilmDocument, { id });
  expect((await fetch(video?.fileUrl ?? '')).status).toBe(200);
  expect(steps.at(-1)).toMatchObject({ status: 'COMPLETED', progress: 100 });
  return steps.flatMap(({ stage, stageStatus }) => (stage && stageStatus === 'COMPLETED' ? [stage] : []));
}

const ALL = ['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'];
/** Log lines for operators, from a line of the log on. */
const saidSince = (line: number) => app.log.slice(line).filter(({ level }) => level !== 'DEBUG' && level !== 'INFO');

describe('An installation', () => {
  it(
    'that starts while Redis is down logs it, accepts videos, streams their progress and makes them',
    async () => {
      expect(await isUnhealthy()).toBe(true);
      expect(await makeAndWatch()).toEqual(ALL);
      expect(await isUnhealthy()).toBe(true);
    },
    SLOW,
  );

  it(
    'is healthy again as soon as Redis is connected, and sends notifications',
    async () => {
      await redis.start();
      await healthy();
      expect(await makeAndWatch()).toEqual(ALL);
    },
    SLOW,
  );

  it(
    'whose Redis is out of memory reports it, continues to make videos, and does not fill its log',
    async () => {
      const line = app.log.length;
      await redis.command('CONFIG', 'SET', 'maxmemory', '1');
      await until('it is noticed', isUnhealthy);
      expect(await makeAndWatch()).toEqual(ALL);
      await redis.command('CONFIG', 'SET', 'maxmemory', '0');
      await healthy();
      expect(saidSince(line).length).toBeLessThan(10);
      expect(saidSince(line)).not.toContainEqual(expect.objectContaining({ level: 'ERROR' }));
    },
    SLOW,
  );

  it(
    'whose Redis is killed in the middle of a video and restarted empty loses nothing of it',
    async () => {
      const { id, cursor } = await ann.makeVideo(VIDEO);
      const watch = ann.watch(StepsDocument, { videoId: id, after: cursor });
      await watch.sees(({ videoProgress }) => videoProgress.stage === 'SPEECH');
      await redis.stop();
      await watch.sees(({ videoProgress }) => videoProgress.stage === 'VISUALS');
      await redis.start();
      expect((await watch.whole()).at(-1)?.videoProgress.status).toBe('COMPLETED');
      await healthy();
    },
    SLOW,
  );
});
