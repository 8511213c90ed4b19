import { randomUUIDv7 } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeEventId, encodeId } from '../../src/ids.ts';
import { DeletedVideoPurge } from '../../src/jobs/tasks/purge-deleted-videos.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { useApp } from '../helpers/fixtures.ts';
import { type ClientResult, httpTransport, streamTransport } from '../helpers/transports.ts';
import { SocketClient } from '../server/socket-client.ts';
import {
  BELONG_TO_NOBODY,
  type CallerName,
  LISTS,
  OF_THE_CALLER,
  PATHS,
  PATHS_OF_EVENTS,
  type Path,
} from './object-cases.ts';
import { everythingOf, fieldsIn, fieldsTo, objectTypesOf, rootFieldsWithIds } from './object-selection.ts';
import { type Owned, ownedObjects, rowsOf, SECRET } from './owned-objects.ts';

const app = useApp({ worker: false, settings: { GRAPHQL_COST_LIMIT: '1000000' } });
const schema = buildAppSchema();
const all = (type: string) => everythingOf(schema, type);
const created = z.object({ createApiKey: z.object({ secret: z.string() }) });

const made = z.object({ createVideo: z.object({ video: z.object({ id: z.string() }) }) });
const linked = z.object({ video: z.object({ fileUrl: z.string() }) });

const CALLERS: readonly CallerName[] = ['owner', 'stranger', 'guest', 'key without a scope', 'administrator'];
const tokens = new Map<CallerName, string | null>();
let owned: Owned;

beforeAll(async () => {
  owned = await ownedObjects(app);
  const stranger = await app.signedIn('stranger', 'PREMIUM');
  await app.installation.db.em().execute(
    `insert into user_roles (user_id, role, granted_by)
       select id, unnest(array['USER', 'CREATOR']), '${owned.userId}' from users where username = 'stranger'`,
  );
  const query = 'mutation { createApiKey(input: { name: "narrow", permissions: [AI_GENERATE_TEXT] }) { secret } }';
  const { data } = await httpTransport(app.url, owned.owner.token).send({ query, variables: {} });
  tokens.set('owner', owned.owner.token);
  tokens.set('stranger', stranger.token);
  tokens.set('guest', null);
  tokens.set('key without a scope', created.parse(data).createApiKey.secret);
  tokens.set('administrator', (await app.signedIn('administrator', 'ADMIN')).token);
});

async function ask(caller: CallerName, query: string): Promise<ClientResult> {
  const transport = query.startsWith('subscription') ? streamTransport : httpTransport;
  return await transport(app.url, tokens.get(caller) ?? null).send({ query, variables: {} });
}

/** The answer without what differs between any two answers. */
async function answer(caller: CallerName, { ask: document }: Path, id: string): Promise<string> {
  const text = JSON.stringify(await ask(caller, document(id, all)));
  return text.replace(/"traceId":"[^"]*"|"column":\d+/g, '').replaceAll(id || 'an empty id', 'ID');
}

const idOf = ({ id }: Path) => owned.ids[id];

/** Ids of the type of which there is no object: made up, or of the owner's object with one letter changed. */
function absentIds(path: Path): string[] {
  if (path.id === 'event') return [];
  const real = idOf(path);
  return [encodeId(path.id, randomUUIDv7()), real.slice(0, -4) + (real.at(-4) === 'a' ? 'b' : 'a') + real.slice(-3)];
}

/** Ids that are none of the type. For `node` the type decides who may ask at all. */
function otherIds(name: string, path: Path): string[] {
  if (name.startsWith('Query.node')) return [];
  const other = path.id === 'scene' ? 'video' : 'scene';
  return [owned.ids[other], 'nothing', ''];
}

const paths = Object.entries(PATHS);
const outsiders = ({ seenBy }: Path) => CALLERS.filter((caller) => !seenBy.includes(caller));

describe('The table of ways to objects', () => {
  it('has every root field that takes an id', () => {
    const named = paths.map(([name]) => name.split(' ')[0]);
    expect([...new Set([...named, ...PATHS_OF_EVENTS])].toSorted()).toEqual(rootFieldsWithIds(schema).toSorted());
  });

  it('has node for every type of node', () => {
    const nodes = objectTypesOf(schema).filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'));
    const tested = paths.flatMap(([name]) =>
      name.startsWith('Query.node ') ? [name.slice('Query.node '.length)] : [],
    );
    expect([...tested, 'Provider'].toSorted()).toEqual(nodes.map(({ name }) => name).toSorted());
  });

  it('selects every field that leads to an object of users', () => {
    const documents = [
      ...paths.map(([, { ask: document }]) => document('x', all)),
      ...Object.entries(LISTS).map(([field, { type }]) => `{ ${field} ${all(type)} }`),
    ];
    const tested = new Set([...documents.flatMap((one) => [...fieldsIn(schema, one)]), ...Object.keys(OF_THE_CALLER)]);
    const fields = fieldsTo(schema, (type) => !BELONG_TO_NOBODY.includes(type));
    const untested = fields.filter((field) => !tested.has(field) && !PAYLOADS_WITHOUT_IDS.has(field));
    expect(untested).toEqual([]);
  });
});

/** Mutations that take no id, and act on the caller or on the installation. */
const PAYLOADS_WITHOUT_IDS = new Set(
  Object.keys(schema.getMutationType()?.getFields() ?? {})
    .map((name) => `Mutation.${name}`)
    .filter((field) => !rootFieldsWithIds(schema).includes(field)),
);

describe.each(paths)('By %s', (name, path) => {
  it.each(path.changes ? [] : path.seenBy)('%s finds the object', async (caller) => {
    const { errors } = await ask(caller, path.ask(idOf(path), all));
    expect(errors).toBeUndefined();
    expect(await answer(caller, path, idOf(path))).toContain(SECRET);
  });

  it.each(outsiders(path))('for %s it is as if it did not exist', async (caller) => {
    const before = await rowsOf(app, owned.userId);
    const real = await answer(caller, path, idOf(path));
    expect(real).not.toContain(SECRET);
    expect(await rowsOf(app, owned.userId)).toBe(before);
    if (path.partlyPublic) return;
    for (const id of [...absentIds(path), ...otherIds(name, path)])
      expect([id, await answer(caller, path, id)]).toEqual([id, real]);
  });
});

describe.each(Object.entries(LISTS))('In the list %s', (field, { type, seenBy }) => {
  it.each(CALLERS)('%s finds what they may', async (caller) => {
    const text = JSON.stringify(await ask(caller, `{ ${field} ${all(type)} }`));
    if (seenBy.includes(caller)) expect(text).toContain(SECRET);
    else expect(text).not.toContain(SECRET);
  });
});

describe('The events of all videos', () => {
  const watch = async (caller: CallerName) =>
    await SocketClient.connect(`${app.url.replace('http', 'ws')}/graphql`, {
      authorization: `Bearer ${tokens.get(caller)}`,
    });

  it('are those of the caller alone', async () => {
    const clients = await Promise.all((['stranger', 'administrator'] as const).map(watch));
    for (const client of clients) client.subscribe('1', `subscription { videoEvents ${all('VideoProgressEvent')} }`);
    await owned.owner.makeVideo({ script: SECRET });
    for (const [index, caller] of (['stranger', 'administrator'] as const).entries()) {
      const query = 'mutation { createVideo(input: { script: "Bees fly." }) { video { id } userErrors { code } } }';
      expect((await ask(caller, query)).errors).toBeUndefined();
      await clients[index]?.gets('next', '1');
      expect(JSON.stringify(clients[index]?.messages)).not.toContain(SECRET);
    }
    await Promise.all(clients.map((client) => client.leave()));
  });

  it.each(['videoEvents', 'videoProgress'])('do not resume after an event of another user: %s', async (field) => {
    const query = 'mutation { createVideo(input: { script: "Bees fly." }) { video { id } } }';
    const { createVideo } = made.parse((await ask('stranger', query)).data);
    const after = (id: string) =>
      field === 'videoEvents' ? `(after: "${id}")` : `(videoId: "${createVideo.video.id}", after: "${id}")`;
    const answers = [owned.ids.event, encodeEventId({ ownerId: randomUUIDv7(), seq: 1 }), 'nothing'].map(async (id) =>
      JSON.stringify(await ask('stranger', `subscription { ${field}${after(id)} ${all('VideoProgressEvent')} }`)),
    );
    const [real = '', ...others] = (await Promise.all(answers)).map((text) =>
      text.replace(/"traceId":"[^"]*"|"column":\d+/g, ''),
    );
    expect(real).toContain('BAD_USER_INPUT');
    expect(others).toEqual([real, real]);
  });
});

describe('A link to a file', () => {
  it('works for everybody who has it, until the files of the deleted video are removed', async () => {
    const { video } = linked.parse((await ask('owner', `{ video(id: "${owned.ids.video}") { fileUrl } }`)).data);
    expect(await (await fetch(video.fileUrl)).text()).toBe(SECRET);
    expect((await fetch(video.fileUrl.replace('film', 'filn'))).status).toBe(403);
    const deletion = `mutation { deleteVideo(id: "${owned.ids.video}") { deletedId } }`;
    expect((await ask('owner', deletion)).errors).toBeUndefined();
    expect((await ask('owner', PATHS['Query.video']?.ask(owned.ids.video, all) ?? '')).data).toEqual({ video: null });
    const { db, dataDir } = app.installation;
    await new DeletedVideoPurge(db, await LocalStorage.open(join(dataDir, 'files'))).purge(
      new AbortController().signal,
    );
    expect((await fetch(video.fileUrl)).status).toBe(404);
  });
});
