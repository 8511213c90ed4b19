import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { consistently } from '../helpers/consistently.ts';
import { until } from '../helpers/until.ts';
import { type Owner, portOf, useReplicas } from './replicas-setup.ts';

const setup = useReplicas();
const { processWith, createOwner, storeFact, on, stopReplay } = setup;

describe('Reading from replicas', () => {
  it('lists, videos and counts come from a replica once it includes all changes of their owner', async () => {
    const ann = await createOwner();
    const api = processWith(setup.near.url);
    const before = await ann.request();
    await until('the replica is read', async () => (await api.port(before)) === portOf(setup.near));
    await stopReplay(setup.near);
    await ann.videos.remove(before, ann.videoId);

    // As if the request had come earlier: only the replica still has the video.
    expect(await api.titles(before)).toEqual(['First']);
    expect(await api.count(before)).toBe(1);
    expect(await api.state(before, ann.videoId)).toBe('PENDING');
  });

  it('a user sees their own change at once, in every process, although replay is paused', async () => {
    const ann = await createOwner();
    const apis = [processWith(setup.near.url, setup.far.url), processWith(setup.near.url)];
    const seen = async () => {
      const viewer = await ann.request();
      return await Promise.all(apis.map((api) => api.titles(viewer)));
    };
    for (const api of apis)
      await until('a replica is read', async () => (await api.port(await ann.request())) !== portOf(setup.primary));
    await stopReplay(setup.near, setup.far);

    const second = await ann.accept(await ann.request(), { title: 'Second' });
    expect(await seen()).toEqual([
      ['Second', 'First'],
      ['Second', 'First'],
    ]);
    await ann.videos.update(await ann.request(), second.id, { title: 'Another' });
    expect(await seen()).toEqual([
      ['Another', 'First'],
      ['Another', 'First'],
    ]);
    await ann.runs.cancel(await ann.request(), ann.videoId);
    for (const api of apis) expect(await api.state(await ann.request(), ann.videoId)).toBe('CANCELED');
    await ann.videos.remove(await ann.request(), ann.videoId);
    expect(await seen()).toEqual([['Another'], ['Another']]);
  });

  const nothing = async () => undefined;
  const rename = (ann: Owner, viewer: Viewer) => ann.videos.update(viewer, ann.videoId, { title: 'New' });
  const cancel = (ann: Owner, viewer: Viewer) => ann.runs.cancel(viewer, ann.videoId);
  const remove = (ann: Owner, viewer: Viewer) => ann.videos.remove(viewer, ann.videoId);

  it.each([
    ['a new name', nothing, rename],
    ['an end', nothing, cancel],
    ['the deletion of a video that has ended', cancel, remove],
    ['a fact stored by a worker without an event', nothing, storeFact],
  ])('%s sends only its owner to the primary, and only until it is replayed', async (_, prepare, change) => {
    const [ann, bob] = [await createOwner(), await createOwner()];
    await prepare(ann, await ann.request());
    const api = processWith(setup.near.url);
    await until('the replica is read', async () => (await api.port(await ann.request())) === portOf(setup.near));
    await until('it is read for all', async () => (await api.port(await bob.request())) === portOf(setup.near));
    await stopReplay(setup.near);
    await change(ann, await ann.request());
    expect(await api.port(await ann.request())).toBe(portOf(setup.primary));
    expect(await api.port(await bob.request())).toBe(portOf(setup.near));
    await on(setup.near, 'select pg_wal_replay_resume()');
    await until('the replica is read again', async () => (await api.port(await ann.request())) === portOf(setup.near));
  });

  it('a viewer who sees the videos of all users reads from the primary', async () => {
    const [ann, admin] = [await createOwner(), await createOwner('ADMIN')];
    const api = processWith(setup.near.url);
    await until('the replica is read', async () => (await api.port(await ann.request())) === portOf(setup.near));
    await until(
      'it includes the change of the administrator',
      async () => (await api.port(await admin.request())) === portOf(setup.near),
    );
    await stopReplay(setup.near);
    await ann.videos.remove(await admin.request(), ann.videoId);
    expect(await api.state(await admin.request(), ann.videoId)).toBeNull();
  });

  it('a running transaction delays only users who changed something after it began', async () => {
    const ann = await createOwner();
    const api = processWith(setup.near.url);
    const end = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const long = setup.db.transaction(async (em) => {
      await em.execute('select pg_current_xact_id()');
      begun.resolve();
      await end.promise;
    });
    await begun.promise;
    const bob = await createOwner();
    await until('the replica is read', async () => (await api.port(await ann.request())) === portOf(setup.near));
    await consistently(
      'the primary is read',
      500,
      async () => (await api.port(await bob.request())) === portOf(setup.primary),
    );
    expect(await api.port(await bob.request())).toBe(portOf(setup.primary));
    end.resolve();
    await long;
    await until('the replica shows it all', async () => (await api.port(await bob.request())) === portOf(setup.near));
  });

  it('transaction numbers wrap around: one before the wrap is an old one', async () => {
    const ann = await (await createOwner()).request();
    const api = processWith(setup.near.url);
    await until('the replica is read', async () => (await api.port(ann)) === portOf(setup.near));
    expect(await api.port({ ...ann, lastChange: 2 ** 32 - 10 })).toBe(portOf(setup.near));
    expect(await api.port({ ...ann, lastChange: 2 ** 31 - 10 })).toBe(portOf(setup.primary));
  });

  it('reads are shared by all replicas', async () => {
    const viewer = await (await createOwner()).request();
    const api = processWith(setup.near.url, setup.far.url);
    const ports = () => Promise.all(Array.from({ length: 10 }, () => api.port(viewer)));
    await until(
      'both are read',
      async () => new Set(await ports()).size === 2 && !(await ports()).includes(portOf(setup.primary)),
    );
    expect((await ports()).sort()).toEqual(
      [...Array(5).fill(portOf(setup.near)), ...Array(5).fill(portOf(setup.far))].sort(),
    );
  });

  it('a read that fails on a replica is repeated on the primary', async () => {
    const viewer = await (await createOwner()).request();
    const api = processWith(setup.near.url);
    await until('the replica is read', async () => (await api.port(viewer)) === portOf(setup.near));
    const onlyThere = { name: undefined, text: 'select pg_current_wal_lsn() is not null as done' };
    expect(await api.reader.rows(onlyThere, [], viewer.lastChange)).toEqual([{ done: true }]);
    expect(await api.port(viewer)).toBe(portOf(setup.near));
    expect(api.states).toEqual([]);
  });
});

describe('A faulty replica', () => {
  /** Reads without a pause until it is stopped; returns the number of reads, and the longest in milliseconds. */
  function reading(api: ReturnType<typeof processWith>, viewer: Viewer) {
    let goOn = true;
    const begin = async () => {
      let longest = 0;
      for (let reads = 1; ; reads++) {
        const begun = performance.now();
        expect(await api.titles(viewer)).toEqual(['First']);
        longest = Math.max(longest, performance.now() - begun);
        if (!goOn) return { reads, longest };
        await sleep(1);
      }
    };
    const readers = Promise.all(Array.from({ length: 4 }, begin));
    return async () => {
      goOn = false;
      return await readers;
    };
  }

  it('is excluded when it crashes, without a failing read, and used again when it is reachable', async () => {
    const viewer = await (await createOwner()).request();
    const api = processWith(setup.near.url, setup.far.url);
    await until('it is read', async () => (await api.port(viewer)) === portOf(setup.near));
    const stop = reading(api, viewer);
    await setup.near.kill();
    await until('it is left out', () => api.states.length > 0);
    await consistently('it is left out', 300, () => api.states.length === 1);
    await setup.near.resume();
    await until('it is back', () => api.states.length > 1);
    await until('it is read again', async () => (await api.port(viewer)) === portOf(setup.near));
    for (const { reads, longest } of await stop()) {
      expect(reads).toBeGreaterThan(10);
      expect(longest).toBeLessThan(2_000);
    }
    expect(api.states).toEqual([`${portOf(setup.near)} left out`, `${portOf(setup.near)} back`]);
  });

  it.each([
    ['it stops responding', () => setup.near.freeze()],
    ['a firewall drops its connections', () => undefined],
  ])('is excluded when %s, and its readers wait some seconds at most', async (_, befall) => {
    const proxy = await BreakableProxy.to(setup.near.url);
    setup.cleanups.push(() => proxy.close());
    setup.cleanups.push(async () => setup.near.thaw());
    const url = proxy.inFrontOf(setup.near.url);
    const viewer = await (await createOwner()).request();
    const api = processWith(url);
    await until('it is read', async () => (await api.port(viewer)) === portOf(setup.near));
    const many = () => Promise.all(Array.from({ length: 10 }, () => api.port(viewer)));
    await many();
    const stop = reading(api, viewer);
    await many();
    befall();
    // More connections than are currently in use for reads.
    expect(proxy.freeze()).toBeGreaterThan(8);
    await until('it is left out', () => api.states.length > 0, 5);
    const longest = Math.max(...(await stop()).map((reader) => reader.longest));
    expect(longest).toBeLessThan(4_000);
    setup.near.thaw();
    await until('it is back', () => api.states.length > 1, 5);
    const begun = performance.now();
    expect(new Set(await many())).toEqual(new Set([portOf(setup.near)]));
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(api.states).toEqual([`${portOf({ url })} left out`, `${portOf({ url })} back`]);
  });

  it('is excluded when it lags, and used again when it has caught up', async () => {
    const ann = await createOwner();
    const viewer = await ann.request();
    const api = processWith(setup.near.url);
    await until('it is read', async () => (await api.port(viewer)) === portOf(setup.near));
    await stopReplay(setup.near);
    await ann.accept(viewer, { title: 'Second' });
    await until('it is left out', () => api.states.length > 0, 10);
    expect(String(api.causes[0])).toContain('5 s behind');
    expect(await api.port(viewer)).toBe(portOf(setup.primary));
    await on(setup.near, 'select pg_wal_replay_resume()');
    await until('it is back', async () => (await api.port(await ann.request())) === portOf(setup.near));
    expect(api.states).toEqual([`${portOf(setup.near)} left out`, `${portOf(setup.near)} back`]);
  });

  it('does not prevent the start and is never read: without a server at its address, or with one that is not a standby', async () => {
    const viewer = await (await createOwner()).request();
    const nowhere = 'postgresql://unknown:secret@127.0.0.1:1/nothing';
    const api = processWith(nowhere, setup.primary.url, setup.near.url);
    await until('the good one is read', async () => (await api.port(viewer)) === portOf(setup.near));
    await until('both are left out', () => api.states.length === 2);
    expect(api.states.toSorted()).toEqual(['1 left out', `${portOf(setup.primary)} left out`].toSorted());
    expect(api.causes.map(String).join()).toContain('It follows no primary.');
    for (let read = 0; read < 5; read++) expect(await api.port(viewer)).toBe(portOf(setup.near));
  });
});

it('Operators see how far each replica is behind, and its connections', async () => {
  const ann = await createOwner();
  const viewer = await ann.request();
  const { reader, port, states } = processWith(setup.near.url);
  await until('it is read', async () => (await port(viewer)) === portOf(setup.near));
  await until('it has caught up', () => reader.facts[0]?.lagSeconds === 0);
  expect(reader.facts).toEqual([
    {
      name: new URL(setup.near.url).host,
      lagSeconds: 0,
      pool: expect.objectContaining({ max: 30, waiting: 0, longRunning: 0 }),
    },
  ]);
  expect(reader.facts[0]?.pool.total).toBeGreaterThan(0);
  await stopReplay(setup.near);
  await ann.accept(viewer, { title: 'Second' });
  const lags = new Set<number | null | undefined>();
  await until('it is left out', () => lags.add(reader.facts[0]?.lagSeconds).size > 2 && states.length > 0, 10);
  expect(reader.facts[0]?.lagSeconds).toBeNull();
  expect(Math.max(...[...lags].map(Number))).toBeLessThan(5);
  await on(setup.near, 'select pg_wal_replay_resume()');
  await until('it is back', () => reader.facts[0]?.lagSeconds === 0);
});

it('A replica that was promoted to a primary is excluded', async () => {
  const ann = await createOwner();
  const api = processWith(setup.far.url);
  await until('it is read', async () => (await api.port(await ann.request())) === portOf(setup.far));
  await on(setup.far, 'select pg_promote()');
  await until('it is left out', () => api.states.length > 0);
  expect(api.causes.map(String)).toEqual([expect.stringContaining('It follows no primary.')]);
  await consistently(
    'the primary is read',
    500,
    async () => (await api.port(await ann.request())) === portOf(setup.primary),
  );
  expect(await api.port(await ann.request())).toBe(portOf(setup.primary));
});
