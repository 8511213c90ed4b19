import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { AppError } from '../../src/errors.ts';
import { countUncertain } from '../../src/services/generations/generation-store.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';
import { ANSWER, ledgerFixtureOn, SPEECH, sent, TIMEOUT } from './ledger-fixture.ts';

let db: Database;
let owner: Viewer;
let fixture: ReturnType<typeof ledgerFixtureOn>;
let services: ReturnType<typeof videoServicesOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  owner = await ownerOn(db);
  fixture = ledgerFixtureOn(db, owner);
  services = videoServicesOn(db);
});
afterAll(() => db.close());

/** A video that is being made, with a paid call under way, and one of a built-in provider. */
async function underWay(provider: string) {
  const { video, claim } = await fixture.claimed();
  const ledger = fixture.ledgerOf(claim);
  await sent(ledger, SPEECH, { provider, concurrency: 1 });
  await sent(ledger, { ...SPEECH, sceneId: randomUUID() }, { provider: 'local', paid: false, mostCost: 0 });
  return { video, ledger };
}

describe('Calls under way of a run that ends', () => {
  it.each(['cancel', 'remove'] as const)('may cost what was reserved, and leave their places free: %s', async (how) => {
    const provider = `speaker ${how}`;
    const { video } = await underWay(provider);
    await (how === 'cancel' ? services.runs.cancel(owner, video.id) : services.videos.remove(owner, video.id));
    expect(await fixture.attemptsOf(video.id)).toMatchObject([
      { provider, state: 'UNCERTAIN', cost: '0.0300', reserved: '0.0000', error_code: 'CANCELED' },
      { provider: 'local', state: 'REFUSED', cost: '0.0000', reserved: '0.0000' },
    ]);
    expect(await countUncertain(db.sql()), 'nothing is awaited').toBe(0);
    expect(await fixture.generationsOf(video.id)).toMatchObject([
      { status: 'UNCERTAIN', cost: '0.0300' },
      { status: 'FAILED', cost: '0.0000' },
    ]);
    const { claim } = await fixture.claimed();
    // It throws where the provider has as many calls as it takes.
    expect(await sent(fixture.ledgerOf(claim), SPEECH, { provider, concurrency: 1 })).toEqual(expect.any(String));
  });
});

describe('Calls under way of crashed workers', () => {
  it('hold no place at their provider once their video is quarantined', async () => {
    const { video, claim } = await fixture.claimed();
    await sent(fixture.ledgerOf(claim), SPEECH, { provider: 'quarantined' });
    expect(await countUncertain(db.sql())).toBe(0);
    await services.outcomes.quarantine(claim, new AppError('WORKER_DOWN', 'Three workers crashed.'), 'a'.repeat(32));
    expect(await fixture.attemptsOf(video.id)).toMatchObject([
      { state: 'UNCERTAIN', cost: '0.0300', reserved: '0.0000' },
    ]);
    // Its owner can still retry it, which the metric counts; canceled and deleted videos await nothing.
    expect(await countUncertain(db.sql())).toBe(1);
  });
});

describe('A call of a crashed worker whose content was not needed any more', () => {
  it('may have cost what was reserved once the video is completed, and nothing is awaited', async () => {
    const before = await countUncertain(db.sql());
    const { video, claim } = await fixture.claimed();
    await sent(fixture.ledgerOf(claim), SPEECH, { provider: 'unneeded' });
    await services.outcomes.complete(claim);
    expect(await fixture.attemptsOf(video.id)).toMatchObject([
      { state: 'UNCERTAIN', cost: '0.0300', reserved: '0.0000' },
    ]);
    expect(await countUncertain(db.sql())).toBe(before);
  });
});

describe('A settled attempt', () => {
  it('does not change when its call is reported to have failed: the answer to the commit was lost', async () => {
    const { video, claim } = await fixture.claimed();
    const ledger = fixture.ledgerOf(claim);
    const attemptId = await sent(ledger);
    await ledger.settle(attemptId, ANSWER);
    await ledger.fail(attemptId, TIMEOUT);
    expect(await fixture.attemptsOf(video.id)).toMatchObject([{ state: 'SETTLED', cost: '0.0250' }]);
    expect(await fixture.generationsOf(video.id)).toMatchObject([{ status: 'COMPLETED', result: ANSWER.stored }]);
  });
});
