import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { EventLog } from '../../src/events/event-log.ts';
import type { LiveSource } from '../../src/events/live-source.ts';
import { VideoFeed } from '../../src/events/video-feed.ts';
import { encodeEventId } from '../../src/ids.ts';
import { OldRowRemoval, type RetentionTimes } from '../../src/jobs/tasks/clear-old-rows.ts';
import { FeedService } from '../../src/services/videos/feed.service.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { busWithoutRedis, jobFixtureOn, silent } from '../helpers/job-fixture.ts';
import { ownerOn } from '../helpers/video-services.ts';

const TIMES: RetentionTimes = { jobsDays: 30, eventsDays: 7, idempotencyHours: 24, sessionsDays: 30 };
const { signal } = new AbortController();

let db: Database;
let ann: Viewer;
let fixture: ReturnType<typeof jobFixtureOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  fixture = jobFixtureOn(db);
});
afterAll(() => db.close());
beforeEach(async () => {
  ann = await ownerOn(db);
  await db.em().execute('delete from videos');
});

const clear = (times: Partial<RetentionTimes> = {}, by = signal) =>
  new OldRowRemoval({ db, jobs: fixture.jobs, times: { ...TIMES, ...times }, logger: silent }).clear(by);

type Ending = 'DONE' | 'FAILED' | 'CANCELED';
const STATUS = { DONE: 'COMPLETED', FAILED: 'FAILED', CANCELED: 'CANCELED' } as const;

/** A video of ann's with five events that ended so long ago, and its job. */
async function ended(days: number, ending: Ending = 'DONE', viewer = ann): Promise<{ id: string; last: number }> {
  const { video } = await fixture.order(viewer);
  for (const step of ['one', 'two', 'three', 'the end']) await event(video.id, 'PROCESSING', step);
  await finish(video.id, ending, days);
  return { id: video.id, last: await lastSeq(viewer) };
}

/** Makes its newest event the end, so long ago. */
async function finish(id: string, ending: Ending, days: number): Promise<void> {
  await sql`update jobs set status = ${ending}, finished_at = now() - make_interval(secs => ${86_400 * days}) where video_id = ${id}`.execute(
    db.sql(),
  );
  await sql`update videos set status = ${STATUS[ending]} where id = ${id}`.execute(db.sql());
  await sql`update video_events set at = now() - make_interval(secs => ${86_400 * days}) where video_id = ${id}`.execute(
    db.sql(),
  );
  await sql`update video_events set status = ${STATUS[ending]}
    where seq = (select max(seq) from video_events where video_id = ${id}) and video_id = ${id}`.execute(db.sql());
}

/** The owner's next event, about this video. */
async function event(id: string, status: string, message = 'a step'): Promise<void> {
  await sql`
    with cursor as (
      update event_cursors set last_seq = last_seq + 1
      where owner_id = (select owner_id from videos where id = ${id}) returning owner_id, last_seq
    ), noted as (
      update videos set last_event_seq = cursor.last_seq from cursor where id = ${id}
    )
    insert into video_events (owner_id, seq, video_id, run, status, progress, message)
    select owner_id, last_seq, ${id}, 1, ${status}, 50, ${message} from cursor`.execute(db.sql());
}

async function lastSeq(viewer: Viewer): Promise<number> {
  return (await new EventLog(db).bounds(viewer.userId)).lastSeq;
}

async function seqsOf(videoId: string): Promise<number[]> {
  const rows = await db
    .sql()
    .selectFrom('video_events')
    .select('seq')
    .where('video_id', '=', videoId)
    .orderBy('seq')
    .execute();
  return rows.map(({ seq }) => Number(seq));
}

const jobOf = (videoId: string) =>
  db.sql().selectFrom('jobs').selectAll().where('video_id', '=', videoId).executeTakeFirst();

describe('Finished jobs', () => {
  it.each<Ending>(['DONE', 'FAILED', 'CANCELED'])(
    'that are %s go after thirty days, and not before',
    async (ending) => {
      const [old, young] = [await ended(30.01, ending), await ended(29.99, ending)];
      expect(await clear()).toMatchObject({ jobs: 1 });
      expect(await jobOf(old.id)).toBeUndefined();
      expect(await jobOf(young.id)).toBeDefined();
      expect(await fixture.videos.find(ann, old.id)).toMatchObject({ status: STATUS[ending] });
    },
  );

  it('do not go while they wait or run, whatever their dates say', async () => {
    const { video } = await fixture.order(ann);
    await sql`update jobs set finished_at = now() - interval '99 days' where video_id = ${video.id}`.execute(db.sql());
    expect(await clear()).toMatchObject({ jobs: 0 });
  });

  it('are kept for as long as the setting says', async () => {
    await ended(2.1);
    expect(await clear({ jobsDays: 3 })).toMatchObject({ jobs: 0 });
    expect(await clear({ jobsDays: 2 })).toMatchObject({ jobs: 1 });
  });

  it('are not needed to run a failed video again: it gets a new one, and is rung for', async () => {
    const { id } = await ended(31, 'FAILED');
    await clear();
    await db.em().execute('delete from outbox');
    expect(await fixture.runs.retry(ann, id)).toMatchObject({ status: 'PENDING' });
    expect(await jobOf(id)).toMatchObject({ status: 'WAITING', queue: 'VIDEO', priority: 'NORMAL' });
    expect(await db.sql().selectFrom('outbox').selectAll().execute()).toHaveLength(1);
    await fixture.worker(async () => undefined).onNotification('VIDEO');
    expect(await fixture.videos.find(ann, id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('that somebody is just running again are left to them', async () => {
    const { id } = await ended(31, 'FAILED');
    await db.transaction(async (em) => {
      await em.execute('select 1 from jobs where video_id = ? for update', [id]);
      expect(await clear()).toMatchObject({ jobs: 0 });
    });
  });
});

describe('Progress events', () => {
  it('go seven days after the end of their video, and not before; the last one stays with the video', async () => {
    const [old, young] = [await ended(7.01), await ended(6.99)];
    expect(await clear()).toMatchObject({ events: 4 });
    expect(await seqsOf(old.id)).toEqual([old.last]);
    expect(await seqsOf(young.id)).toHaveLength(5);
    expect(await clear()).toMatchObject({ events: 0 });
  });

  it('stay for as long as their video is not finished, and are counted from its newest end', async () => {
    const { video } = await fixture.order(ann);
    await sql`update video_events set at = now() - interval '99 days' where video_id = ${video.id}`.execute(db.sql());
    const again = await ended(20, 'FAILED');
    await event(again.id, 'PENDING');
    const [one, two] = [await seqsOf(video.id), await seqsOf(again.id)];
    await ended(6);
    await clear();
    expect([await seqsOf(video.id), await seqsOf(again.id)]).toEqual([one, two]);
  });

  it('of a video that is gone all go, but for the newest of its owner', async () => {
    const [first, second] = [await ended(8), await ended(8)];
    await db.em().execute('delete from videos');
    await clear();
    expect(await seqsOf(first.id)).toEqual([]);
    expect(await seqsOf(second.id)).toEqual([second.last]);
  });

  it('go from many videos in several goes', async () => {
    // Many that ended in the same moment must not hide each other.
    await sql`
      with video as (
        select n, gen_random_uuid() as id from generate_series(1, 620) as n
      )
      insert into video_events (owner_id, seq, video_id, run, status, progress, message, at)
      select ${ann.userId}, 2 * n + step, id, 1, case step when 0 then 'PENDING' else 'FAILED' end, 0, '-',
        date_trunc('day', now()) - interval '8 days'
      from video cross join generate_series(0, 1) as step`.execute(db.sql());
    expect(await clear()).toMatchObject({ events: 1_240 });
  });
});

describe('A cursor', () => {
  const feeds = () => {
    const log = new EventLog(db);
    return new FeedService(db, log, new VideoFeed(log, busWithoutRedis()));
  };
  const at = (seq: number) => encodeEventId({ ownerId: ann.userId, seq });

  async function received(opening: Promise<LiveSource>, count: number): Promise<number[]> {
    const events = (await opening)[Symbol.asyncIterator]();
    const seqs: number[] = [];
    for (let each = 0; each < count; each++) seqs.push((await events.next()).value?.seq ?? -1);
    await events.return(undefined);
    return seqs;
  }
  const expired = expect.objectContaining({ code: 'CURSOR_EXPIRED' });

  it('older than what went is refused instead of leaving a gap; one after it goes on', async () => {
    const old = await ended(8);
    const young = await ended(1);
    await clear();
    const gone = old.last - 1;
    await expect(feeds().watchOwner(ann, at(gone - 1))).rejects.toEqual(expired);
    expect(await received(feeds().watchOwner(ann, at(gone)), 2)).toEqual([old.last, old.last + 1]);
    await expect(feeds().watchVideo(ann, old.id, at(gone - 1))).rejects.toEqual(expired);
    const [first = 0] = await seqsOf(young.id);
    expect(await received(feeds().watchVideo(ann, young.id, at(gone)), 1)).toEqual([first]);
  });

  it('of a finished video is given its last event, and so is who has none', async () => {
    const old = await ended(8);
    await ended(1);
    await clear();
    expect(await received(feeds().watchVideo(ann, old.id), 2)).toEqual([old.last, -1]);
    expect(await received(feeds().watchVideo(ann, old.id, at(old.last)), 1)).toEqual([-1]);
  });

  it('of a video that still runs stays good, though newer events of others went', async () => {
    const { video } = await fixture.order(ann);
    const begun = await lastSeq(ann);
    await event(video.id, 'PROCESSING');
    await ended(8);
    await ended(1);
    await clear();
    expect(await received(feeds().watchVideo(ann, video.id, at(begun)), 1)).toEqual([begun + 1]);
    await expect(feeds().watchOwner(ann, at(begun))).rejects.toEqual(expired);
  });

  it('that was given out by a fresh stream is never an expired one', async () => {
    await ended(8);
    const { last } = await ended(8);
    await db.em().execute('delete from videos');
    await clear();
    expect(await received(feeds().watchOwner(ann), 1)).toEqual([last]);
    expect(await feeds().watchOwner(ann, at(last))).toMatchObject({ after: last });
  });
});

describe('Other rows', () => {
  it('keys of repeatable requests go after 24 hours, and not before', async () => {
    for (const [key, hours] of [
      ['old', 24.01],
      ['young', 23.99],
    ])
      await sql`
        insert into idempotency_keys (user_id, operation, key, input_hash, created_at)
        values (${ann.userId}, 'createVideo', ${key}, 'x', now() - make_interval(secs => ${Number(hours) * 3_600}))`.execute(
        db.sql(),
      );
    expect(await clear()).toMatchObject({ idempotency_keys: 1 });
    const kept = db.sql().selectFrom('idempotency_keys').select('key').where('key', 'in', ['old', 'young']);
    expect(await kept.execute()).toEqual([{ key: 'young' }]);
  });

  it('sessions go thirty days after they were ended or ran out, and not before', async () => {
    const session = async (reason: string, revoked: number | null, expires: number) =>
      await sql`
        insert into sessions (id, user_id, refresh_jti, revoke_reason, expires_at, revoked_at)
        values (${randomUUIDv7()}, ${ann.userId}, ${randomUUIDv7()}, ${reason}, now() - make_interval(secs => ${expires * 86_400}),
          now() - make_interval(secs => ${revoked === null ? null : revoked * 86_400}::float8))`.execute(db.sql());
    await session('ended long ago', 30.01, 10);
    await session('ended lately', 29.99, -10);
    await session('ran out long ago', null, 30.01);
    await session('ran out lately', null, 29.99);
    await session('live', null, -1);
    expect(await clear()).toMatchObject({ sessions: 2 });
    const left = await db.sql().selectFrom('sessions').select('revoke_reason').orderBy('revoke_reason').execute();
    expect(left.map(({ revoke_reason }) => revoke_reason)).toEqual(['ended lately', 'live', 'ran out lately']);
  });

  it('tasks of machines that have run none for thirty days are forgotten; those of the installation never', async () => {
    for (const [name, days] of [
      ['clips@gone', 31],
      ['clips@here', 29],
      ['purge', 31],
    ])
      await sql`
        insert into scheduled_tasks (name, schedule, next_due_at, last_started_at)
        values (${name}, '-', now(), now() - make_interval(days => ${Number(days)}))`.execute(db.sql());
    expect(await clear()).toMatchObject({ tasks: 1 });
    expect(await db.sql().selectFrom('scheduled_tasks').select('name').orderBy('name').execute()).toEqual([
      { name: 'clips@here' },
      { name: 'purge' },
    ]);
  });
});

describe('Very many rows', () => {
  it('go in short statements, and the work can be broken off between two of them', async () => {
    await sql`
      insert into idempotency_keys (user_id, operation, key, input_hash, created_at)
      select ${ann.userId}, 'createVideo', 'k' || n, 'x', now() - interval '2 days'
      from generate_series(1, 5000) as n`.execute(db.sql());
    const stop = new AbortController();
    const statements = vi.spyOn(db, 'sql');
    // One for the jobs, one or two for the events, then some of the five for the keys.
    statements.mockImplementation(() => {
      if (statements.mock.calls.length === 4) stop.abort();
      return db.em().getKysely();
    });
    await expect(clear({}, stop.signal)).rejects.toThrow();
    statements.mockRestore();
    const left = await countKeys();
    expect([3_000, 4_000]).toContain(left);
    expect(await clear()).toMatchObject({ idempotency_keys: left });
  });

  async function countKeys(): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from idempotency_keys where key like 'k%'`.execute(db.sql());
    return rows[0]?.n ?? 0;
  }

  it.each([
    [
      'jobs',
      "select id from jobs where finished_at < now() - interval '30 days' order by finished_at limit 1000",
      'jobs_retention_index',
    ],
    [
      'sessions',
      'select id from sessions where least(revoked_at, expires_at) < now() order by least(revoked_at, expires_at) limit 1000',
      'sessions_ended_index',
    ],
    [
      'video_events',
      "select seq from video_events where status in ('COMPLETED', 'FAILED', 'CANCELED') and (at, video_id) > (now(), '00000000-0000-0000-0000-000000000000') order by at, video_id limit 50",
      'video_events_final_index',
    ],
  ])('of %s are found by an index of their own', async (_table, query, index) => {
    const plan = await db.em().transactional(async (em) => {
      await em.execute('set local enable_seqscan = off');
      return JSON.stringify(await em.execute(`explain ${query}`));
    });
    expect(plan).toContain(index);
  });
});
