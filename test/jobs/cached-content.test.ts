import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { forgetContent } from '../../src/services/generations/generation-store.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { ownerOn } from '../helpers/video-services.ts';
import { ANSWER, ledgerFixtureOn, opened, REFUSAL, SPEECH, sent } from './ledger-fixture.ts';

let db: Database;
let owner: Viewer;
let fixture: ReturnType<typeof ledgerFixtureOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  owner = await ownerOn(db);
  fixture = ledgerFixtureOn(db, owner);
});
afterAll(() => db.close());

const KEYS = Array.from({ length: 9 }, () => randomUUID().replaceAll('-', '').repeat(2));
const keyOf = (index: number) => KEYS[index] ?? '';
const requestOfScene = () => ({ ...SPEECH, sceneId: randomUUID() });

/** A video of the owner for which the content of the key was made. */
async function withContent(cacheKey: string, stored: object, of = fixture) {
  const { video, claim } = await of.claimed();
  const ledger = of.ledgerOf(claim);
  await ledger.settle(await sent(ledger), { ...ANSWER, stored, cacheKey });
  return { video, ledger };
}

/** Another video of the owner, with a request that is open. */
async function nextVideo(of = fixture) {
  const { video, jobId, claim } = await of.claimed();
  const ledger = of.ledgerOf(claim);
  const { id } = await opened(ledger);
  return { video, jobId, ledger, id };
}

describe('Content of another video', () => {
  it('is found by its key, the latest first, and completes the request without cost', async () => {
    await withContent(keyOf(0), { key: 'first.wav' });
    await withContent(keyOf(0), { key: 'second.wav' });
    const { video, ledger, id } = await nextVideo();
    expect(await ledger.findCached(id, keyOf(1))).toBeNull();
    expect(await ledger.findCached(id, keyOf(0))).toEqual({ key: 'second.wav' });
    await ledger.settleCached(id, {
      stored: { key: 'copy.wav' },
      provider: 'speaker',
      model: 's1',
      cacheKey: keyOf(0),
    });
    expect(await fixture.generationsOf(video.id)).toMatchObject([
      {
        status: 'COMPLETED',
        cached: true,
        cost: '0.0000',
        provider: 'speaker',
        model: 's1',
        result: { key: 'copy.wav' },
      },
    ]);
    expect(await fixture.attemptsOf(video.id)).toEqual([]);
    expect(await ledger.open(SPEECH)).toEqual({ state: 'STORED', stored: { key: 'copy.wav' }, provider: 'speaker' });
  });

  it('that was a copy itself is found after the first video is deleted', async () => {
    const first = await withContent(keyOf(2), { key: 'first.wav' });
    const second = await nextVideo();
    await second.ledger.settleCached(second.id, {
      stored: { key: 'copy.wav' },
      provider: 'speaker',
      model: undefined,
      cacheKey: keyOf(2),
    });
    await forgetContent(db.sql(), first.video.id);
    const { ledger, id } = await nextVideo();
    expect(await ledger.findCached(id, keyOf(2))).toEqual({ key: 'copy.wav' });
    await forgetContent(db.sql(), second.video.id);
    expect(await ledger.findCached(id, keyOf(2))).toBeNull();
  });

  it('is not that of another user, nor of another scene of the same video', async () => {
    const { ledger } = await withContent(keyOf(3), { key: 'mine.wav' });
    const { id } = await opened(ledger, requestOfScene());
    expect(await ledger.findCached(id, keyOf(3))).toBeNull();
    const stranger = await nextVideo(ledgerFixtureOn(db, await ownerOn(db)));
    expect(await stranger.ledger.findCached(stranger.id, keyOf(3))).toBeNull();
  });

  it('gives two scenes with the same words a picture each', async () => {
    const first = await withContent(keyOf(6), { key: 'one.png' });
    await first.ledger.settle(await sent(first.ledger, requestOfScene()), {
      ...ANSWER,
      stored: { key: 'other.png' },
      cacheKey: keyOf(6),
    });
    const { claim } = await fixture.claimed();
    const ledger = fixture.ledgerOf(claim);
    const found = [];
    for (let scene = 0; scene < 3; scene++) {
      const { id } = await opened(ledger, requestOfScene());
      found.push(await ledger.findCached(id, keyOf(6)));
    }
    expect(found).toEqual([{ key: 'other.png' }, { key: 'one.png' }, null]);
  });

  it('adds nothing to what a refused attempt of the request has cost', async () => {
    await withContent(keyOf(4), { key: 'voice.wav' });
    const { video, ledger, id } = await nextVideo();
    await ledger.fail(await sent(ledger), { ...REFUSAL, cost: 100 });
    await ledger.settleCached(id, { stored: {}, provider: 'other', model: undefined, cacheKey: keyOf(4) });
    expect(await fixture.generationsOf(video.id)).toMatchObject([{ cost: '0.0100', error_code: null, cached: true }]);
  });

  it('cannot be taken by a worker that has lost the job', async () => {
    const { jobId, ledger, id } = await nextVideo();
    await fixture.takenOver(jobId);
    const cached = { stored: {}, provider: 'speaker', model: undefined, cacheKey: keyOf(5) };
    await expect(ledger.settleCached(id, cached)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await expect(ledger.findCached(id, keyOf(5))).rejects.toMatchObject({ code: 'LEASE_LOST' });
  });
});
