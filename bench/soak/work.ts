import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Client } from '../responsiveness/client.ts';

const REQUEST_EVERY_MS = 100;
const CREATE = `mutation ($input: CreateVideoInput!) {
  createVideo(input: $input) { video { id } userErrors { message } }
}`;
const created = z.object({
  createVideo: z.object({
    video: z.object({ id: z.string() }).nullable(),
    userErrors: z.array(z.object({ message: z.string() })),
  }),
});
const status = z.object({ video: z.object({ status: z.string() }) });

/** Makes short videos, so many at once, until the signal. Resolves with their number; throws where one fails. */
export async function runVideos(client: Client, atOnce: number, stop: AbortSignal): Promise<number> {
  const made = await Promise.all(Array.from({ length: atOnce }, () => makeInTurn(client, stop)));
  return made.reduce((sum, count) => sum + count, 0);
}

async function makeInTurn(client: Client, stop: AbortSignal): Promise<number> {
  for (let made = 0; ; made++) {
    if (stop.aborted) return made;
    const scenes = [{ narration: 'The hive wakes up.' }, { narration: `Bee number ${made} dances.` }];
    const input = { scenes, resolution: 'SD_480', burnInCaptions: true };
    const { video, userErrors } = created.parse(await client.ask(CREATE, { input })).createVideo;
    if (!video) throw new Error(`createVideo refuses: ${userErrors.map(({ message }) => message).join(' ')}`);
    const { id } = video;
    for (let now = ''; now !== 'COMPLETED'; ) {
      if (stop.aborted) return made;
      await sleep(500);
      now = status.parse(await client.ask('query ($id: ID!) { video(id: $id) { status } }', { id })).video.status;
      if (now === 'FAILED') throw new Error(`The video ${id} failed.`);
    }
  }
}

const QUERIES = [
  '{ videos(first: 20) { nodes { id title status progress owner { username } } pageInfo { endCursor } } }',
  '{ videos(first: 5) { totalCount nodes { stages { stage status } scenes { narration imageUrl } } } }',
  '{ viewer { username email roles { role } quotas { type remaining } } }',
  '{ health { status checks { database { latencyMs } redis { latencyMs } } } }',
  '{ queues { name waiting active } }',
  '{ providers { name health metrics { calls successRate } } }',
  '{ videos(filter: { search: "hive" }, first: 5) { nodes { title } } }',
] as const;

export interface SentRequests {
  readonly answered: number;
  readonly refused: number;
}

/** Queries of every kind in turn, each tenth a request that has to be refused, until the signal. */
export async function requestInTurn(client: Client, url: string, stop: AbortSignal): Promise<SentRequests> {
  let answered = 0;
  let refused = 0;
  for (let turn = 0; !stop.aborted; turn++) {
    if (turn % 10 === 9) {
      await refuse(url, turn);
      refused++;
    } else await client.ask(QUERIES[turn % QUERIES.length] ?? QUERIES[0]);
    answered++;
    await sleep(REQUEST_EVERY_MS);
  }
  return { answered, refused };
}

/** A wrong token, a document that no other request had, and a path that is not there, in turn. */
async function refuse(url: string, turn: number): Promise<void> {
  const kinds = [
    () => post(url, '{ viewer { id } }', { authorization: 'Bearer wrong' }),
    () => post(url, `{ unknown${turn} }`),
    () => fetch(`${url}/nothing-${turn}`),
  ];
  const response = await kinds[turn % kinds.length]?.();
  await response?.arrayBuffer();
}

async function post(url: string, query: string, headers: Record<string, string> = {}): Promise<Response> {
  const body = JSON.stringify({ query });
  return await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}
