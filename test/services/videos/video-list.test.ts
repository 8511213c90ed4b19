import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import { readerOf } from '../../../src/db/prepared.ts';
import { Video } from '../../../src/entities/video.ts';
import { AppError } from '../../../src/errors.ts';
import { VideoList, type VideoListQuery, type VideoPage } from '../../../src/services/videos/list/video-list.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { inRole } from '../../helpers/job-fixture.ts';
import { ownerOn } from '../../helpers/video-services.ts';

let db: Database;
let list: VideoList;
let ann: Viewer;
let bob: Viewer;
let admin: Viewer;

const NOON = new Date('2026-03-01T12:00:00.000Z');
const day = (number: number) => new Date(Date.UTC(2026, 0, number));

/** Rows by title; all of `same` were created in the same millisecond. */
const ROWS: readonly (Partial<Video> & { title: string })[] = [
  {
    title: 'apple',
    createdAt: day(1),
    updatedAt: day(9),
    durationSeconds: 5,
    publishedAt: day(20),
    tags: ['fruit', 'red'],
  },
  {
    title: 'Banana',
    createdAt: day(2),
    updatedAt: day(8),
    durationSeconds: null,
    publishedAt: null,
    tags: ['fruit'],
    platforms: ['YOUTUBE'],
  },
  {
    title: 'cherry',
    createdAt: day(3),
    updatedAt: day(7),
    durationSeconds: 60.5,
    publishedAt: day(19),
    platforms: ['TIKTOK', 'X'],
  },
  {
    title: '狐狸的早晨',
    description: '一隻狐狸跑過山丘',
    createdAt: day(4),
    updatedAt: day(6),
    language: 'zh-TW',
    status: 'COMPLETED',
  },
  {
    title: '100% pure_gold',
    description: "It's a back\\slash",
    createdAt: day(5),
    updatedAt: day(5),
    status: 'FAILED',
  },
  ...['one', 'two', 'three', 'four', 'five'].map((word) => ({
    title: `same ${word}`,
    createdAt: NOON,
    updatedAt: NOON,
    durationSeconds: 7,
  })),
];

beforeAll(async () => {
  db = await createTestDatabase();
  list = new VideoList(readerOf(db));
  ann = await ownerOn(db);
  bob = await ownerOn(db);
  admin = inRole(await ownerOn(db), 'ADMIN');
  for (const row of ROWS) await addVideo(ann.userId, row);
  await addVideo(ann.userId, { title: 'deleted', deletedAt: new Date() });
  await addVideo(bob.userId, { title: 'of Bob' });
});
afterAll(() => db.close());

async function addVideo(ownerId: string, row: Partial<Video> & { title: string }): Promise<void> {
  await db.em().insert(Video, {
    id: randomUUIDv7(),
    ownerId,
    source: { kind: 'script', text: row.title },
    language: 'en',
    aspectRatio: 'LANDSCAPE_16_9',
    resolution: 'HD_720',
    ...row,
  });
}

/** A page of an existing list. */
async function pageOf(query: VideoListQuery): Promise<VideoPage> {
  const page = await list.page(ann, query);
  if (!page) throw new Error('There is no such list.');
  return page;
}

/** Null where the list does not exist for the viewer. */
async function titles(query: VideoListQuery, viewer = ann): Promise<string[] | null> {
  return (await list.page(viewer, query))?.rows.map(({ title = '' }) => title) ?? null;
}

const names = async (query: VideoListQuery) => (await titles(query)) ?? [];

/** All pages of a list, one after the other. */
async function paged(query: VideoListQuery, direction: 'forwards' | 'backwards', size: number): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | undefined; ; ) {
    const step = direction === 'forwards' ? { first: size, after: cursor } : { last: size, before: cursor };
    const page = await pageOf({ ...query, ...step });
    pages.push(page.rows.map(({ title = '' }) => title));
    const edge = direction === 'forwards' ? page.rows.at(-1) : page.rows.at(0);
    const more = direction === 'forwards' ? page.hasNextPage : page.hasPreviousPage;
    if (!edge || !more) return pages;
    cursor = page.cursorOf(edge);
    if (pages.length > 50) throw new Error('The pages never end.');
  }
}

describe('Pages of a list', () => {
  it('come newest first, twenty by default', async () => {
    expect((await names({})).slice(5)).toEqual(['100% pure_gold', '狐狸的早晨', 'cherry', 'Banana', 'apple']);
    expect(await list.count(ann, {})).toBe(ROWS.length);
  });

  const FIELDS = ['CREATED_AT', 'UPDATED_AT', 'PUBLISHED_AT', 'TITLE', 'DURATION'] as const;
  const ORDERS = FIELDS.flatMap((field) => (['ASC', 'DESC'] as const).map((direction) => ({ field, direction })));

  it.each(ORDERS)('contain every row once, forwards and backwards, by $field $direction', async (orderBy) => {
    const whole = await names({ orderBy, first: 100 });
    expect(whole.toSorted()).toEqual(ROWS.map(({ title }) => title).toSorted());
    for (const size of [1, 3, 4]) {
      expect((await paged({ orderBy }, 'forwards', size)).flat()).toEqual(whole);
      expect((await paged({ orderBy }, 'backwards', size)).toReversed().flat()).toEqual(whole);
    }
  });

  it('are in the requested order', async () => {
    const by = async (field: (typeof FIELDS)[number], direction: 'ASC' | 'DESC') =>
      await names({ orderBy: { field, direction } });
    expect((await by('CREATED_AT', 'ASC')).slice(0, 3)).toEqual(['apple', 'Banana', 'cherry']);
    expect((await by('UPDATED_AT', 'ASC')).slice(0, 3)).toEqual(['100% pure_gold', '狐狸的早晨', 'cherry']);
    expect((await by('DURATION', 'ASC')).filter((title) => ['apple', 'cherry'].includes(title))).toEqual([
      'apple',
      'cherry',
    ]);
    expect((await by('PUBLISHED_AT', 'ASC')).filter((title) => ['apple', 'cherry'].includes(title))).toEqual([
      'cherry',
      'apple',
    ]);
    expect(await by('TITLE', 'DESC')).toEqual((await by('TITLE', 'ASC')).toReversed());
  });

  it('show whether there are more rows on either side', async () => {
    const first = await pageOf({ first: 4 });
    expect([first.hasPreviousPage, first.hasNextPage]).toEqual([false, true]);
    const [, , , fourth] = first.rows;
    if (!fourth) throw new Error('The page is too short.');
    const second = await pageOf({ first: 4, after: first.cursorOf(fourth) });
    expect([second.hasPreviousPage, second.hasNextPage]).toEqual([true, true]);
    const last = await pageOf({ last: 2 });
    expect([last.hasPreviousPage, last.hasNextPage]).toEqual([true, false]);
  });

  it('refuse an invalid cursor, and one of another list', async () => {
    for (const after of [
      '',
      'nonsense',
      Buffer.from('[]').toString('base64'),
      Buffer.from('["x","y"]').toString('base64'),
    ])
      await expect(pageOf({ after })).rejects.toMatchObject({
        code: 'CURSOR_INVALID',
      } satisfies Partial<AppError>);
  });

  it.each(ORDERS)('refuse a cursor of any other order than $field $direction, and name its order', async (orderBy) => {
    const page = await pageOf({ first: 1, orderBy });
    const [row] = page.rows;
    if (!row) throw new Error('The page is empty.');
    const after = page.cursorOf(row);
    expect((await pageOf({ orderBy, after, first: 100 })).rows).toHaveLength(ROWS.length - 1);
    for (const other of ORDERS)
      if (other !== orderBy)
        for (const cursor of [{ after }, { before: after }])
          await expect(pageOf({ orderBy: other, ...cursor })).rejects.toMatchObject({
            code: 'CURSOR_INVALID',
            message: expect.stringContaining(`${orderBy.field} ${orderBy.direction}`),
          });
  });

  it('accept cursors of earlier versions, which contain no order', async () => {
    const [newest] = (await pageOf({ first: 1 })).rows;
    const after = cursor([newest?.createdAt?.toISOString(), newest?.id]);
    expect((await pageOf({ first: 100, after })).rows).toHaveLength(ROWS.length - 1);
  });

  it('refuse forged cursors with what PostgreSQL cannot store', async () => {
    const id = randomUUIDv7();
    const forged = {
      CREATED_AT: [
        '0000-01-01T00:00:00.000Z',
        '0000-12-31T23:59:59Z',
        '10000-01-01T00:00:00Z',
        '-000001-01-01T00:00:00Z',
        null,
        7,
      ],
      PUBLISHED_AT: ['0000-01-01T00:00:00.000Z', 'infinity'],
      TITLE: ['a\0', '\ud83e', null, {}],
      DURATION: ['NaN', '5', {}],
    } as const;
    for (const [field, values] of Object.entries(forged))
      for (const value of values)
        for (const direction of ['ASC', 'DESC'] as const)
          for (const after of [cursor([value, id]), cursor([value, id, `${field} ${direction}`])])
            await expect(
              pageOf({ orderBy: { field: FIELDS.find((one) => one === field) ?? 'TITLE', direction }, after }),
            ).rejects.toMatchObject({
              code: 'CURSOR_INVALID',
            });
  });
});

function cursor(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

describe('A filter', () => {
  it('finds by status, platform, language, time and tags', async () => {
    const found = async (filter: VideoListQuery['filter']) => (await names({ filter })).toSorted();
    expect(await found({ status: ['FAILED', 'COMPLETED'] })).toEqual(['100% pure_gold', '狐狸的早晨']);
    expect(await found({ platform: ['X', 'YOUTUBE'] })).toEqual(['Banana', 'cherry']);
    expect(await found({ language: 'zh-TW' })).toEqual(['狐狸的早晨']);
    expect(await found({ tags: ['fruit'] })).toEqual(['Banana', 'apple']);
    expect(await found({ tags: ['fruit', 'red'] })).toEqual(['apple']);
    expect(await found({ createdAfter: day(2), createdBefore: day(4) })).toEqual(['cherry']);
    expect(await list.count(ann, { filter: { tags: ['fruit'] } })).toBe(2);
  });

  it('that is an empty list is ignored', async () => {
    const all = await list.count(ann, {});
    for (const filter of [{ status: [] }, { platform: [] }, { tags: [] }]) {
      expect(await names({ filter })).toHaveLength(ROWS.length);
      expect(await list.count(ann, { filter })).toBe(all);
    }
  });

  it.each([
    ['APPLE', ['apple']],
    ['app', ['apple']],
    ['pple', []],
    ['s t', ['same three', 'same two']],
    ['狐狸', ['狐狸的早晨']],
    ['山丘 早晨', ['狐狸的早晨']],
    ['狐狸 apple', []],
    ['%', ['100% pure_gold']],
    ['_', ['100% pure_gold']],
    ['\\', ['100% pure_gold']],
    ["it's", ['100% pure_gold']],
    ["'; drop table videos;--", []],
    ['a_ple', []],
    ['$1', []],
    ['?', []],
    ['\u0000apple\ud83e', []],
    ['appl\u0000e', ['apple']],
    ['  ', ROWS.map(({ title }) => title).toSorted()],
  ])('searches for %s literally', async (search, expected) => {
    expect((await names({ filter: { search } })).toSorted()).toEqual(expected);
    expect(await list.count(ann, { filter: { search } })).toBe(expected.length);
  });
});

describe('Lists of other users', () => {
  it('do not exist for viewers who may not see them', async () => {
    expect(await titles({ ownerId: bob.userId })).toBeNull();
    expect(await titles({ allOwners: true })).toBeNull();
    expect(await list.count(ann, { allOwners: true })).toBe(0);
    expect(await titles({ ownerId: ann.userId }, bob)).toBeNull();
  });

  it('are visible to an administrator', async () => {
    expect(await titles({ ownerId: bob.userId }, admin)).toEqual(['of Bob']);
    expect(await titles({ allOwners: true, first: 100 }, admin)).toHaveLength(ROWS.length + 1);
    expect(await titles({}, admin)).toEqual([]);
  });

  it('never contain deleted videos', async () => {
    expect(await titles({ first: 100 })).not.toContain('deleted');
    expect(await titles({ allOwners: true, first: 100 }, admin)).not.toContain('deleted');
  });
});
