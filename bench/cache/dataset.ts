import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { fillLibrary } from '../../test/helpers/many-videos.ts';

export const OWNERS = 50;
/** The first videos have all the data that a video can have. */
export const WHOLE = 4_000;
const SCENES = 6;
/** All within the last day; older events are pruned after a week. */
const EVENTS_PER_VIDEO = 24;
const GENERATIONS = 200_000;

/**
 * A library with details, the jobs of all its videos, the events of the complete ones, and provider calls of a week.
 */
export async function fillDatabase(db: Database, videos: number): Promise<void> {
  await fillLibrary(db, { owners: OWNERS, videos });
  const whole = sql`(select id, owner_id from videos order by id limit ${WHOLE}::int)`;
  await sql`
    update videos set progress = 100, script = repeat('Bees dance to tell where flowers are. ', 60),
      captions = jsonb_build_object('srt', repeat('a line of a caption ', 120), 'vtt', repeat('a line of a caption ', 120),
        'ass', repeat('a line of a caption ', 150)),
      analysis = jsonb_build_object('summary', repeat('What it is about. ', 15), 'suggestedTitle', 'Bees', 'suggestedDescription',
        'How bees dance.', 'suggestedTags', jsonb_build_array('bees', 'dance'), 'chapters', jsonb_build_array(
        jsonb_build_object('title', 'One', 'startSeconds', 0), jsonb_build_object('title', 'Two', 'startSeconds', 20))),
      quality = '{"passed": true, "width": 1280, "height": 720, "frameRate": 25, "videoCodec": "h264", "audioCodec": "aac",
        "integratedLoudnessLufs": -14, "problems": []}', file_key = 'videos/film.mp4', file_size = 5000000,
      thumbnail_key = 'videos/thumbnail.jpg', started_at = now(), completed_at = now()
    from ${whole} as whole where videos.id = whole.id`.execute(db.sql());
  await sql`
    insert into scenes (id, video_id, position, narration, visual_prompt)
    select gen_random_uuid(), whole.id, i, repeat('What is said in this scene. ', 6), repeat('A bee on a flower. ', 4)
    from ${whole} as whole, generate_series(0, ${SCENES}::int - 1) as i`.execute(db.sql());
  await sql`
    insert into video_stages (video_id, stage, status, progress, started_at, completed_at)
    select whole.id, stage, 'COMPLETED', 100, now(), now()
    from ${whole} as whole, unnest(array['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS']) as stage`.execute(
    db.sql(),
  );
  await sql`
    insert into jobs (id, queue, video_id, status, finished_at)
    select gen_random_uuid(), 'VIDEO', id, case when row_number() over () % 50 = 0 then 'FAILED' else 'DONE' end,
      now() - random() * interval '29 days' from videos`.execute(db.sql());
  await sql`
    insert into video_events (owner_id, seq, video_id, run, status, stage, stage_status, progress, message, at)
    select owner_id, row_number() over (partition by owner_id order by id, i), id, 1, 'PROCESSING',
      (array['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'])[1 + i / 4],
      case when i % 4 = 3 then 'COMPLETED' else 'RUNNING' end, i * 4, 'A step.',
      now() - random() * interval '20 hours' + i * interval '2 seconds'
    from ${whole} as whole, generate_series(0, ${EVENTS_PER_VIDEO}::int - 1) as i`.execute(db.sql());
  await sql`
    with generations as (
      insert into ai_generations (id, type, provider, status)
      select gen_random_uuid(), 'TEXT', (array['local', 'openai', 'gemini'])[1 + i % 3], 'COMPLETED'
      from generate_series(1, ${GENERATIONS}::int) as i returning id, provider
    )
    insert into generation_attempts (id, generation_id, provider, number, paid, run, state, latency_ms, sent_at, ended_at)
    select gen_random_uuid(), id, provider, 1, false, 1, 'SETTLED', (random() * 5000)::int, moment, moment
    from generations, lateral (select now() - random() * interval '7 days' as moment where id is not null) as at`.execute(
    db.sql(),
  );
  await db.em().execute('vacuum analyze');
}
