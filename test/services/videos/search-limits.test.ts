import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RateLimitedError } from '../../../src/auth/auth-error.ts';
import type { Database } from '../../../src/db/database.ts';
import { type Reader, readerOf } from '../../../src/db/prepared.ts';
import { maxSearches, SearchReader } from '../../../src/services/videos/list/search-reader.ts';
import type { TestApp } from '../../helpers/app.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { useApp } from '../../helpers/fixtures.ts';
import { httpTransport } from '../../helpers/transports.ts';
import { until } from '../../helpers/until.ts';

const SELECT = { text: 'select 1 as one', name: undefined };

describe('Searches', () => {
  it('have an eighth of the connections, and at least one', () => {
    expect([2, 8, 15, 16, 50].map(maxSearches)).toEqual([1, 1, 1, 2, 6]);
  });

  it('run only as many at once as allowed, in the order of their arrival', async () => {
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const slow: Reader = {
      rows: async (_statement, [number]) => {
        started.push(Number(number));
        await new Promise<void>((end) => ends.push(end));
        return [];
      },
    };
    const searches = new SearchReader(slow, { most: 2, waitMs: 60_000 });
    const all = [1, 2, 3, 4].map((number) => searches.rows(SELECT, [number]));
    await until('two searches run', () => started.length === 2);
    ends[1]?.();
    await until('a third one runs', () => started.length === 3);
    expect(started).toEqual([1, 2, 3]);
    ends[0]?.();
    await until('the last one runs', () => started.length === 4);
    for (const end of ends) end();
    await Promise.all(all);
  });

  it('that wait too long get an error that advises a retry', async () => {
    const never: Reader = { rows: () => new Promise(() => undefined) };
    const searches = new SearchReader(never, { most: 1, waitMs: 1 });
    void searches.rows(SELECT, []);
    await expect(searches.rows(SELECT, [])).rejects.toThrow(RateLimitedError);
  });

  it('release their slot when they fail', async () => {
    let runs = 0;
    const failing: Reader = {
      rows: async () => {
        runs++;
        throw new Error('It failed.');
      },
    };
    const searches = new SearchReader(failing, { most: 1 });
    for (const run of [1, 2, 3]) {
      await expect(searches.rows(SELECT, [])).rejects.toThrow('It failed.');
      expect(runs).toBe(run);
    }
  });
});

describe('A search that takes too long', () => {
  let db: Database;
  beforeAll(async () => {
    db = await createTestDatabase({ poolMax: 1 });
  });
  afterAll(() => db?.close());

  it('is ended by PostgreSQL, with advice in the error; the connection keeps its own limit', async () => {
    const reader = readerOf(db);
    const searches = new SearchReader(reader, { most: 1, runMs: 50 });
    const limit = async () => (await reader.rows({ text: 'show statement_timeout', name: undefined }, []))[0];
    const before = await limit();
    await expect(searches.rows({ text: 'select pg_sleep(60)', name: undefined }, [])).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'This search takes too long: use fewer or longer words, or narrow it with other filters.',
    });
    expect(await limit()).toEqual(before);
    expect(await searches.rows(SELECT, [])).toEqual([{ one: 1 }]);
    expect(await limit()).toEqual(before);
  });
});

const POOL_MAX = 4;

/** The number of connections on which a search waits for the lock. */
async function searchesWaiting({ installation }: TestApp): Promise<number> {
  const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  return (await installation.db.em().execute(waiting)).length;
}

describe('Sixty searches that all take too long', () => {
  const app = useApp({ worker: false, settings: { DATABASE_POOL_MAX: String(POOL_MAX) } });

  it('do not block other requests, and end with an error that says what to do', async () => {
    const { send } = httpTransport(app.url, (await app.signedIn('ann')).token);
    const search = { query: '{ videos(filter: { search: "bees" }) { nodes { title } } }', variables: {} };
    await app.installation.db.transaction(async (em) => {
      await em.execute('set local idle_in_transaction_session_timeout = 0');
      // Every search waits for this lock until its timeout.
      await em.execute('lock table videos in access exclusive mode');
      const searches = Array.from({ length: 60 }, async () => {
        const { errors } = await send(search);
        return errors?.map(({ extensions, message }) => `${extensions.code}: ${message}`);
      });
      await until('a search waits for the lock', async () => (await searchesWaiting(app)) > 0);
      for (const query of ['{ viewer { email } }', '{ quotas { used } }', '{ health { status } }'])
        expect(await send({ query, variables: {} })).not.toHaveProperty('errors');
      expect(await searchesWaiting(app)).toBeLessThanOrEqual(maxSearches(POOL_MAX));
      const answers = new Set((await Promise.all(searches)).flat());
      expect(answers).toEqual(
        new Set([
          'BAD_USER_INPUT: This search takes too long: use fewer or longer words, or narrow it with other filters.',
          'RATE_LIMITED: Too many searches run at the moment: wait a second and try again.',
        ]),
      );
    });
    expect(await send(search)).not.toHaveProperty('errors');
  });
});
