import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { ThreadPool } from '../../src/threads/thread-pool.ts';
import { until } from '../helpers/until.ts';
import { testActivities, type testTasks } from './test-tasks.ts';

const never = new AbortController().signal;
const ENTRY = new URL('test-tasks.ts', import.meta.url);

const pools: ThreadPool<typeof testTasks>[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function poolOf({ threads = 1, taskSeconds = 60, idleSeconds = 60 } = {}): ThreadPool<typeof testTasks> {
  const pool = new ThreadPool<typeof testTasks>({
    entry: ENTRY,
    threads,
    activities: testActivities,
    taskSeconds,
    idleSeconds,
  });
  pools.push(pool);
  return pool;
}

/** Resolves once the given number of looping tasks have started. */
async function begun(flag: SharedArrayBuffer, loops = 1): Promise<void> {
  const numbers = new Int32Array(flag);
  for (let seen = Atomics.load(numbers, 0); seen < loops; seen = Atomics.load(numbers, 0))
    await Atomics.waitAsync(numbers, 0, seen).value;
}

const flag = () => new SharedArrayBuffer(4);

describe('A task in a thread', () => {
  it('returns its result, synchronously or asynchronously', async () => {
    const pool = poolOf();
    expect([await pool.run('double', 21, never), await pool.run('doubleLater', 4, never)]).toEqual([42, 8]);
  });

  it('passes on its error, with its code and its cause for the log', async () => {
    const pool = poolOf();
    const refused = pool.run('refuse', true, never);
    await expect(refused).rejects.toBeInstanceOf(AppError);
    await expect(refused).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'There is nothing to say.',
      retriable: true,
      cause: expect.stringContaining('the inner reason'),
    });
    await expect(pool.run('refuse', false, never)).rejects.toMatchObject({ retriable: false });
  });

  it('that fails unexpectedly reveals no details, and logs them', async () => {
    await expect(poolOf().run('fail', 'a secret detail', never)).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
      message: expect.not.stringContaining('secret'),
      cause: expect.stringContaining('a secret detail'),
    });
  });

  it('that finds the disk full says so, and can be tried again', async () => {
    await expect(poolOf().run('fillDisk', null, never)).rejects.toMatchObject({
      code: 'DISK_SPACE_INSUFFICIENT',
      message: expect.stringContaining('Free some space'),
      retriable: true,
    });
  });

  it('moves buffers instead of copying them if requested', async () => {
    const bytes = new Uint8Array(1_000);
    expect(await poolOf().run('lengthOf', bytes, never, [bytes.buffer])).toBe(1_000);
    expect(bytes.byteLength).toBe(0);
  });
});

describe('A task that never ends', () => {
  it.each([['a loop', 'loop', flag()] as const, ['a regular expression', 'backtrack', 60] as const])(
    'is stopped after its time limit, %s, with a reason and without a retry, and the pool continues',
    async (_, name, input) => {
      const pool = poolOf({ taskSeconds: 3 });
      const hanging: Promise<unknown> = name === 'loop' ? pool.run(name, input, never) : pool.run(name, input, never);
      await expect(hanging).rejects.toMatchObject({
        code: 'LOCAL_TIMEOUT',
        message: `${testActivities[name]} did not finish within 3 s and was stopped: shorten or simplify the text.`,
        retriable: false,
      });
      expect(await pool.run('double', 2, never)).toBe(4);
    },
  );

  it('ends when it is canceled, with the given reason', async () => {
    const pool = poolOf();
    const [stop, started] = [new AbortController(), flag()];
    const hanging = expect(pool.run('loop', started, stop.signal)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await begun(started);
    stop.abort(new AppError('LEASE_LOST', 'Another worker has the video.'));
    await hanging;
    expect(await pool.run('double', 2, never)).toBe(4);
  });

  it('does not block the event loop', async () => {
    const pool = poolOf();
    const [stop, started] = [new AbortController(), flag()];
    const hanging = expect(pool.run('loop', started, stop.signal)).rejects.toMatchObject({ code: 'CANCELED' });
    await begun(started);
    let turns = 0;
    while (turns < 100) await new Promise<void>((resolve) => setImmediate(() => resolve(void turns++)));
    stop.abort();
    await hanging;
    expect(turns).toBe(100);
  });

  it('blocks no task in another thread, and waiting tasks run when it ends', async () => {
    const pool = poolOf({ threads: 2 });
    const [stop, started] = [new AbortController(), flag()];
    const hanging = [0, 1].map(() => expect(pool.run('loop', started, stop.signal)).rejects.toThrow());
    await begun(started, 2);
    const waiting = pool.run('double', 5, never);
    stop.abort();
    await Promise.all(hanging);
    expect(await waiting).toBe(10);
  });

  it('ends when the pool is closed', async () => {
    const [pool, started] = [poolOf(), flag()];
    const hanging = expect(pool.run('loop', started, never)).rejects.toMatchObject({ code: 'CANCELED' });
    await begun(started);
    await pool.close();
    await hanging;
    await expect(pool.run('double', 1, never)).rejects.toMatchObject({ code: 'CANCELED' });
  });
});

describe('A task that is canceled', () => {
  it('while it waits is never started', async () => {
    const pool = poolOf();
    const [stop, started] = [new AbortController(), flag()];
    const hanging = expect(pool.run('loop', started, stop.signal)).rejects.toThrow();
    await begun(started);
    const waits = new AbortController();
    const waiting = expect(pool.run('loop', started, waits.signal)).rejects.toMatchObject({ code: 'CANCELED' });
    waits.abort();
    await waiting;
    stop.abort();
    await hanging;
    expect(new Int32Array(started)[0]).toBe(1);
  });
});

describe('A thread', () => {
  it('that needs too much memory ends alone, and the same input is not retried', async () => {
    const pool = poolOf();
    await expect(pool.run('fillMemory', null, never)).rejects.toMatchObject({
      code: 'LOCAL_API_ERROR',
      message: 'The built-in work needed too much memory and was stopped.',
      retriable: false,
    });
    expect(await pool.run('double', 2, never)).toBe(4);
  });

  it('is reused by the next task, and ends when it is idle for some time', async () => {
    const pool = poolOf();
    expect([await pool.run('countCalls', null, never), await pool.run('countCalls', null, never)]).toEqual([1, 2]);
    const thrifty = poolOf({ idleSeconds: 0 });
    expect(await thrifty.run('countCalls', null, never)).toBe(1);
    await until(
      'another thread counts from the beginning',
      async () => (await thrifty.run('countCalls', null, never)) === 1,
    );
  });

  it('that cannot start fails its waiting task with a retriable error', async () => {
    const pool = new ThreadPool<typeof testTasks>({
      entry: new URL('no-such-module.ts', import.meta.url),
      threads: 1,
      activities: testActivities,
      taskSeconds: 60,
      idleSeconds: 60,
    });
    pools.push(pool);
    await expect(pool.run('double', 1, never)).rejects.toMatchObject({ code: 'LOCAL_API_ERROR', retriable: true });
  });
});

describe('A process', () => {
  it('starts no thread before there is work, and can exit while threads are idle', async () => {
    const script = `
      import { ThreadPool } from ${JSON.stringify(new URL('../../src/threads/thread-pool.ts', import.meta.url).href)};
      import { readdirSync } from 'node:fs';
      const threads = () => readdirSync('/proc/self/task').length;
      const before = threads();
      const pool = new ThreadPool({ entry: new URL(${JSON.stringify(ENTRY.href)}), threads: 2, activities: {}, taskSeconds: 60, idleSeconds: 60 });
      const opened = threads();
      const doubled = await pool.run('double', 21, new AbortController().signal);
      console.log(JSON.stringify({ startedByOpening: opened - before, doubled }));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      timeout: 20_000,
    });
    expect(JSON.parse(stdout)).toEqual({ startedByOpening: 0, doubled: 42 });
  });
});
