import { GraphQLError, graphql, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { notSignedIn } from '../../src/auth/auth-error.ts';
import { AppError } from '../../src/errors.ts';
import { encodeEventId, encodeId } from '../../src/ids.ts';
import type { Services } from '../../src/resolvers/services.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { NODE_TYPE_NAMES } from '../../src/schema/node.type.ts';
import { UserFaultError } from '../../src/services/user-fault.ts';
import {
  contextFor,
  fakeServices,
  ME,
  OTHER_USER,
  PROVIDER,
  recorded,
  SCENE,
  SESSION,
  scene,
  user,
  VIDEO,
  video,
  viewerWith,
} from './fake-services.ts';

const schema = buildAppSchema();
const id = encodeId('video', VIDEO);
const OTHER = '019a0000-0000-7000-8000-0000000000aa';

async function ask(source: string, replaced: Partial<Services> = {}, viewer = viewerWith('SUPER_ADMIN')) {
  const { services, calls } = recorded(fakeServices(replaced));
  const { data, errors } = await graphql({ schema, source, contextValue: contextFor(services, viewer) });
  const answer: unknown = JSON.parse(JSON.stringify(data ?? null));
  return { data: answer, errors: errors ?? [], calls, names: calls.map((call) => call.name) };
}

function videosWith(given: Parameters<typeof video>[0]): Partial<Services> {
  return { videos: { ...fakeServices().videos, find: async () => video(given) } };
}

describe('ids', () => {
  it.each(['', 'video_', 'bees', VIDEO, encodeId('scene', VIDEO), `${id}0`, 'video_!!!'])(
    'a query for the video "%s" finds nothing and calls no service',
    async (wrong) => {
      const { data, errors, names } = await ask(`{ video(id: "${wrong}") { id } }`);
      expect({ data, errors, names }).toEqual({ data: { video: null }, errors: [], names: [] });
    },
  );

  it.each(['', '_', 'bees', VIDEO, 'film_0', `${id}0`, encodeId('job', ME)])(
    'a query for the node "%s" finds nothing and calls no service',
    async (wrong) => {
      const { data, errors, names } = await ask(`{ node(id: "${wrong}") { id } }`);
      expect({ data, errors, names }).toEqual({ data: { node: null }, errors: [], names: [] });
    },
  );

  it.each(['updateVideo(id: "bees", input: {})', 'deleteVideo(id: "bees")'])('%s is NOT_FOUND at id', async (call) => {
    const { data, names } = await ask(`mutation { ${call} { userErrors { code field } } }`);
    expect(Object.values(Object(data))).toEqual([{ userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] }]);
    expect(names).toEqual([]);
  });

  it('an invalid id of another owner returns no list', async () => {
    const { data, names } = await ask('{ videos(ownerId: "bees") { totalCount } }');
    expect({ data, names }).toEqual({ data: { videos: null }, names: [] });
  });

  it('node returns each type of object under its own name', async () => {
    const ids = [
      encodeId('user', OTHER_USER),
      id,
      encodeId('scene', SCENE),
      encodeId('provider', PROVIDER),
      encodeId('session', SESSION),
      encodeId('session', ME),
      encodeId('job', ME),
    ];
    const { data } = await ask(
      `{ ${ids.map((one, index) => `n${index}: node(id: "${one}") { __typename id }`).join(' ')} }`,
    );
    const types = ['User', 'Video', 'Scene', 'Provider', 'Session'];
    const found = types.map((__typename, index) => [`n${index}`, { __typename, id: ids[index] }]);
    expect(data).toEqual({ ...Object.fromEntries(found), n5: null, n6: null });
  });

  it('the id of an unknown provider returns no node', async () => {
    expect((await ask(`{ node(id: "${encodeId('provider', OTHER)}") { id } }`)).data).toEqual({ node: null });
  });

  it('every type that is a Node can be fetched as one', () => {
    const nodes = schema.getPossibleTypes(Object(schema.getType('Node')));
    const names = Object.values(NODE_TYPE_NAMES).filter((name) => name !== null);
    const forgotten = nodes.map(({ name }) => name).filter((name) => !names.some((known) => known === name));
    expect(forgotten, 'add the type to NODE_TYPE_NAMES in src/schema/node.type.ts').toEqual([]);
    expect(nodes.map((type) => type.name).toSorted()).toEqual(names.toSorted());
  });
});

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

describe('mutations', () => {
  it('pass on defaults, and omit what was omitted', async () => {
    const { calls } = await ask(
      'mutation { createVideo(input: { script: "Bees.", title: null, voice: {} }) { video { id } userErrors { code } } }',
    );
    expect({ ...Object(calls[0]?.args[1]) }).toEqual({
      script: 'Bees.',
      title: null,
      voice: { speed: 1 },
      language: 'en',
      aspectRatio: 'LANDSCAPE_16_9',
      resolution: 'HD_720',
      burnInCaptions: true,
      priority: 'NORMAL',
    });
  });

  it('distinguish null from an omitted field in a change', async () => {
    const { calls } = await ask(`mutation { updateVideo(id: "${id}", input: { description: null }) { video { id } } }`);
    expect(calls[0]?.args[1]).toBe(VIDEO);
    expect(Object.entries(Object(calls[0]?.args[2]))).toEqual([['description', null]]);
  });

  it('return every fault with its path, and null for the result', async () => {
    const create = async () => {
      throw new UserFaultError(
        { code: 'TOO_LONG', message: 'Too long.', field: ['input', 'script'] },
        { code: 'QUOTA_EXCEEDED', message: 'No more today.' },
      );
    };
    const { data, errors } = await ask(
      'mutation { createVideo(input: { script: "Bees." }) { video { id } userErrors { field message code } } }',
      {
        videos: { ...fakeServices().videos, create },
      },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      createVideo: {
        video: null,
        userErrors: [
          { field: ['input', 'script'], message: 'Too long.', code: 'TOO_LONG' },
          { field: null, message: 'No more today.', code: 'QUOTA_EXCEEDED' },
        ],
      },
    });
  });

  it('return retryAfterSeconds where waiting helps, and null elsewhere', async () => {
    const login = async () => {
      throw new UserFaultError(
        { code: 'ACCOUNT_LOCKED', message: 'Locked.', retryAfterSeconds: 420 },
        { code: 'INVALID_CREDENTIALS', message: 'Wrong.' },
      );
    };
    const { data } = await ask(
      'mutation { login(input: { identifier: "me", password: "x" }) { userErrors { code retryAfterSeconds } } }',
      { accounts: { ...fakeServices().accounts, login } },
    );
    expect(data).toEqual({
      login: {
        userErrors: [
          { code: 'ACCOUNT_LOCKED', retryAfterSeconds: 420 },
          { code: 'INVALID_CREDENTIALS', retryAfterSeconds: null },
        ],
      },
    });
  });

  it('leave other errors to the error formatter', async () => {
    const refresh = async () => {
      throw notSignedIn();
    };
    const { data, errors } = await ask('mutation { refreshTokens(refreshToken: "x") { userErrors { code } } }', {
      accounts: { ...fakeServices().accounts, refresh },
    });
    expect(data).toEqual({ refreshTokens: null });
    expect(errors.map((error) => error instanceof GraphQLError && error.originalError?.name)).toEqual(['AuthError']);
  });

  it('return the id of a deleted video, and pass on the device of a sign-in', async () => {
    const gone = await ask(`mutation { deleteVideo(id: "${id}") { deletedId userErrors { code } } }`);
    expect(gone.data).toEqual({ deleteVideo: { deletedId: id, userErrors: [] } });
    const login = await ask(
      'mutation { login(input: { identifier: "bee", password: "x" }) { user { id } tokens { accessToken expiresIn } } }',
    );
    expect(login.data).toEqual({
      login: { user: { id: encodeId('user', ME) }, tokens: { accessToken: 'access', expiresIn: 900 } },
    });
    expect(login.calls[0]?.args[1]).toEqual({ ipAddress: '192.0.2.7', userAgent: 'test' });
  });

  it.each([
    ['logout', false],
    ['logout(everywhere: true)', true],
  ])('%s ends the sessions that it names', async (call, everywhere) => {
    const { data, calls } = await ask(`mutation { ${call} { ended } }`);
    expect([data, calls[0]?.args[1]]).toEqual([{ logout: { ended: 2 } }, everywhere]);
  });
});

describe('users', () => {
  it('an inactive or deleted viewer is null, not an error', async () => {
    const users = { ...fakeServices().users, loadByIds: async (ids: readonly string[]) => ids.map(() => null) };
    const { data, errors } = await ask('{ viewer { id } }', { users });
    expect({ data, errors }).toEqual({ data: { viewer: null }, errors: [] });
  });

  it('have the roles in force with who granted them, and the resulting permissions', async () => {
    const { data } = await ask(
      '{ viewer { roles { role grantedBy { id } expiresAt } permissions subscription { plan } lastLoginAt } }',
    );
    expect(data).toEqual({
      viewer: {
        roles: [{ role: 'CREATOR', grantedBy: { id: encodeId('user', OTHER_USER) }, expiresAt: null }],
        permissions: [
          'USER_READ',
          'VIDEO_READ',
          'USER_UPDATE',
          'VIDEO_CREATE',
          'VIDEO_UPDATE',
          'VIDEO_DELETE',
          'AI_GENERATE_TEXT',
        ],
        subscription: { plan: 'FREE' },
        lastLoginAt: '2026-01-31T09:30:00.000Z',
      },
    });
  });

  it('who never signed in have no lastLoginAt', async () => {
    const users = { ...fakeServices().users, loadByIds: async () => [user({ lastLoginAt: null })] };
    expect((await ask('{ viewer { lastLoginAt } }', { users })).data).toEqual({ viewer: { lastLoginAt: null } });
  });
});

describe('providers', () => {
  it.each([1, 10_080])('a window of %i minutes is measured', async (minutes) => {
    const { calls, errors } = await ask(`{ providers { metrics(windowMinutes: ${minutes}) { cost } } }`);
    expect([errors, calls.at(-1)?.args]).toEqual([[], [['local'], minutes]]);
  });

  it.each([0, 10_081])('a window of %i minutes is refused', async (minutes) => {
    const { errors, names } = await ask(`{ providers { metrics(windowMinutes: ${minutes}) { cost } } }`);
    expect(errors.map((error) => error.message)).toEqual(['windowMinutes has to be between 1 and 10080.']);
    expect(names).toEqual(['providers.list']);
  });

  it('are selected by the given capability, and voices by the given language', async () => {
    const { calls } = await ask('{ providers(capability: SPEECH) { id } voices(language: "zh-tw") { id } }');
    expect(calls.map((call) => call.args[0])).toEqual(['SPEECH', 'zh-TW']);
  });
});

it('every type, field, argument and input has a description', () => {
  const silent = Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !['ID', 'Int', 'Float', 'String', 'Boolean'].includes(type.name))
    .flatMap((type) => {
      const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
      const unsaid = fields.filter((field) => !field.description).map((field) => `${type.name}.${field.name}`);
      return type.description ? unsaid : [type.name, ...unsaid];
    });
  expect(silent).toEqual([]);
  expect(isObjectType(schema.getType('Query'))).toBe(true);
});
