import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { consecutiveFailures, countCalls, lastErrors } from '../../src/services/providers/provider-sql.ts';
import { countCallsSince } from '../../src/services/quotas/service-quota-store.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { ownerOn } from '../helpers/video-services.ts';
import { ANSWER, ledgerFixtureOn, opened, REFUSAL, SPEECH, sent } from './ledger-fixture.ts';

let db: Database;
let ann: Viewer;
let bob: Viewer;
beforeAll(async () => {
  db = await createTestDatabase();
  [ann, bob] = [await ownerOn(db), await ownerOn(db)];
});
afterAll(() => db.close());

const own = { ownKey: true, provider: 'painter', concurrency: 1 } as const;

describe('A request with a user’s own key', () => {
  it('is recorded as such with its cost, and counts against the limit of the video', async () => {
    const fixture = ledgerFixtureOn(db, ann);
    const { claim } = await fixture.claimed();
    const videos = db.sql().updateTable('videos').where('id', '=', claim.videoId);
    await videos.set({ max_cost: '0.0500' }).execute();
    const ledger = fixture.ledgerOf(claim);
    await ledger.settle(await sent(ledger, SPEECH, own), { ...ANSWER, provider: 'painter' });
    const attempts = db
      .sql()
      .selectFrom('generation_attempts')
      .innerJoin('ai_generations', 'ai_generations.id', 'generation_id')
      .where('video_id', '=', claim.videoId)
      .select(['own_key', 'generation_attempts.cost']);
    expect(await attempts.execute()).toEqual([{ own_key: true, cost: '0.0250' }]);
    const next = { ...SPEECH, inputHash: 'b'.repeat(64) };
    await expect(sent(ledger, next, own)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
    await expect(sent(ledger, next, { ...own, mostCost: 250 })).resolves.toEqual(expect.any(String));
  });

  it('counts against the limit of calls of its user only', async () => {
    const [annsFixture, bobsFixture] = [ledgerFixtureOn(db, ann), ledgerFixtureOn(db, bob)];
    const ledgerOf = async (fixture: typeof annsFixture) => fixture.ledgerOf((await fixture.claimed()).claim);
    const provider = { ...own, provider: 'drawer' };
    const [first, second, bobs] = [
      await ledgerOf(annsFixture),
      await ledgerOf(annsFixture),
      await ledgerOf(bobsFixture),
    ];
    await sent(first, SPEECH, provider);
    await expect(sent(second, SPEECH, provider)).rejects.toThrow('too many calls');
    await expect(sent(bobs, SPEECH, provider)).resolves.toEqual(expect.any(String));
    const installations = await ledgerOf(bobsFixture);
    await expect(sent(installations, SPEECH, { ...provider, ownKey: false })).resolves.toEqual(expect.any(String));
    await expect(sent(await ledgerOf(annsFixture), SPEECH, { ...provider, ownKey: false })).rejects.toThrow('too many');
  });

  it('is no expense and no failure of the installation', async () => {
    const fixture = ledgerFixtureOn(db, ann);
    const ledger = fixture.ledgerOf((await fixture.claimed()).claim);
    const provider = { ...own, provider: 'sculptor' };
    await ledger.settle(await sent(ledger, SPEECH, provider), { ...ANSWER, provider: 'sculptor' });
    await ledger.fail(await sent(ledger, { ...SPEECH, inputHash: 'c'.repeat(64) }, provider), REFUSAL);
    const names = ['sculptor'];
    expect((await countCalls(db.sql(), names, 15)).size).toBe(0);
    expect((await lastErrors(db.sql(), names)).size).toBe(0);
    expect(await consecutiveFailures(db.sql(), names)).toEqual(new Map([['sculptor', 0]]));
    expect(await countCallsSince(db.sql(), 'sculptor', new Date(0))).toBe(0);
    await ledger.fail(
      await sent(ledger, { ...SPEECH, inputHash: 'd'.repeat(64) }, { ...provider, ownKey: false }),
      REFUSAL,
    );
    expect((await countCalls(db.sql(), names, 15)).get('sculptor')).toMatchObject({ calls: 1, failures: 1 });
    expect(await consecutiveFailures(db.sql(), names)).toEqual(new Map([['sculptor', 1]]));
    const rejected = { ...REFUSAL, code: 'SCULPTOR_CONTENT_REJECTED' };
    const others = { ...SPEECH, inputHash: 'e'.repeat(64) };
    await ledger.fail(await sent(ledger, others, { ...provider, ownKey: false }), rejected);
    expect((await countCalls(db.sql(), names, 15)).get('sculptor')).toMatchObject({ calls: 1, failures: 1 });
    expect(await consecutiveFailures(db.sql(), names), 'a request that is against its rules').toEqual(
      new Map([['sculptor', 1]]),
    );
  });

  it('whose task was started is found again as one with the user’s key', async () => {
    const fixture = ledgerFixtureOn(db, ann);
    const ledger = fixture.ledgerOf((await fixture.claimed()).claim);
    await ledger.started(await sent(ledger, SPEECH, { ...own, provider: 'poller' }), 'task-7');
    expect((await opened(ledger)).started).toMatchObject({ provider: 'poller', startedId: 'task-7', ownKey: true });
  });
});
