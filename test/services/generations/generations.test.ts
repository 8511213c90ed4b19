import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeId, encodeId } from '../../../src/ids.ts';
import { LocalStorage } from '../../../src/storage/local-storage.ts';
import { AnswerErrors, type Client } from '../../helpers/client.ts';
import { useApp } from '../../helpers/fixtures.ts';
import {
  CancelVideoDocument,
  CostProgressDocument,
  DeleteVideoDocument,
  GenerationListDocument,
  GenerationNodeDocument,
  VideosWithGenerationsDocument,
} from '../../helpers/generated/documents.ts';
import { contentOn, TIMEOUT } from './made-content.ts';

const app = useApp({ worker: false });
const { open, send, settle, fail, make } = contentOn(() => app.installation.db);
let storage: LocalStorage;
let ann: Client;
let video: string;
let number = 0;

beforeAll(async () => {
  storage = await LocalStorage.open(`${app.installation.dataDir}/files`);
});
beforeEach(async () => {
  number++;
  ann = await app.signedIn(`ann${number}`);
  ({ id: video } = await ann.makeVideo({ script: 'Bees dance.', maxCost: '2' }));
});

/** As the client sees it. */
async function shown(client: Client, uuid: string) {
  const { node } = await client.ask(GenerationNodeDocument, { id: encodeId('generation', uuid) });
  return node?.__typename === 'Generation' ? node : null;
}

const prompts = (nodes: readonly { readonly prompt: string }[] | undefined) => nodes?.map(({ prompt }) => prompt);

/** `count` pictures with the prompts "1", "2" … */
async function makeMany(count: number): Promise<void> {
  for (let one = 1; one <= count; one++) await make(video, { prompt: String(one) });
}

describe('A generation', () => {
  it('shows the request, the result and what it cost, with every attempt in the order in which it was sent', async () => {
    const id = await open(video);
    await fail(await send(id, 'openai'), TIMEOUT);
    await fail(await send(id, 'painter'), { ...TIMEOUT, state: 'REFUSED', code: 'PAINTER_REFUSED', cost: 0 });
    const key = `videos/${decodeId('video', video)}/picture.png`;
    await storage.put(key, Buffer.from('a picture'));
    await settle(await send(id, 'painter'), { key, hash: 'x' });

    const generation = await shown(ann, id);
    const attempt = { provider: 'painter', model: 'p1', errorCode: null };
    expect(generation).toEqual({
      __typename: 'Generation',
      id: encodeId('generation', id),
      type: 'IMAGE',
      provider: 'painter',
      model: 'p1',
      prompt: 'A dancing bee',
      parameters: { width: 1280, height: 720, visualStyle: 'calm' },
      status: 'COMPLETED',
      text: null,
      resultUrl: expect.stringContaining('/picture.png?'),
      tokensUsed: 40,
      cost: '0.0550',
      processingTimeMs: 900,
      attempts: [
        {
          ...attempt,
          provider: 'openai',
          status: 'UNCERTAIN',
          errorCode: 'OPENAI_TIMEOUT',
          latencyMs: 9000,
          cost: '0.0300',
        },
        { ...attempt, status: 'FAILED', errorCode: 'PAINTER_REFUSED', latencyMs: 9000, cost: '0.0000' },
        { ...attempt, status: 'COMPLETED', latencyMs: 900, cost: '0.0250' },
      ],
      cached: false,
      errorCode: null,
      errorMessage: null,
    });
    expect(await (await fetch(String(generation?.resultUrl))).text()).toBe('a picture');
  });

  it('is PENDING while its request is on its way, and says why the last attempt failed', async () => {
    const id = await open(video);
    const attemptId = await send(id);
    expect(await shown(ann, id)).toMatchObject({
      status: 'PENDING',
      cost: '0.0000',
      resultUrl: null,
      attempts: [{ status: 'PENDING', latencyMs: 0, cost: '0.0000' }],
    });
    await fail(attemptId, TIMEOUT);
    const failed = { status: 'UNCERTAIN', errorCode: 'OPENAI_TIMEOUT', errorMessage: 'Too late.', cost: '0.0300' };
    expect(await shown(ann, id)).toMatchObject(failed);
  });

  it.each([
    [
      'a recording',
      'AUDIO',
      { audio: { key: 'videos/v/voice 1.wav', hash: 'x' } },
      null,
      '/files/videos/v/voice%201.wav?',
    ],
    ['a plain text', 'TEXT', { text: 'Bees dance.' }, 'Bees dance.', null],
    ['a script', 'TEXT', { title: 'Bees', scenes: [] }, null, null],
  ] as const)('whose result is %s has the fitting fields', async (_kind, type, stored, text, link) => {
    const id = await open(video, { type });
    await settle(await send(id), stored);
    const generation = await shown(ann, id);
    expect(generation?.text).toBe(text);
    if (link === null) expect(generation?.resultUrl).toBeNull();
    else expect(generation?.resultUrl).toContain(link);
  });

  it('exists for its owner and for administrators alone', async () => {
    const id = await make(video, {});
    const bob = await app.signedIn(`bob${number}`);
    const admin = await app.signedIn(`admin${number}`, 'ADMIN');
    expect(await shown(bob, id)).toBeNull();
    expect((await bob.ask(GenerationListDocument, {})).generations?.nodes).toEqual([]);
    expect(await shown(admin, id)).toMatchObject({ status: 'COMPLETED' });
    const none = encodeId('generation', '019a0000-0000-7000-8000-000000000001');
    expect((await ann.ask(GenerationNodeDocument, { id: none })).node).toBeNull();
  });

  it('keeps its cost but not its content when its video is deleted', async () => {
    const id = await make(video, {}, 1234);
    await ann.ask(DeleteVideoDocument, { id: video });
    const left = { prompt: '', parameters: {}, resultUrl: null, text: null, cost: '0.1234', status: 'COMPLETED' };
    expect(await shown(ann, id)).toMatchObject(left);
    expect((await ann.ask(GenerationListDocument, {})).generations?.totalCount).toBe(1);
  });
});

describe('The list of generations', () => {
  it('is read page by page, newest first, without a gap or a repetition', async () => {
    await makeMany(5);
    const seen: (string[] | undefined)[] = [];
    let after: string | null | undefined;
    for (const isLast of [false, false, true]) {
      const { generations } = await ann.ask(GenerationListDocument, { first: 2, after });
      seen.push(prompts(generations?.nodes));
      expect(generations?.edges.map(({ node }) => node.prompt)).toEqual(seen.at(-1));
      expect(generations?.totalCount).toBe(5);
      const { startCursor, endCursor, hasNextPage, hasPreviousPage } = generations?.pageInfo ?? {};
      expect([hasNextPage, hasPreviousPage]).toEqual([!isLast, after !== undefined]);
      expect([startCursor, endCursor]).toEqual([generations?.edges[0]?.cursor, generations?.edges.at(-1)?.cursor]);
      after = endCursor;
    }
    expect(seen).toEqual([['5', '4'], ['3', '2'], ['1']]);
  });

  it('holds one type where it is asked for one, and nothing for a type that was not made', async () => {
    await makeMany(2);
    await make(video, { type: 'AUDIO', stage: 'SPEECH', prompt: 'Bees dance.' });
    const ofType = async (type: 'AUDIO' | 'VIDEO' | 'IMAGE') => {
      const { generations } = await ann.ask(GenerationListDocument, { type });
      return [generations?.totalCount, prompts(generations?.nodes)];
    };
    expect(await ofType('AUDIO')).toEqual([1, ['Bees dance.']]);
    expect(await ofType('IMAGE')).toEqual([2, ['2', '1']]);
    expect(await ofType('VIDEO')).toEqual([0, []]);
  });

  it.each([
    [{ first: 0 }, 'first has to be between 1 and 100'],
    [{ first: 101 }, 'first has to be between 1 and 100'],
    [{ after: 'nonsense' }, 'not a cursor of this list'],
  ])('refuses %j', async (variables, message) => {
    const asked = ann.ask(GenerationListDocument, variables);
    await expect(asked).rejects.toThrow(message);
    await expect(asked).rejects.toSatisfy(
      (thrown) => thrown instanceof AnswerErrors && thrown.codes[0] === 'BAD_USER_INPUT',
    );
  });
});

describe('A video', () => {
  it('has its own generations and its own cost, also in a list of videos', async () => {
    const { id: other } = await ann.makeVideo({ script: 'Ants walk.' });
    await makeMany(3);
    await make(other, { prompt: 'An ant' }, 10_000);
    await send(await open(other, { prompt: 'A leaf' }), 'painter', 700);

    const { videos } = await ann.ask(VideosWithGenerationsDocument, {});
    const [ants, bees] = videos?.nodes ?? [];
    const usd = { estimated: null, currency: 'USD' };
    expect(ants?.cost).toEqual({ ...usd, reserved: '0.0700', spent: '1.0000', limit: null });
    expect(bees?.cost).toEqual({ ...usd, reserved: '0.0000', spent: '0.0750', limit: '2.0000' });
    expect([ants, bees].map((one) => [one?.generations.totalCount, prompts(one?.generations.nodes)])).toEqual([
      [2, ['A leaf', 'An ant']],
      [3, ['3', '2']],
    ]);
    expect(bees?.generations.pageInfo.hasNextPage).toBe(true);
    expect(ants?.generations.pageInfo.hasNextPage).toBe(false);

    const next = await ann.ask(VideosWithGenerationsDocument, {
      after: bees?.generations.pageInfo.endCursor,
    });
    expect(prompts(next.videos?.nodes.find(({ id }) => id === video)?.generations.nodes)).toEqual(['1']);
  });

  it('that nothing was made for has cost nothing', async () => {
    const { videos } = await ann.ask(VideosWithGenerationsDocument, {});
    expect(videos?.nodes).toMatchObject([
      { cost: { reserved: '0.0000', spent: '0.0000' }, generations: { totalCount: 0, nodes: [] } },
    ]);
  });

  it('says in each event what it has cost so far', async () => {
    await make(video, {}, 420);
    await fail(await send(await open(video)), TIMEOUT);
    await ann.ask(CancelVideoDocument, { id: video });
    const watch = ann.watch(CostProgressDocument, { videoId: video, after: null });
    expect(await watch.whole()).toEqual([
      { videoProgress: { status: 'CANCELED', costSpent: '0.0720', video: { cost: { spent: '0.0720' } } } },
    ]);
  });
});
