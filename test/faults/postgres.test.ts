import { sql } from 'kysely';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { RegisterDocument } from '../../src/cli/generated/documents.ts';
import { decodeEventId, decodeId } from '../../src/ids.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import { AnswerErrors, Client } from '../helpers/client.ts';
import { useProcesses } from '../helpers/fixtures.ts';
import { FilmDocument, type StepFragment, StepsDocument } from '../helpers/generated/documents.ts';
import { OwnPostgres } from '../helpers/own-postgres.ts';
import type { SpawnedApp } from '../helpers/processes.ts';
import type { Watch } from '../helpers/subscription-watch.ts';

const SLOW = 180_000;
const STAGES = ['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'];
const VIDEO = {
  scenes: ['Bees dance.', 'Bees sing.'].map((narration) => ({ narration })),
  resolution: 'SD_480',
  aspectRatio: 'SQUARE_1_1',
  burnInCaptions: false,
} as const;

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await OwnPostgres.start(inject('cluster'));
  return () => postgres.remove();
}, SLOW);
const processes = useProcesses(() => ({ DATABASE_URL: postgres.url, LEASE_SECONDS: '20' }), { fakeContent: true });
const { installation } = processes;
let app: SpawnedApp;
beforeAll(async () => {
  app = await processes.start('start');
  return () => app.stop();
}, SLOW);

/** A new user, signed in over the API. */
async function newcomer(username: string): Promise<Client> {
  const input = { username, email: `${username}@example.org`, password: PASSWORD };
  await new Client(app.url, null).ask(RegisterDocument, { input });
  return await Client.signIn(app.url, username, PASSWORD);
}

type Steps = Watch<{ readonly videoProgress: StepFragment }>;

/** Checks that every stage was finished once, and that the stream has every event of the owner's only video in order. */
async function expectWhole(client: Client, id: string, watch: Steps): Promise<void> {
  const steps = (await watch.whole(90)).map(({ videoProgress }) => videoProgress);
  expect(steps.at(-1)).toMatchObject({ status: 'COMPLETED', progress: 100 });
  const finished = steps.flatMap(({ stage, stageStatus }) => (stageStatus === 'COMPLETED' ? [stage] : []));
  expect(finished).toEqual(STAGES);
  const numbers = steps.map((step) => decodeEventId(step.id)?.seq);
  expect(numbers).toEqual(numbers.map((_, at) => (numbers[0] ?? 0) + at));
  const { video } = await client.ask(FilmDocument, { id });
  expect(video?.stages.map(({ attempt }) => attempt)).toEqual(STAGES.map(() => 1));
  expect((await fetch(video?.fileUrl ?? '')).status).toBe(200);
  const { rows } =
    await sql`select status, failures, deaths from jobs where video_id = ${decodeId('video', id)}`.execute(
      installation.db.sql(),
    );
  expect(rows).toEqual([{ status: 'DONE', failures: 0, deaths: 0 }]);
}

describe('An immediate restart of PostgreSQL', () => {
  it(
    'in the middle of a stage costs the video nothing: the same worker continues, and subscribers receive every event',
    async () => {
      const ann = await newcomer('ann');
      const { id, cursor } = await ann.makeVideo(VIDEO);
      const watch = ann.watch(StepsDocument, { videoId: id, after: cursor });
      await watch.sees(({ videoProgress }) => videoProgress.stage === 'SPEECH');
      await postgres.crash();
      await expect(ann.ask(FilmDocument, { id })).rejects.toSatisfy(
        (thrown) => thrown instanceof AnswerErrors && thrown.codes.includes('SERVICE_UNAVAILABLE'),
      );
      expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
      await postgres.resume();
      await expectWhole(ann, id, watch);
      expect(app.output).not.toMatch(/the lease is lost|an attempt failed|unhandled|uncaught/i);
      expect(app.hasEnded).toBe(false);
    },
    SLOW,
  );
});
