import { afterAll, beforeAll, expect, it } from 'vitest';
import { LoginDocument, RegisterDocument } from '../../src/cli/generated/documents.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import { Client } from '../helpers/client.ts';
import { DeleteVideoDocument, FilmDocument, type StepFragment, StepsDocument } from '../helpers/generated/documents.ts';
import { createTestInstallation, type TestInstallation } from '../helpers/installation.ts';
import { ensureBuilt, ensureTestProgram, processesNaming, SpawnedApp } from '../helpers/processes.ts';

const SLOW = 120_000;
const INPUT = {
  scenes: Array.from({ length: 2 }, (_, at) => ({ narration: `Number ${at + 1}.` })),
  aspectRatio: 'SQUARE_1_1',
  resolution: 'SD_480',
  burnInCaptions: false,
} as const;

let installation: TestInstallation;
let one: SpawnedApp;
let other: SpawnedApp;
let worker: SpawnedApp;

beforeAll(async () => {
  await ensureBuilt();
  const program = await ensureTestProgram('fake-app');
  installation = await createTestInstallation();
  [one, other, worker] = await Promise.all([
    SpawnedApp.start(installation, 'serve'),
    SpawnedApp.start(installation, 'serve'),
    SpawnedApp.start(installation, 'worker', { program, settings: { FAKE_SCENE_MS: '300' } }),
  ]);
}, SLOW);
afterAll(async () => {
  await Promise.all([one?.stop(), other?.stop(), worker?.stop()]);
  expect(await processesNaming(installation.dataDir)).toEqual([]);
  await installation.remove();
}, SLOW);

/** A new user who registered at one server and can sign in at every other. */
async function newcomer(username: string): Promise<Client> {
  const input = { username, email: `${username}@example.org`, password: PASSWORD };
  const { register } = await new Client(one.url, null).ask(RegisterDocument, { input });
  expect(register?.userErrors).toEqual([]);
  const { login } = await new Client(other.url, null).ask(LoginDocument, {
    input: { identifier: username, password: PASSWORD },
  });
  return new Client(other.url, login?.tokens?.accessToken ?? '');
}

it(
  'Two servers and a worker: subscribers of both receive the same events, and resume at the other after their server is killed',
  async () => {
    const ann = await newcomer('ann');
    const { id, cursor } = await ann.makeVideo(INPUT);
    const steady = ann.watch(StepsDocument, { videoId: id, after: cursor });
    const shaken = ann.at(one.url).watch(StepsDocument, { videoId: id, after: cursor });

    await shaken.sees(({ videoProgress }) => videoProgress.stage === 'SPEECH');
    const { port } = new URL(one.url);
    expect(await one.kill('SIGKILL')).toBe('SIGKILL');
    expect(await shaken.ended()).toBeInstanceOf(Error);
    const before = shaken.events.map(({ videoProgress }) => videoProgress);
    one = await SpawnedApp.start(installation, 'serve', { port: Number(port) });
    const after = before.at(-1)?.id ?? cursor;
    const rest = (await ann.at(one.url).watch(StepsDocument, { videoId: id, after }).whole(90)).map(
      ({ videoProgress }) => videoProgress,
    );

    const whole = (await steady.whole(90)).map(({ videoProgress }) => videoProgress);
    const plain = (steps: readonly StepFragment[]) => steps.map(({ video: _, ...step }) => step);
    expect(plain([...before, ...rest])).toEqual(plain(whole));
    expect(whole.at(-1)).toMatchObject({ status: 'COMPLETED', progress: 100 });
    expect(rest.length).toBeGreaterThan(0);

    const { video } = await ann.at(one.url).ask(FilmDocument, { id });
    expect((await fetch(video?.fileUrl ?? '')).status).toBe(200);
    // A link that one server signed is valid at the other.
    expect((await fetch((video?.fileUrl ?? '').replace(one.url, other.url))).status).toBe(200);
  },
  SLOW,
);

it(
  'The deletion of a video at one server ends its streams at the other at once',
  async () => {
    const ben = await newcomer('ben');
    const { id, cursor } = await ben.makeVideo(INPUT);
    const watch = ben.watch(StepsDocument, { videoId: id, after: cursor });
    await watch.sees(({ videoProgress }) => videoProgress.stage === 'SCRIPT');
    await ben.at(one.url).ask(DeleteVideoDocument, { id });
    expect((await watch.whole()).at(-1)?.videoProgress).toMatchObject({ status: 'CANCELED', video: null });
  },
  SLOW,
);
