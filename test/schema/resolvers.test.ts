import { GraphQLError, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { notSignedIn } from '../../src/auth/auth-error.ts';
import { encodeId } from '../../src/ids.ts';
import { NODE_TYPE_NAMES } from '../../src/schema/node.type.ts';
import { UserFaultError } from '../../src/services/user-fault.ts';
import { ask, id, OTHER, schema } from './ask-fakes.ts';
import { ME, OTHER_USER, PROVIDER, SCENE, SESSION, user, VIDEO } from './fake-rows.ts';
import { fakeServices } from './fake-services.ts';

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

describe('mutations', () => {
  it('pass on defaults, and omit what was omitted', async () => {
    const { calls } = await ask(
      'mutation { createVideo(input: { script: "Bees.", title: null, voice: {} }) { video { id } userErrors { code } } }',
    );
    expect({ ...Object(calls[0]?.args[1]) }).toEqual({
      script: 'Bees.',
      title: null,
      voice: { speed: 1 },
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

  it('return warnings beside the video, and an empty list where there are none', async () => {
    const warning = { code: 'CONFLICT', message: 'Another language.', field: ['input', 'language'] } as const;
    const { videos } = fakeServices();
    const warned = { videos: { ...videos, warningsOf: () => [warning] } };
    const fields = '{ video { id } warnings { code message field } userErrors { code } }';
    const create = `mutation { createVideo(input: { script: "Bees.", language: "de" }) ${fields} }`;
    expect((await ask(create, warned)).data).toEqual({
      createVideo: { video: { id: expect.any(String) }, warnings: [warning], userErrors: [] },
    });
    for (const mutation of [
      'createVideo(input: { script: "Bees." })',
      `cancelVideo(id: "${id}")`,
      `retryVideo(id: "${id}")`,
      `updateVideo(id: "${id}", input: {})`,
      'cancelVideo(id: "unknown")',
    ])
      expect((await ask(`mutation { change: ${mutation} { warnings { code } } }`)).data).toEqual({
        change: { warnings: [] },
      });
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
