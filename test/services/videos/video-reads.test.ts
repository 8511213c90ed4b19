import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import type { Reader } from '../../../src/db/prepared.ts';
import { Video } from '../../../src/entities/video.ts';
import { VideoList, type VideoListQuery } from '../../../src/services/videos/list/video-list.ts';
import { ALL_COLUMNS, VIDEO_PARTS, type VideoPart, videoParts } from '../../../src/services/videos/video-parts.ts';
import { VideoReads } from '../../../src/services/videos/video-reads.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { inRole } from '../../helpers/job-fixture.ts';
import { fillLibrary, userId, videoId } from '../../helpers/many-videos.ts';
import { recordingReader } from '../../helpers/recording-reader.ts';
import { ownerOn } from '../../helpers/video-services.ts';

type Recording = ReturnType<typeof recordingReader>;

const OWNERS = 20;
const VIDEOS = 20_000;

let db: Database;
let reader: Reader;
let owner: Viewer;
let admin: Viewer;
let ran: Recording['ran'];
let plan: Recording['plan'];

beforeAll(async () => {
  db = await createTestDatabase();
  await fillLibrary(db, { owners: OWNERS, videos: VIDEOS });
  await sql`insert into scenes (id, video_id, position, narration, visual_prompt, duration_seconds)
    select gen_random_uuid(), ${videoId(1)}::uuid, i, 'Scene ' || i, 'Bees', 0.1 from generate_series(0, 2) as i`.execute(
    db.sql(),
  );
  await sql`insert into video_stages (video_id, stage, started_at, completed_at)
    values (${videoId(1)}::uuid, 'SPEECH', '2026-01-01T00:00:00.25Z', null), (${videoId(1)}::uuid, 'SCRIPT', '2026-01-01', '2026-01-02')`.execute(
    db.sql(),
  );
  await sql`vacuum (analyze) videos`.execute(db.sql());
  ({ reader, ran, plan } = recordingReader(db));
  owner = { ...(await ownerOn(db)), userId: userId(1) };
  admin = inRole(await ownerOn(db), 'ADMIN');
});
afterAll(() => db.close());

describe('A video read for clients', () => {
  it('has the values of the entity, with all its relations, in one statement', async () => {
    await sql`update videos set published_at = '2026-02-03T04:05:06.007Z', file_size = 5000000000, tags = ${['a "b" \\c', 'd,e', '', '蜜蜂', 'null']},
      analysis = '{"summary": "Ä", "suggestedTitle": "", "suggestedDescription": "", "suggestedTags": [], "chapters": []}', seo_title = 'T' where id = ${videoId(1)}::uuid`.execute(
      db.sql(),
    );
    ran.length = 0;
    const video = await new VideoReads(reader).find(owner, videoId(1), videoParts(VIDEO_PARTS));
    expect(ran).toHaveLength(1);
    const entity = await db.em().findOneOrFail(Video, { id: videoId(1) });
    const { ownerName, scenes, stages, ...row } = video ?? {};
    for (const [property, value] of Object.entries(row))
      expect([property, value]).toEqual([property, Reflect.get(entity, property) ?? null]);
    expect(ownerName).toBe('owner-1');
    expect(scenes?.map(({ narration, position, durationSeconds }) => [narration, position, durationSeconds])).toEqual([
      ['Scene 0', 0, 0.1],
      ['Scene 1', 1, 0.1],
      ['Scene 2', 2, 0.1],
    ]);
    expect(stages?.map(({ stage, startedAt, completedAt }) => [stage, startedAt, completedAt])).toEqual([
      ['SCRIPT', new Date('2026-01-01'), new Date('2026-01-02')],
      ['SPEECH', new Date('2026-01-01T00:00:00.25Z'), null],
    ]);
  });

  it.each(VIDEO_PARTS.filter((part) => part !== 'cursor'))(
    'has its %s only where it was selected',
    async (part: VideoPart) => {
      const video = await new VideoReads(reader).find(owner, videoId(1), videoParts([part]));
      expect(Object.keys(video ?? {})).toEqual(['id', part]);
    },
  );

  it('does not exist for another user, and is in the order of the ids', async () => {
    const reads = new VideoReads(reader);
    const ids = [videoId(1 + OWNERS), videoId(2), videoId(VIDEOS + 1), videoId(1)];
    const titles = async (viewer: Viewer) =>
      (await reads.findMany(viewer, ids, ALL_COLUMNS)).map((video) => video?.title ?? null);
    expect(await titles(owner)).toEqual([`Video ${1 + OWNERS}`, null, null, 'Video 1']);
    expect(await titles(admin)).toEqual([`Video ${1 + OWNERS}`, 'Video 2', null, 'Video 1']);
  });
});

describe('A page of a list', () => {
  const NOTHING = videoParts(['title', 'cursor']);

  it.each<[string, VideoListQuery, readonly VideoPart[], string]>([
    ['from the index alone', {}, ['title', 'createdAt', 'status'], '"Index Only Scan"'],
    ['with owners', {}, ['ownerName'], '"Index Only Scan"'],
    ['with everything', {}, VIDEO_PARTS, '"Index Scan"'],
    ['the oldest first', { orderBy: { field: 'CREATED_AT', direction: 'ASC' } }, [], '"Index Only Scan"'],
    ['from its end', { last: 20 }, [], '"Index Only Scan"'],
  ])('%s is read from the index of the owner', async (_what, query, parts, scan) => {
    ran.length = 0;
    await new VideoList(reader).page(owner, query, videoParts(parts));
    expect(ran).toHaveLength(1);
    const text = await plan();
    expect(text).toContain(scan);
    expect(text).toContain('videos_owner_list_index');
    // Scenes and stages are sorted, and at most the page itself: never the list.
    if (parts.length < VIDEO_PARTS.length) expect(text).not.toContain('"Sort"');
  });

  it('deep in the list reads only its own rows', async () => {
    const list = new VideoList(reader);
    const first = await list.page(owner, { first: 100 }, NOTHING);
    const last = first?.rows.at(-1);
    if (!first || !last) throw new Error('The page is empty.');
    await list.page(owner, { first: 5, after: first.cursorOf(last) }, NOTHING);
    const text = await plan();
    expect(text).toMatch(/Index Cond[^}]*ROW\(/);
    expect(text).not.toContain('"Filter"');
  });

  it('of a search beyond the newest three thousand is read from the index of prefixes, each of which is one entry', async () => {
    const page = await new VideoList(reader).page(admin, { allOwners: true, filter: { search: 'vide 12' } }, NOTHING);
    expect(page?.rows.map(({ title }) => title).slice(0, 2)).toEqual(['Video 12999', 'Video 12998']);
    const conditions = (await plan()).match(/"Index Cond":"[^"]*search[^"]*"/g);
    expect(conditions).toEqual([expect.stringContaining("'vide'")]);
    // That index would collect all rows with words that begin so.
    expect(conditions?.join()).not.toContain(':*');
  });

  it('of many owners can be searched too', async () => {
    const list = new VideoList(reader);
    const query = { first: 2, filter: { search: 'video 1234' } };
    const pages = await list.pages(admin, [userId(1), userId(5)], query, NOTHING);
    expect(pages.map((page) => page?.rows.map(({ title }) => title))).toEqual([['Video 12341'], ['Video 12345']]);
  });

  it('of all users is read from the index of all videos', async () => {
    await new VideoList(reader).page(admin, { allOwners: true }, NOTHING);
    expect(await plan()).toContain('videos_live_index');
  });

  it('of many owners contains the page of each of them, in one statement', async () => {
    const list = new VideoList(reader);
    const query = { first: 3, filter: { tags: ['tag1'] } };
    const ids = [userId(3), userId(1), userId(99)];
    ran.length = 0;
    const pages = await list.pages(admin, ids, query, videoParts(['ownerName', 'title', 'ownerId', 'cursor']));
    expect(ran).toHaveLength(1);
    for (const [index, ownerId] of ids.entries()) {
      const alone = await list.page(
        admin,
        { ...query, ownerId },
        videoParts(['ownerName', 'title', 'ownerId', 'cursor']),
      );
      expect({ ...pages[index], cursorOf: 0 }).toEqual({ ...alone, cursorOf: 0 });
    }
    expect(await list.pages(owner, [userId(2), owner.userId], {}, NOTHING)).toMatchObject([
      null,
      { rows: { length: 20 } },
    ]);
  });

  it('uses a few wide statements once the names for exact ones have run out', async () => {
    const list = new VideoList(reader);
    const columns = VIDEO_PARTS.slice(0, 8);
    ran.length = 0;
    for (let mask = 1; mask < 256; mask++)
      await list.page(owner, { first: 1 }, videoParts(columns.filter((_, bit) => mask & (1 << bit))));
    const names = ran.map(({ statement }) => statement.name);
    expect(names).not.toContain(undefined);
    expect(new Set(names.slice(200)).size).toBeLessThan(8);
  });

  it('has its own statement name only while there are names left, and never for a search or an unusual size', async () => {
    const list = new VideoList(reader);
    ran.length = 0;
    for (const query of [{}, {}, { first: 77 }, { filter: { search: 'Video' } }])
      await list.page(owner, query, NOTHING);
    const names = ran.map(({ statement }) => statement.name);
    expect(names[0]).toBeDefined();
    expect(names).toEqual([names[0], names[0], undefined, undefined]);
  });
});

describe('The count of a list', () => {
  const count = async (viewer: Viewer, query: VideoListQuery) => await new VideoList(reader).count(viewer, query);
  const real = async (ownerId?: string) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from videos
      where deleted_at is null and (${ownerId ?? null}::uuid is null or owner_id = ${ownerId ?? null}::uuid)`.execute(
      db.sql(),
    );
    return rows[0]?.n;
  };

  it('is stored, without counting, where there is no filter', async () => {
    expect(await count(owner, {})).toBe(VIDEOS / OWNERS);
    expect(await plan()).not.toMatch(/"videos"|videos_owner/);
    expect(await count(admin, { allOwners: true })).toBe(VIDEOS);
    expect(await count(owner, { filter: { tags: ['tag1'] } })).toBeGreaterThan(0);
    expect(await plan()).toContain('"videos"');
  });

  it('is exact after every change, by any writer', async () => {
    const steps = [
      `insert into videos (id, owner_id, title, source, language, aspect_ratio, resolution)
        select gen_random_uuid(), '${owner.userId}', 'New', '{}', 'en', 'X', 'Y' from generate_series(1, 3)`,
      `update videos set deleted_at = now() where id = '${videoId(1)}'`,
      `update videos set deleted_at = now() where id = '${videoId(1)}'`,
      `update videos set deleted_at = null where id = '${videoId(1)}'`,
      `update videos set owner_id = '${userId(2)}' where id = '${videoId(21)}'`,
      `update videos set owner_id = '${owner.userId}', deleted_at = now() where id = '${videoId(21)}'`,
      `delete from videos where id in ('${videoId(41)}', '${videoId(21)}')`,
      `delete from videos where title = 'New'`,
      `delete from users where id = '${userId(7)}'`,
    ];
    for (const step of steps) {
      await sql.raw(step).execute(db.sql());
      const counted = [
        await count(owner, {}),
        await count(admin, { ownerId: userId(2) }),
        await count(admin, { allOwners: true }),
      ];
      expect([step, ...counted]).toEqual([step, await real(owner.userId), await real(userId(2)), await real()]);
    }
  });

  it('of many owners is that of each', async () => {
    const list = new VideoList(reader);
    const ids = [userId(3), userId(99), userId(2)];
    for (const filter of [null, { tags: ['tag2'] }]) {
      const alone = await Promise.all(ids.map((ownerId) => list.count(admin, { ownerId, filter })));
      expect(await list.counts(admin, ids, filter)).toEqual(alone);
    }
  });
});

describe('A search', () => {
  const found = async (search: string, query: VideoListQuery = {}) =>
    (
      await new VideoList(reader).page(admin, { allOwners: true, ...query, filter: { search } }, videoParts(['title']))
    )?.rows.map(({ title }) => title);

  beforeAll(async () => {
    await sql`update videos set title = '人工智慧與AI影片', description = 'Smart phones & café' where id = ${videoId(3)}::uuid`.execute(
      db.sql(),
    );
    await sql`update videos set title = '人工花園裡的智慧' where id = ${videoId(19_999)}::uuid`.execute(db.sql());
  });

  it.each([
    ['人工智慧', ['人工智慧與AI影片']],
    ['智', ['人工花園裡的智慧', '人工智慧與AI影片']],
    ['人工', ['人工花園裡的智慧', '人工智慧與AI影片']],
    ['ai', ['人工智慧與AI影片']],
    ['AI影', ['人工智慧與AI影片']],
    ['PHONE', ['人工智慧與AI影片']],
    ['café', ['人工智慧與AI影片']],
    ['智慧 smart', ['人工智慧與AI影片']],
    ['phones & café', ['人工智慧與AI影片']],
    ['phones&café', []],
    ['工智 花園', []],
  ])('for %s finds old videos as well as new ones', async (search, titles) => {
    expect(await found(search)).toEqual(titles);
    const byTitle = await found(search, { orderBy: { field: 'TITLE', direction: 'ASC' } });
    expect(byTitle?.toSorted()).toEqual(titles.toSorted());
  });

  it('pages through frequent words and rare words alike', async () => {
    const list = new VideoList(reader);
    for (const filter of [
      { search: 'about' },
      { search: 'video', tags: ['tag3'], createdBefore: new Date('2026-01-01T00:30:00Z') },
    ]) {
      const query = { filter, allOwners: true };
      const total = await list.count(admin, query);
      const one = await list.page(admin, { ...query, first: 40 }, videoParts(['title', 'cursor']));
      const half = await list.page(admin, { ...query, first: 20 }, videoParts(['title', 'cursor']));
      const last = half?.rows.at(-1);
      if (!one || !half || !last) throw new Error('The page is empty.');
      const rest = await list.page(
        admin,
        { ...query, first: 20, after: half.cursorOf(last) },
        videoParts(['title', 'cursor']),
      );
      expect(total).toBeGreaterThan(40);
      expect([...half.rows, ...(rest?.rows ?? [])]).toEqual(one.rows);
    }
  });

  it('for a rare word uses the index of words', async () => {
    await found('智慧');
    expect(await plan()).toContain('videos_search_index');
  });
});
