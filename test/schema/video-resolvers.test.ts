import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { encodeEventId, encodeId } from '../../src/ids.ts';
import { ask, id, OTHER, videosWith } from './ask-fakes.ts';
import { ME, OTHER_USER, SCENE, scene, VIDEO, video } from './fake-rows.ts';
import { fakeServices } from './fake-services.ts';

describe('a page of videos', () => {
  it.each(['first: 1', 'first: 100', 'last: 1', 'last: 100'])('may have %s', async (size) => {
    const { errors, calls } = await ask(`{ videos(${size}) { nodes { id } } }`);
    const [name, value] = size.split(': ');
    expect(errors).toEqual([]);
    expect(calls[0]?.args[1]).toMatchObject({ [String(name)]: Number(value) });
  });

  it.each([
    ['first: 0', 'first has to be between 1 and 100; it is 0.'],
    ['first: 101', 'first has to be between 1 and 100; it is 101.'],
    ['last: -1', 'last has to be between 1 and 100; it is -1.'],
    ['last: 101', 'last has to be between 1 and 100; it is 101.'],
    ['first: 1, last: 1', 'Give first or last, not both.'],
  ])('may not have %s', async (size, message) => {
    const { errors, names } = await ask(
      `{ videos(${size}) { nodes { id } } viewer { videos(${size}) { nodes { id } } } }`,
    );
    expect(errors.map((error) => [error.message, AppError.from(error.originalError).code])).toEqual([
      [message, 'INVALID_INPUT'],
      [message, 'INVALID_INPUT'],
    ]);
    expect(names).toEqual(['users.loadByIds']);
  });

  it('has 20 rows by default and with null', async () => {
    const { calls } = await ask('{ a: videos { nodes { id } } b: videos(first: null, last: null) { nodes { id } } }');
    expect(calls.map((call) => call.args[1])).toEqual([
      expect.objectContaining({ first: 20 }),
      expect.objectContaining({ first: 20 }),
    ]);
  });

  it('passes on cursors, filter, order and owner', async () => {
    const owner = encodeId('user', OTHER_USER);
    const { calls } = await ask(
      `{ videos(last: 3, before: "c", filter: { language: "ZH-tw", createdAfter: "2026-01-31T10:30:00+01:00", status: [FAILED] }, orderBy: { field: TITLE, direction: ASC }, ownerId: "${owner}") { nodes { id } } }`,
    );
    expect(calls[0]?.args[1]).toEqual({
      last: 3,
      before: 'c',
      filter: { language: 'zh-TW', createdAfter: new Date('2026-01-31T09:30:00Z'), status: ['FAILED'] },
      orderBy: { field: 'TITLE', direction: 'ASC' },
      ownerId: OTHER_USER,
      allOwners: false,
    });
  });

  it('is counted only where totalCount is selected', async () => {
    const plain = await ask(
      '{ videos { nodes { id } pageInfo { startCursor endCursor } edges { cursor node { id } } } }',
    );
    expect(plain.names).toEqual(['videoList.page']);
    const cursor = `cursor of ${VIDEO}`;
    expect(plain.data).toEqual({
      videos: {
        nodes: [{ id }],
        pageInfo: { startCursor: cursor, endCursor: cursor },
        edges: [{ cursor, node: { id } }],
      },
    });
    const counted = await ask('{ videos(first: 5) { totalCount } }');
    expect(counted.names).toEqual(['videoList.page', 'videoList.count']);
    expect(counted.data).toEqual({ videos: { totalCount: 1 } });
  });

  it('of a user contains videos of that user', async () => {
    const { calls } = await ask(
      `{ node(id: "${encodeId('user', OTHER_USER)}") { ... on User { videos { nodes { id } } } } }`,
    );
    expect(calls.find((call) => call.name === 'videoList.pages')?.args[1]).toEqual([OTHER_USER]);
  });

  it('without rows has no cursors', async () => {
    const videoList = {
      ...fakeServices().videoList,
      page: async () => ({ rows: [], hasNextPage: false, hasPreviousPage: true, cursorOf: () => 'x' }),
    };
    const { data } = await ask('{ videos { pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }', {
      videoList,
    });
    expect(data).toEqual({
      videos: { pageInfo: { startCursor: null, endCursor: null, hasNextPage: false, hasPreviousPage: true } },
    });
  });

  it('loads all its scenes, stages and owners at once', async () => {
    const rows = [video(), video({ id: OTHER }), video({ id: OTHER_USER, ownerId: OTHER_USER })];
    const page = { rows, hasNextPage: false, hasPreviousPage: false, cursorOf: () => 'x' };
    const { calls } = await ask('{ videos { nodes { scenes { id } stages { stage } owner { username } } } }', {
      videoList: { ...fakeServices().videoList, page: async () => page },
    });
    expect(
      calls
        .slice(1)
        .map((call) => [call.name, call.args[0]])
        .toSorted(),
    ).toEqual([
      ['users.loadByIds', [ME, OTHER_USER]],
      ['videos.scenesOf', [VIDEO, OTHER, OTHER_USER]],
      ['videos.stagesOf', [VIDEO, OTHER, OTHER_USER]],
    ]);
  });
});

describe('a video', () => {
  it('has all six stages in order, begun or not', async () => {
    const begun = {
      videoId: VIDEO,
      stage: 'SPEECH',
      status: 'RUNNING',
      progress: 40,
      attempt: 1,
      maxAttempts: 3,
      provider: 'local',
    } as const;
    const nothing = {
      nextAttemptAt: null,
      startedAt: null,
      completedAt: null,
      errorCode: null,
      errorMessage: null,
      inputHash: null,
    };
    const stagesOf = async () => [[{ ...begun, ...nothing }]];
    const { data } = await ask(
      `{ video(id: "${id}") { stages { stage status progress attempt maxAttempts provider } } }`,
      {
        videos: { ...fakeServices().videos, stagesOf },
      },
    );
    const pending = (stage: string) => ({
      stage,
      status: 'PENDING',
      progress: 0,
      attempt: 0,
      maxAttempts: 4,
      provider: null,
    });
    const { videoId: _videoId, ...speech } = begun;
    expect(data).toEqual({
      video: { stages: [pending('SCRIPT'), speech, ...['VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'].map(pending)] },
    });
  });

  it.each(['PENDING', 'PROCESSING', 'FAILED', 'CANCELED'] as const)(
    'returns no file while it is %s',
    async (status) => {
      const { data, names } = await ask(
        `{ video(id: "${id}") { fileUrl } }`,
        videosWith({ status, fileKey: 'videos/1/film.mp4' }),
      );
      expect(data).toEqual({ video: { fileUrl: null } });
      expect(names).not.toContain('links.url');
    },
  );

  it('returns signed links to its file, thumbnail and scenes', async () => {
    const given = videosWith({
      status: 'COMPLETED',
      completedAt: new Date(),
      fileKey: 'film.mp4',
      fileSize: 12_345,
      thumbnailKey: 'poster.jpg',
    });
    const scenesOf = async () => [[scene({ position: 3, imageKey: 'a.png', audioKey: 'a.wav' })]];
    const { data } = await ask(
      `{ video(id: "${id}") { fileUrl fileSize format thumbnailUrl scenes { id index imageUrl audioUrl } } }`,
      {
        videos: { ...fakeServices(given).videos, scenesOf },
      },
    );
    const at = 'https://files.example.org';
    expect(data).toEqual({
      video: {
        fileUrl: `${at}/film.mp4`,
        fileSize: '12345',
        format: 'mp4',
        thumbnailUrl: `${at}/poster.jpg`,
        scenes: [{ id: encodeId('scene', SCENE), index: 3, imageUrl: `${at}/a.png`, audioUrl: `${at}/a.wav` }],
      },
    });
  });

  it('has its captions in each format, VTT by default', async () => {
    const captions = { srt: '1\n', vtt: 'WEBVTT', ass: '[Script Info]' };
    const { data } = await ask(
      `{ video(id: "${id}") { captions srt: captions(format: SRT) ass: captions(format: ASS) } }`,
      videosWith({ captions }),
    );
    expect(data).toEqual({ video: { captions: 'WEBVTT', srt: '1\n', ass: '[Script Info]' } });
    const none = await ask(`{ video(id: "${id}") { captions } }`);
    expect(none.data).toEqual({ video: { captions: null } });
  });

  it('shows its topic only where it was made from one', async () => {
    const of = async (kind: 'topic' | 'script') =>
      (await ask(`{ video(id: "${id}") { topic } }`, videosWith({ source: { kind, text: 'Bees' } }))).data;
    expect([await of('topic'), await of('script')]).toEqual([{ video: { topic: 'Bees' } }, { video: { topic: null } }]);
  });

  it('returns its newest event as a cursor, and its error unchanged', async () => {
    const error = {
      code: 'FFMPEG_FAILED',
      message: 'x',
      stage: 'ASSEMBLY',
      retriable: true,
      at: '2026-01-31T09:30:00Z',
      traceId: null,
    } as const;
    const { data } = await ask(
      `{ video(id: "${id}") { lastEventId error { code at } seo { title keywords } priority } }`,
      videosWith({ error, seoKeywords: ['bee'] }),
    );
    expect(data).toEqual({
      video: {
        lastEventId: encodeEventId({ ownerId: ME, seq: 4 }),
        error: { code: 'FFMPEG_FAILED', at: '2026-01-31T09:30:00.000Z' },
        seo: { title: null, keywords: ['bee'] },
        priority: 'NORMAL',
      },
    });
  });
});
