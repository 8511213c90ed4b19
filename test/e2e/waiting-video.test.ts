import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { useApp } from '../helpers/fixtures.ts';
import { httpTransport, type Send } from '../helpers/transports.ts';

const CREATE = `mutation ($input: CreateVideoInput!) {
  createVideo(input: $input) { video { id title stages { stage maxAttempts } } userErrors { code message } }
}`;
const created = z.object({
  createVideo: z.object({
    userErrors: z.array(z.unknown()).length(0),
    video: z.object({
      id: z.string(),
      title: z.string(),
      stages: z.array(z.object({ stage: z.string(), maxAttempts: z.number() })),
    }),
  }),
});

const app = useApp({ worker: false, settings: { JOB_RETRIES: '5' } });
let send: Send;
beforeAll(async () => {
  send = httpTransport(app.url, (await app.signedIn('root', 'SUPER_ADMIN')).token).send;
});

async function accepted(input: object) {
  const { data } = await send({ query: CREATE, variables: { input } });
  return created.parse(data).createVideo.video;
}

describe('A waiting video', () => {
  it('has the title of its text, where none was given', async () => {
    expect((await accepted({ script: '# The dance\n\nBees dance.' })).title).toBe('The dance');
    expect((await accepted({ scenes: [{ narration: 'The hive wakes up.' }] })).title).toBe('The hive wakes up');
    expect((await accepted({ script: 'Bees dance.', title: 'My own' })).title).toBe('My own');
  });

  it('has 1 + JOB_RETRIES as the maximum number of attempts of each stage', async () => {
    const { id, stages } = await accepted({ script: 'Bees dance.' });
    expect(stages.map(({ maxAttempts }) => maxAttempts)).toEqual([6, 6, 6, 6, 6, 6]);
    const list = '{ videos(first: 100) { nodes { stages { maxAttempts } } } }';
    for (const query of [`{ video(id: "${id}") { stages { maxAttempts } } }`, list]) {
      const answer = JSON.stringify(await send({ query, variables: {} }));
      expect(new Set(answer.match(/"maxAttempts":\d+/g))).toEqual(new Set(['"maxAttempts":6']));
    }
  });
});

describe('A list', () => {
  it('is of one owner or of all, not both', async () => {
    const query = 'query ($id: ID, $all: Boolean) { videos(ownerId: $id, allOwners: $all) { totalCount } }';
    const { errors } = await send({ query, variables: { id: 'user_0', all: true } });
    expect(errors?.map(({ extensions, message }) => [extensions.code, message])).toEqual([
      ['BAD_USER_INPUT', 'Give ownerId for the videos of one user or allOwners for all, not both.'],
    ]);
    for (const variables of [{ id: 'user_0', all: false }, { id: null, all: true }, { all: true }])
      expect(await send({ query, variables })).not.toHaveProperty('errors');
  });

  it('reports the place of a wrong language in the document', async () => {
    const { errors } = await send({ query: '{ videos(filter: { language: "" }) { totalCount } }', variables: {} });
    expect(errors?.map(({ extensions, locations }) => [extensions.code, locations])).toEqual([
      ['BAD_USER_INPUT', [{ line: 1, column: 30 }]],
    ]);
  });
});
