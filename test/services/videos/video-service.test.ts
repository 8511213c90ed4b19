import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import { sqlOf } from '../../../src/db/orm.ts';
import type { Plan, SubscriptionStatus } from '../../../src/entities/enums.ts';
import { Scene } from '../../../src/entities/scene.ts';
import { createVideo } from '../../../src/services/videos/create-video.ts';
import { newVideoRow } from '../../../src/services/videos/new-video-row.ts';
import { VIDEO_COLUMNS } from '../../../src/services/videos/video-parts.ts';
import { faultsOf } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { inRole, jobFixtureOn, jobRow } from '../../helpers/job-fixture.ts';
import { until } from '../../helpers/until.ts';
import { INPUT, ownerOn, videoQuotasOf } from '../../helpers/video-services.ts';

let db: Database;
let fixture: ReturnType<typeof jobFixtureOn>;
let ann: Viewer;
let bob: Viewer;
let admin: Viewer;
beforeAll(async () => {
  db = await createTestDatabase();
  fixture = jobFixtureOn(db);
  ann = await ownerOn(db);
  bob = await ownerOn(db);
  admin = inRole(await ownerOn(db), 'ADMIN');
});
afterAll(() => db.close());

const eventsOf = async (videoId: string) =>
  await db
    .sql()
    .selectFrom('video_events')
    .select(['seq', 'status', 'progress'])
    .where('video_id', '=', videoId)
    .orderBy('seq')
    .execute();

describe('Creating a video', () => {
  it('writes everything it needs at once: the row, a job, a notification, an event and a reservation', async () => {
    const { video, jobId } = await fixture.order(ann, { title: ' A title ', tags: ['a', 'b', 'a'] });
    expect(video).toMatchObject({
      ownerId: ann.userId,
      title: 'A title',
      status: 'PENDING',
      progress: 0,
      tags: ['a', 'b'],
      run: 1,
    });
    expect(video.currentStage).toBe('SCRIPT');
    expect(await fixture.videos.stagesOf([video.id])).toEqual([[]]);
    expect(await jobRow(db, jobId)).toMatchObject({ status: 'WAITING', attempt: 0, queue: 'VIDEO' });
    expect(await db.sql().selectFrom('outbox').select('ring').where('job_id', '=', jobId).execute()).toEqual([
      { ring: 0 },
    ]);
    expect(await eventsOf(video.id)).toMatchObject([{ status: 'PENDING', progress: 0 }]);
    expect(await videoQuotasOf(fixture, ann.userId)).toMatchObject([{ reserved: 1 }, { reserved: 1 }]);
  });

  it('as URGENT is for administrators and an active plan PREMIUM; others get UNSUPPORTED at input.priority', async () => {
    const urgent = { priority: 'URGENT' } as const;
    const subscribed = async (plan: Plan, status: SubscriptionStatus, endsAt: Date | null) => {
      const owner = await ownerOn(db);
      const row = { user_id: owner.userId, plan, status, ends_at: endsAt };
      await db.sql().insertInto('user_subscriptions').values(row).execute();
      return owner;
    };
    const [past, future] = [-3_600_000, 3_600_000].map((ms) => new Date(Date.now() + ms));
    const allowed = [
      await subscribed('PREMIUM', 'ACTIVE', null),
      await subscribed('PREMIUM', 'ACTIVE', future ?? null),
      inRole(await ownerOn(db), 'ADMIN'),
      inRole(await ownerOn(db), 'SUPER_ADMIN'),
    ];
    for (const owner of allowed) expect(await fixture.accept(owner, urgent)).toMatchObject(urgent);
    const refused = [
      await ownerOn(db),
      inRole(await ownerOn(db), 'PREMIUM'),
      await subscribed('CREATOR', 'ACTIVE', null),
      await subscribed('PREMIUM', 'ACTIVE', past ?? null),
      await subscribed('PREMIUM', 'CANCELED', null),
    ];
    for (const owner of refused) {
      expect(await faultsOf(fixture.accept(owner, urgent))).toEqual([['UNSUPPORTED', 'input.priority']]);
      expect(await faultsOf(fixture.accept(owner, { priority: 'LOW' }))).toEqual([]);
      expect(await faultsOf(fixture.accept(owner, { ...urgent, script: '' }))).toEqual([
        ['REQUIRED', 'input.script'],
        ['UNSUPPORTED', 'input.priority'],
      ]);
    }
  });

  it('does not create a second one for the same key', async () => {
    const cat = await ownerOn(db);
    const video = newVideoRow(randomUUIDv7(), cat.userId, INPUT);
    const request = { userId: cat.userId, operation: 'createVideo', key: 'once', input: INPUT, subjectId: video.id };
    expect(await createVideo({ ...fixture, db }, video, request)).toMatchObject({ ownerId: cat.userId });
    expect(await createVideo({ ...fixture, db }, { ...video, id: randomUUIDv7() }, request)).toBeNull();
    expect(await eventsOf(video.id)).toHaveLength(1);
    expect(await videoQuotasOf(fixture, cat.userId)).toMatchObject([{ reserved: 1 }, { reserved: 1 }]);
  });

  it('continues where its connection is ended in the middle, and creates one video', async () => {
    const dan = await ownerOn(db);
    await fixture.order(dan);
    const waiting = sql<{ pid: number }>`
      select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%event_cursors%'`;
    const ended = await db.transaction(async (em) => {
      await sql`select from event_cursors where owner_id = ${dan.userId} for update`.execute(sqlOf(em));
      const ordering = fixture.order(dan);
      await until('it waits for its turn', async () => (await waiting.execute(db.sql())).rows.length === 1);
      const [first] = (await waiting.execute(db.sql())).rows;
      await sql`select pg_terminate_backend(${first?.pid})`.execute(db.sql());
      await until('it waits again', async () =>
        (await waiting.execute(db.sql())).rows.some(({ pid }) => pid !== first?.pid),
      );
      return { ordering };
    });
    const { video } = await ended.ordering;
    expect(await eventsOf(video.id)).toHaveLength(1);
    const videos = db.sql().selectFrom('videos').select('id').where('owner_id', '=', dan.userId);
    expect(await videos.execute()).toHaveLength(2);
    expect(await videoQuotasOf(fixture, dan.userId)).toMatchObject([{ reserved: 2 }, { reserved: 2 }]);
  });

  it('answers with the row as the next reader gets it', async () => {
    const topic = { script: null, topic: 'Bees' };
    const voice = { voiceId: 'en', speed: 1.25 };
    const rich = { ...topic, description: ' Wings ', visualStyle: 'ink', voice, music: { volume: 0.3 }, tags: [' b '] };
    for (const given of [topic, rich]) {
      const { video } = await fixture.order(ann, given);
      const read = await fixture.videos.find(ann, video.id);
      for (const column of VIDEO_COLUMNS) expect([column, video[column] ?? null]).toEqual([column, read?.[column]]);
    }
  });
});

describe('Changing a video', () => {
  it('changes given fields, clears null ones, and keeps the rest', async () => {
    const { video } = await fixture.order(ann, { title: 'Old', description: 'Stays', tags: ['x'] });
    const changed = await fixture.videos.update(ann, video.id, {
      title: ' New\r\n ',
      seoTitle: 'For machines',
      seoKeywords: ['a', 'a'],
    });
    expect(changed).toMatchObject({
      title: 'New',
      description: 'Stays',
      tags: ['x'],
      seoTitle: 'For machines',
      seoKeywords: ['a'],
    });
    expect(changed.updatedAt.getTime()).toBeGreaterThanOrEqual(video.updatedAt?.getTime() ?? Number.NaN);
    expect(await fixture.videos.update(ann, video.id, { description: null, tags: null, seoTitle: null })).toMatchObject(
      {
        title: 'New',
        description: null,
        tags: [],
        seoTitle: null,
      },
    );
  });

  it('reports all errors, and then changes nothing', async () => {
    const { video } = await fixture.order(ann, { title: 'Old' });
    const wrong = { title: null, script: 'New words.', seoTitle: 'x'.repeat(101), tags: ['ok', ''] };
    expect(await faultsOf(fixture.videos.update(ann, video.id, wrong))).toEqual([
      ['REQUIRED', 'input.title'],
      ['INVALID_STATE', 'input.script'],
      ['TOO_LONG', 'input.seoTitle'],
      ['REQUIRED', 'input.tags.1'],
    ]);
    expect(await faultsOf(fixture.videos.update(ann, video.id, { title: '  ' }))).toEqual([
      ['REQUIRED', 'input.title'],
    ]);
    expect(await faultsOf(fixture.videos.update(ann, video.id, { title: 'x'.repeat(201) }))).toEqual([
      ['TOO_LONG', 'input.title'],
    ]);
    expect(await fixture.videos.find(ann, video.id)).toMatchObject({ title: 'Old', seoTitle: null, tags: [] });
  });

  it('is allowed to the owner and administrators; for other users it does not exist', async () => {
    const { video } = await fixture.order(ann, { title: 'Of Ann' });
    expect(await faultsOf(fixture.videos.update(bob, video.id, { title: 'Of Bob' }))).toEqual([['NOT_FOUND', 'id']]);
    expect(await fixture.videos.find(ann, video.id)).toMatchObject({ title: 'Of Ann' });
    expect(await fixture.videos.update(admin, video.id, { title: 'Corrected' })).toMatchObject({
      title: 'Corrected',
      ownerId: ann.userId,
    });
  });
});

describe('Deleting a video', () => {
  it('makes it invisible to everyone, stops its job and writes one event', async () => {
    const { video, jobId } = await fixture.order(ann);
    await fixture.videos.remove(ann, video.id);
    for (const viewer of [ann, admin]) expect(await fixture.videos.find(viewer, video.id)).toBeNull();
    expect((await eventsOf(video.id)).map(({ status }) => status)).toEqual(['PENDING', 'CANCELED']);
    expect((await jobRow(db, jobId)).status).toBe('CANCELED');
    await expect(fixture.claim(jobId)).rejects.toThrow('could not be claimed');
    expect(await faultsOf(fixture.videos.remove(ann, video.id))).toEqual([['NOT_FOUND', 'id']]);
    expect(await faultsOf(fixture.videos.update(ann, video.id, { title: 'Too late' }))).toEqual([['NOT_FOUND', 'id']]);
  });

  it('is allowed to the owner and administrators; for other users it does not exist, and its job continues', async () => {
    const { video, jobId } = await fixture.order(ann);
    expect(await faultsOf(fixture.videos.remove(bob, video.id))).toEqual([['NOT_FOUND', 'id']]);
    expect((await jobRow(db, jobId)).status).toBe('WAITING');
    expect(await eventsOf(video.id)).toHaveLength(1);
    await fixture.videos.remove(admin, video.id);
    expect(await fixture.videos.find(ann, video.id)).toBeNull();
  });

  it('of a finished one cancels nothing', async () => {
    const { video, jobId } = await fixture.order(ann);
    const claim = await fixture.claim(jobId);
    await fixture.outcomes.complete(claim);
    await fixture.videos.remove(ann, video.id);
    expect((await eventsOf(video.id)).map(({ status }) => status)).toEqual(['PENDING', 'COMPLETED']);
    expect((await jobRow(db, jobId)).status).toBe('DONE');
  });

  it('happens once, however many requests are concurrent', async () => {
    const { video } = await fixture.order(ann);
    const before = await videoQuotasOf(fixture, ann.userId);
    const tries = await Promise.all(Array.from({ length: 10 }, () => faultsOf(fixture.videos.remove(ann, video.id))));
    expect(tries.filter((faults) => faults.length === 0)).toHaveLength(1);
    expect(await eventsOf(video.id)).toHaveLength(2);
    const after = await videoQuotasOf(fixture, ann.userId);
    expect(after.map(({ reserved }) => reserved)).toEqual(before.map(({ reserved }) => reserved - 1));
  });
});

describe('Finding videos', () => {
  it('keeps the order of the ids, with null for what does not exist for the viewer', async () => {
    const [mine, other, theirs] = [await fixture.order(ann), await fixture.order(ann), await fixture.order(bob)];
    const ids = [theirs, other, mine].map(({ video }) => video.id).concat(crypto.randomUUID());
    const found = async (viewer: Viewer) =>
      (await fixture.videos.findMany(viewer, ids)).map((video) => video?.id ?? null);
    expect(await found(ann)).toEqual([null, other.video.id, mine.video.id, null]);
    expect(await found(admin)).toEqual([...ids.slice(0, 3), null]);
  });

  it('shows a scene to viewers who may see its video', async () => {
    const { video } = await fixture.order(ann);
    const id = crypto.randomUUID();
    await db.em().insert(Scene, { id, videoId: video.id, position: 0, narration: 'One.', visualPrompt: 'one' });
    expect(await fixture.videos.findScene(ann, id)).toMatchObject({ id });
    expect(await fixture.videos.findScene(bob, id)).toBeNull();
    await fixture.videos.remove(ann, video.id);
    expect(await fixture.videos.findScene(ann, id)).toBeNull();
  });
});
