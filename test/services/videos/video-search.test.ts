import { randomUUIDv7 } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import { readerOf } from '../../../src/db/prepared.ts';
import { Video } from '../../../src/entities/video.ts';
import { VideoList } from '../../../src/services/videos/list/video-list.ts';
import { fold, SEARCH_LIMITS } from '../../../src/services/videos/list/video-search.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { ownerOn } from '../../helpers/video-services.ts';

let db: Database;
let list: VideoList;
let ann: Viewer;
beforeAll(async () => {
  db = await createTestDatabase();
  list = new VideoList(readerOf(db));
  ann = await ownerOn(db);
});
afterAll(() => db?.close());

async function addVideo(title: string, description: string | null = null, owner = ann): Promise<void> {
  await db.em().insert(Video, {
    id: randomUUIDv7(),
    ownerId: owner.userId,
    source: { kind: 'script', text: title },
    language: 'en',
    aspectRatio: 'LANDSCAPE_16_9',
    resolution: 'HD_720',
    title,
    description,
  });
}

async function found(search: string, viewer = ann): Promise<string[]> {
  const page = await list.page(viewer, { filter: { search }, first: 100 });
  return (page?.rows ?? []).map(({ title = '' }) => title).toSorted();
}

describe('A search finds', () => {
  const TITLES = [
    'How bees find their way',
    '蜜蜂怎麼找路',
    'L’eau et le feu',
    'Café Zoë',
    'Die Straße',
    'Ｆｕｌｌ ｗｉｄｔｈ',
    'Wi\u2011Fi at home',
    'A ﬁne day',
    'C++ and C#',
    '100% pure',
    'Smørrebrød',
    'Прогулка по Ёлкино',
    'ΟΔΟΣ',
    'がっこう',
    '한국어 수업',
    'AI/ML for all',
  ];
  beforeAll(async () => {
    for (const title of TITLES) await addVideo(title);
  });

  it.each([
    [
      'bees',
      ['bees', 'bees!', '(bees)', '#bees', '“bees”', 'BEES', 'bees,', 'how,bees', 'bees…', '¿bees?', 'bees.'],
      0,
    ],
    ['蜜蜂', ['蜜蜂', '蜜蜂，', '「蜜蜂」', '蜜蜂。', '《蜜蜂》', '蜜蜂！', '蜜蜂、找路'], 1],
    ['l’eau', ['L’eau', "l'eau", 'l‘eau', "L'EAU"], 2],
    ['café', ['café', 'cafe', 'CAFE\u0301', 'zoë', 'zoe', 'cafe,zoe'], 3],
    ['straße', ['straße', 'strasse', 'STRASSE', 'STRAẞE'], 4],
    ['full width', ['full', 'ｆｕｌｌ', 'width', 'ＷＩＤＴＨ'], 5],
    ['Wi‑Fi', ['Wi\u2011Fi', 'wi-fi', 'WI\u2010FI', 'wi–fi', 'wi\u00ad-fi'], 6],
    ['ﬁne', ['ﬁne', 'fine', 'FINE'], 7],
    ['what ends in signs', ['C++', 'c#', '(C++)'], 8],
    ['100%', ['100%'], 9],
    ['letters with strokes', ['smorrebrod', 'Smørrebrød'], 10],
    ['Cyrillic', ['елкино', 'ЁЛКИНО', 'прогулка'], 11],
    ['Greek', ['οδος', 'ΟΔΟΣ', 'οδοσ'], 12],
    ['kana', ['がっこう', 'か\u3099っこう'], 13],
    ['Hangul', ['한국어', '한국어'.normalize('NFD')], 14],
    ['a word of two parts', ['AI/ML', 'ai／ml'], 15],
  ])('%s in every spelling', async (_what, searches, index) => {
    for (const search of searches) expect([search, await found(search)]).toEqual([search, [TITLES[index]]]);
  });

  it('but not texts that only look similar', async () => {
    for (const search of ['D++', 'か', 'wifi', 'eaux', '蜜峰', '!', '“”'])
      expect([search, await found(search)]).toEqual([search, []]);
  });

  it('the words of descriptions alike', async () => {
    await addVideo('Untitled', 'Crème brûlée, l’été — “voilà”');
    for (const search of ['creme', 'BRULEE', "l'ete", 'voila', '"voila"'])
      expect(await found(search)).toEqual(['Untitled']);
  });
});

it('Stored texts and search texts are folded to the same form', async () => {
  const character = fc.constantFrom(...'aZ éÉñßẞæøıİςΣЁйが한漢ｆﬁ①½’‑“«­—\u0301\u0308\u3099');
  const texts = fc.sample(fc.string({ unit: character, maxLength: 40 }), { numRuns: 300, seed: 15 });
  const { rows } = await sql<{ folded: string }>`
    select search_fold(given) as folded from unnest(${texts}::text[]) with ordinality as t (given, place) order by place`.execute(
    db.sql(),
  );
  expect(rows.map(({ folded }) => folded)).toEqual(texts.map(fold));
  expect(texts.map(fold).map(fold)).toEqual(texts.map(fold));
});

describe('A search beyond the limits', () => {
  it('is refused beyond 200 characters', async () => {
    const most = '天地'.repeat(SEARCH_LIMITS.characters / 2);
    expect(await found(most)).toEqual([]);
    await expect(found(`${most}天`)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'filter.search has 201 characters; at most 200 are allowed: use fewer.',
    });
  });

  it('is refused beyond 32 words', async () => {
    const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at}`).join(' ');
    expect(await found(words(SEARCH_LIMITS.words))).toEqual([]);
    await expect(found(words(SEARCH_LIMITS.words + 1))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'filter.search has 33 words; at most 32 are allowed: use fewer.',
    });
    await expect(list.count(ann, { filter: { search: words(33) } })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('Titles', () => {
  it('are sorted as in a dictionary', async () => {
    const cara = await ownerOn(db);
    for (const title of ['Zebra', 'apple', 'Äpfel', 'Banana', 'zoo', 'éclair', 'Apple', '蜜蜂'])
      await addVideo(title, null, cara);
    const page = await list.page(cara, { orderBy: { field: 'TITLE', direction: 'ASC' } });
    expect(page?.rows.map(({ title }) => title)).toEqual(
      ['Äpfel', 'apple', 'Apple', 'Banana', 'éclair', 'Zebra', 'zoo', '蜜蜂'].toSorted(
        new Intl.Collator('und').compare,
      ),
    );
  });

  it('are read in their order from an index, also after a cursor', async () => {
    const dora = await ownerOn(db);
    await sql`insert into videos (id, owner_id, source, language, aspect_ratio, resolution, title, status, progress, run, current_stage, priority,
        voice_speed, burn_in_captions, title_given)
      select gen_random_uuid(), ${dora.userId}::uuid, '{}', 'en', 'LANDSCAPE_16_9', 'HD_720', 'title ' || md5(i::text), 'PENDING', 0, 1, 'SCRIPT', 'NORMAL',
        1, true, true from generate_series(1, 2000) as i`.execute(db.sql());
    await sql`analyze videos`.execute(db.sql());
    const plans: string[] = [];
    const reader = readerOf(db);
    const explaining = new VideoList({
      rows: async (statement, values) => {
        const explained = await reader.rows<{ 'QUERY PLAN': string }>(
          { text: `explain ${statement.text}`, name: undefined },
          values,
        );
        plans.push(explained.map((row) => row['QUERY PLAN']).join('\n'));
        return await reader.rows(statement, values);
      },
    });
    const orderBy = { field: 'TITLE', direction: 'ASC' } as const;
    const first = await explaining.page(dora, { orderBy });
    const last = first?.rows.at(-1);
    if (!first || !last) throw new Error('The page is empty.');
    await explaining.page(dora, { orderBy, after: first.cursorOf(last) });
    expect(plans).toHaveLength(2);
    for (const plan of plans) {
      expect(plan).toMatch(/Index Scan using videos_owner_title_index/);
      expect(plan.match(/Sort Key/g) ?? []).toHaveLength(0);
    }
  });
});
