import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { addOwners } from '../../test/helpers/many-videos.ts';

const OWNERS = 1_000;
/** Number of videos with a rare word, whatever the total. */
const RARE = 11;

/**
 * Titles and descriptions half English, half Chinese, one a second, in sentences that divide the common words: fox and
 * AI never occur together. The first owner has a tenth of all, in English; the others have the rest. winter and 冬天
 * occur only in the oldest twentieth.
 */
export async function fillTitles(db: Database, videos: number): Promise<void> {
  await addOwners(db, OWNERS);
  await withoutSearchIndex(db, () => addTitled(db, videos));
  await db.em().execute('vacuum analyze');
}

async function addTitled(db: Database, videos: number): Promise<void> {
  await sql`
    insert into videos (id, owner_id, title, description, source, language, status, aspect_ratio, resolution, duration_seconds, tags,
      created_at, updated_at)
    select ('00000000-0000-7000-8000-b' || lpad(to_hex(i), 11, '0'))::uuid,
      ('00000000-0000-7000-8000-a' || lpad(to_hex(case when i % 10 = 0 then 1 else 2 + abs(hashint4(i)) % ${OWNERS - 1}::int end), 11, '0'))::uuid,
      ${titleOf(videos)}, ${DESCRIPTION}, '{"kind": "topic", "text": "Bees"}', case i % 2 when 0 then 'en' else 'zh-TW' end,
      'COMPLETED', 'LANDSCAPE_16_9', 'HD_720', i % 600, array['tag' || i % 10],
      timestamptz '2026-01-01 00:00:00Z' + i * interval '1 second', now()
    from generate_series(1, ${videos}::int) as i`.execute(db.sql());
}

/** Building an index of all rows at once takes a fraction of the time of extending it row by row. */
export async function withoutSearchIndex(db: Database, fill: () => Promise<void>): Promise<void> {
  const [index] = await db
    .em()
    .execute<{ indexdef: string }[]>("select indexdef from pg_indexes where indexname = 'videos_search_index'");
  if (!index) throw new Error('There is no index for searches.');
  await db.em().execute('drop index videos_search_index');
  await fill();
  await db.em().execute(index.indexdef);
}

const DESCRIPTION = sql`case i % 2
  when 0 then 'A short film about what happens, part ' || i
  else '一部關於日常生活的短片，第' || i || '集' end`;

function titleOf(videos: number) {
  const isAnimal = sql`i / 10 % 2 = 0`;
  const isOld = sql`i <= ${videos}::int / 20`;
  const rare = sql`i / 2 % (${videos}::int / 2 / ${RARE}::int) = 0`;
  return sql`case when i % 2 = 0
    then case when ${isAnimal} then 'The ' || ${oneOf('quick fox', 'old bear', 'grey wolf', 'wild goose', 'small mouse')} || ' crosses the '
        || ${oneOf('river', 'bridge', 'village', 'mountain', 'meadow')} || ' in the morning'
      else 'What AI ' || ${oneOf('learns', 'knows', 'says', 'asks', 'forgets')} || ' about the '
        || ${oneOf('weather', 'law', 'human brain', 'stock market', 'sea')} end
      || case when ${rare} then ' zebra ZQ' else '' end || case when ${isOld} then ' winter' else '' end
    else case when ${isAnimal} then ${oneOf('狐狸', '老熊', '灰狼', '野雁', '老鼠')} || '在早晨走過' || ${oneOf('河邊', '橋上', '村莊', '山丘', '草原')}
      else '機器學習' || ${oneOf('學會', '知道', '說明', '詢問', '忘記')} || '的' || ${oneOf('天氣', '法律', '人腦', '股市', '海洋')} end
      || case when ${rare} then '犀牛' else '' end || case when ${isOld} then '冬天' else '' end
    end`;
}

/** Random, but the same every time. */
function oneOf(...words: readonly string[]) {
  return sql`(${[...words]}::text[])[1 + abs(hashint4(i + ${words.join().length}::int)) % ${words.length}::int]`;
}
