import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { AppError } from '../../src/errors.ts';
import { LeasedLedger } from '../../src/jobs/worker/leased-ledger-store.ts';
import type { LedgerRequest } from '../../src/providers/ledger.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { jobFixtureOn } from '../helpers/job-fixture.ts';
import { ownerOn } from '../helpers/video-services.ts';

let db: Database;
let owner: Viewer;
let fixture: ReturnType<typeof jobFixtureOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  owner = await ownerOn(db);
  fixture = jobFixtureOn(db);
});
afterAll(() => db.close());

const SPEECH: LedgerRequest = {
  stage: 'SPEECH',
  sceneId: randomUUID(),
  inputHash: 'a'.repeat(64),
  provider: 'speaker',
  paid: true,
};

/** A video that a worker has claimed. */
async function claimed() {
  const { video, jobId } = await fixture.order(owner);
  return { video, jobId, claim: await fixture.claim(jobId) };
}

async function entriesOf(videoId: string) {
  return await db
    .sql()
    .selectFrom('ledger')
    .select(['stage', 'scene_id', 'state', 'sends', 'losses', 'error_code', 'run', 'kept'])
    .where('video_id', '=', videoId)
    .orderBy('id')
    .execute();
}

/** The worker crashed; the next one has the job. */
async function takenOver(jobId: string) {
  await sql`update jobs set lease_expires_at = now() - interval '1 second' where id = ${jobId}`.execute(db.sql());
  return await fixture.claim(jobId);
}

describe('A provider request of a video', () => {
  it('goes from INTENT through SENT to SETTLED, and its answer is found again', async () => {
    const { video, jobId, claim } = await claimed();
    const ledger = new LeasedLedger(db, claim, 'ask');
    expect(await ledger.intend(SPEECH)).toBeNull();
    expect(await entriesOf(video.id)).toMatchObject([{ state: 'INTENT', sends: 0 }]);
    await ledger.send(SPEECH);
    expect(await entriesOf(video.id)).toMatchObject([{ state: 'SENT', sends: 1 }]);
    await ledger.settle(SPEECH, { key: 'voice.wav' });
    expect(await entriesOf(video.id)).toMatchObject([{ state: 'SETTLED', sends: 1, losses: 0 }]);
    const next = new LeasedLedger(db, await takenOver(jobId), 'ask');
    expect(await next.intend(SPEECH)).toEqual({ key: 'voice.wav' });
  });

  it('has one entry for each scene, request and stage, also without a scene', async () => {
    const { video, claim } = await claimed();
    const ledger = new LeasedLedger(db, claim, 'ask');
    const script: LedgerRequest = { ...SPEECH, stage: 'SCRIPT', sceneId: null };
    const others = [{ ...SPEECH, sceneId: randomUUID() }, { ...SPEECH, inputHash: 'b'.repeat(64) }, script];
    for (const entry of [SPEECH, ...others, SPEECH, script]) expect(await ledger.intend(entry)).toBeNull();
    expect(await entriesOf(video.id)).toHaveLength(4);
    await ledger.send(script);
    await ledger.settle(script, { title: 'Bees' });
    expect(await ledger.intend(script)).toEqual({ title: 'Bees' });
    expect(await ledger.intend(SPEECH)).toBeNull();
  });

  it('may be sent again where the provider refused it, or it was not sent', async () => {
    const { video, jobId, claim } = await claimed();
    const ledger = new LeasedLedger(db, claim, 'ask');
    await ledger.intend(SPEECH);
    await ledger.send(SPEECH);
    await ledger.refuse(SPEECH, 'LOCAL_API_ERROR');
    expect(await entriesOf(video.id)).toMatchObject([{ state: 'INTENT', error_code: 'LOCAL_API_ERROR', losses: 0 }]);
    const next = new LeasedLedger(db, await takenOver(jobId), 'ask');
    expect(await next.intend(SPEECH)).toBeNull();
    await next.send(SPEECH);
    expect(await entriesOf(video.id)).toMatchObject([{ state: 'SENT', error_code: null, sends: 2 }]);
  });
});

describe('A request whose answer is missing', () => {
  /** Sent; then its worker crashed, or the provider never answered. */
  async function lostBy(how: 'crash' | 'timeout', entry = SPEECH) {
    const { video, jobId, claim } = await claimed();
    const ledger = new LeasedLedger(db, claim, 'ask');
    await ledger.intend(entry);
    await ledger.send(entry);
    if (how === 'timeout') await ledger.lose(entry, 'LOCAL_TIMEOUT');
    return { video, jobId, next: await takenOver(jobId) };
  }

  it.each(['crash', 'timeout'] as const)(
    'because of %s is not sent again before a user retries the video',
    async (how) => {
      const { video, next } = await lostBy(how);
      for (const _ of ['first', 'second'])
        await expect(new LeasedLedger(db, next, 'ask').intend(SPEECH)).rejects.toMatchObject({
          code: 'ANSWER_LOST',
          retriable: false,
          message: expect.stringContaining('Retry the video to send it again'),
        });
      expect(await entriesOf(video.id)).toMatchObject([{ state: 'UNCERTAIN', sends: 1, losses: 1 }]);
    },
  );

  it('is sent again where the setting is resend', async () => {
    const { video, next } = await lostBy('crash');
    const ledger = new LeasedLedger(db, next, 'resend');
    expect(await ledger.intend(SPEECH)).toBeNull();
    await ledger.send(SPEECH);
    await ledger.settle(SPEECH, {});
    expect(await entriesOf(video.id)).toMatchObject([{ state: 'SETTLED', sends: 2, losses: 1 }]);
  });

  it('is sent again where it is free', async () => {
    const free = { ...SPEECH, paid: false };
    const { next } = await lostBy('crash', free);
    expect(await new LeasedLedger(db, next, 'ask').intend(free)).toBeNull();
  });

  it('is sent again once a user has retried the video, and needs another retry where that answer is lost too', async () => {
    const { video, jobId, next } = await lostBy('crash');
    const error = new AppError('ANSWER_LOST', 'It was lost.');
    await fixture.outcomes.fail(next, error, 'trace');
    await fixture.runs.retry(owner, video.id);
    const second = new LeasedLedger(db, await fixture.claim(jobId), 'ask');
    expect(await second.intend(SPEECH)).toBeNull();
    await second.send(SPEECH);
    const third = new LeasedLedger(db, await takenOver(jobId), 'ask');
    await expect(third.intend(SPEECH)).rejects.toMatchObject({ code: 'ANSWER_LOST' });
    expect(await entriesOf(video.id)).toMatchObject([{ run: 2, sends: 2, losses: 2 }]);
  });
});

describe('A worker that lost its lease', () => {
  it('can no longer send or settle requests', async () => {
    const { video, jobId, claim } = await claimed();
    const staleClaim = new LeasedLedger(db, claim, 'resend');
    await staleClaim.intend(SPEECH);
    const newClaim = new LeasedLedger(db, await takenOver(jobId), 'resend');
    const refused = expect.objectContaining({ code: 'LEASE_LOST' });
    await expect(staleClaim.intend({ ...SPEECH, sceneId: randomUUID() })).rejects.toEqual(refused);
    await expect(staleClaim.send(SPEECH)).rejects.toEqual(refused);
    expect(await entriesOf(video.id)).toMatchObject([{ state: 'INTENT', sends: 0 }]);
    await newClaim.intend(SPEECH);
    await newClaim.send(SPEECH);
    for (const write of [
      () => staleClaim.settle(SPEECH, { of: 'the dead' }),
      () => staleClaim.refuse(SPEECH, 'LOCAL_API_ERROR'),
      () => staleClaim.lose(SPEECH, 'LOCAL_TIMEOUT'),
    ])
      await expect(write()).rejects.toEqual(refused);
    expect(await entriesOf(video.id)).toMatchObject([{ state: 'SENT', kept: null }]);
  });

  it('sends nothing after its video was canceled', async () => {
    const { video, claim } = await claimed();
    const ledger = new LeasedLedger(db, claim, 'ask');
    await ledger.intend(SPEECH);
    await fixture.runs.cancel(owner, video.id);
    await expect(ledger.send(SPEECH)).rejects.toMatchObject({ code: 'LEASE_LOST' });
  });
});
