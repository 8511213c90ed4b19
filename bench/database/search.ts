/**
 * The cost of a word search among many titles, relative to a page of the same list without a search.
 *
 *   node bench/database/search.ts [rows] [rounds]        (Node 24; 1,000,000 rows in five minutes, most of them for filling)
 *
 * The first page of 20 with names of owners, by the service that the resolvers call, in English and in Chinese, of all
 * owners and of owners with a tenth and a thousandth of all videos. Words are used in rotation, warm, one page at a
 * time. Wall is the time until the caller has the result; server is the time that PostgreSQL reports for planning and
 * running the same statement. Starts its own server in a temporary folder, or uses that of DATABASE_URL.
 */
import type { Viewer } from '../../src/auth/viewer.ts';
import { openDatabase } from '../../src/db/database.ts';
import { type Reader, readerOf, type Statement } from '../../src/db/prepared.ts';
import { VideoList, type VideoListQuery } from '../../src/services/videos/list/video-list.ts';
import { videoParts } from '../../src/services/videos/video-parts.ts';
import { userId } from '../../test/helpers/many-videos.ts';
import { percentile, row, say } from '../shared/measure.ts';
import { benchServers, freshDatabaseUrl, withResources } from '../shared/servers.ts';
import { fillTitles } from './search-dataset.ts';

const [rows, rounds] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 30)];
const PARTS = videoParts(['title', 'status', 'createdAt', 'ownerName']);
const WARM_UP = 3;

/** undefined is the page without a search. */
const KINDS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'no search': [undefined],
  'common English words': ['the', 'morning', 'AI', 'fox', 'mor'],
  'common Chinese words': ['狐狸', '狐', '機器學習', '橋'],
  'words of eleven, or of none': ['zebra', '犀牛', 'ZQ', 'xylophone'],
  'common words that never occur together': ['fox AI', '狐狸 機器', 'a xylophone'],
  'words of the oldest twentieth': ['winter', '冬天'],
};

interface Times {
  readonly wall: number[];
  readonly server: number[];
  found: number;
}

/** Remembers the last statement, so that its time can be measured with `explain analyze`. */
class ListeningReader implements Reader {
  readonly #reader: Reader;
  #last: [Statement, readonly unknown[]] | undefined;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async rows<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    this.#last = [statement, values];
    return await this.#reader.rows<Row>(statement, values);
  }

  async serverMs(): Promise<number> {
    if (!this.#last) throw new Error('Nothing was read.');
    const [{ text, name }, values] = this.#last;
    const explain = `explain (analyze, timing off, format json) ${text}`;
    const plans = await this.#reader.rows<{ 'QUERY PLAN': readonly Plan[] }>(
      { text: explain, name: undefined },
      values,
    );
    const plan = plans[0]?.['QUERY PLAN'][0];
    // A prepared statement is already planned.
    return (name ? 0 : (plan?.['Planning Time'] ?? Number.NaN)) + (plan?.['Execution Time'] ?? Number.NaN);
  }
}

interface Plan {
  readonly 'Planning Time': number;
  readonly 'Execution Time': number;
}

async function main(resources: AsyncDisposableStack): Promise<void> {
  const { databaseUrl } = await benchServers(resources);
  const db = await openDatabase({
    url: await freshDatabaseUrl(databaseUrl, resources),
    poolMax: 2,
    statementSeconds: 600,
  });
  resources.defer(() => db.close());
  await db.migrate();
  await fillTitles(db, rows);
  const reader = new ListeningReader(readerOf(db));
  say(`${rows.toLocaleString('en')} videos, ${rounds} rounds; milliseconds`);
  await measureList('all owners', { ...viewer(1), roles: ['ADMIN'] }, reader);
  await measureList('the owner of a tenth', viewer(1), reader);
  await measureList('an owner of a thousandth', viewer(2), reader);
}

async function measureList(name: string, who: Viewer, reader: ListeningReader): Promise<void> {
  const list = new VideoList(reader);
  const allOwners = who.roles.includes('ADMIN');
  const times = new Map(Object.keys(KINDS).map((kind): [string, Times] => [kind, { wall: [], server: [], found: 0 }]));
  for (let round = -WARM_UP; round < rounds; round++)
    for (const [kind, words] of Object.entries(KINDS))
      for (const search of words) {
        const query: VideoListQuery = { first: 20, allOwners, filter: { search: search ?? null } };
        const begun = performance.now();
        const page = await list.page(who, query, PARTS);
        const wall = performance.now() - begun;
        const server = await reader.serverMs();
        const own = times.get(kind);
        if (round < 0 || !own) continue;
        own.wall.push(wall);
        own.server.push(server);
        own.found += page?.rows.length ?? 0;
      }
  report(name, times);
}

function report(name: string, times: ReadonlyMap<string, Times>): void {
  say();
  row(name, 'rows a page', 'wall p50', 'wall p95', 'server p50', 'server p95', 'relative to no search');
  const plain = percentile(times.get('no search')?.wall ?? [], 0.5);
  for (const [kind, { wall, server, found }] of times) {
    const cells = [wall, server].flatMap((of) => [0.5, 0.95].map((share) => percentile(of, share).toFixed(1)));
    row(kind, (found / wall.length).toFixed(0), ...cells, (percentile(wall, 0.5) / plain).toFixed(1));
  }
}

function viewer(number: number): Viewer {
  const [id, tokenExpiresAt] = [userId(number), new Date(8.64e15)];
  const roles = ['CREATOR'] as const;
  return { userId: id, username: `owner-${number}`, roles, permissions: new Set(), sessionId: id, tokenExpiresAt };
}

await withResources(main);
