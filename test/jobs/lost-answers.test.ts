import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { AppError } from '../../src/errors.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { ownerOn } from '../helpers/video-services.ts';
import { ANSWER, ledgerFixtureOn, opened, SPEECH, sent, TIMEOUT } from './ledger-fixture.ts';

let db: Database;
let owner: Viewer;
let fixture: ReturnType<typeof ledgerFixtureOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  owner = await ownerOn(db);
  fixture = ledgerFixtureOn(db, owner);
});
afterAll(() => db.close());

describe('A request whose answer is missing', () => {
  it('because a worker crashed is sent to no provider before a user retries the video', async () => {
    const { video, jobId, claim } = await fixture.claimed();
    await sent(fixture.ledgerOf(claim));
    const next = await fixture.takenOver(jobId);
    for (const _ of ['first', 'second'])
      await expect(fixture.ledgerOf(next).open(SPEECH)).rejects.toMatchObject({
        code: 'ANSWER_LOST',
        retriable: false,
        message: expect.stringContaining('Retry the video to send it again'),
      });
    expect(await fixture.attemptsOf(video.id)).toMatchObject([
      { state: 'UNCERTAIN', cost: '0.0300', reserved: '0.0000' },
    ]);
  });

  it.each(['CANCELED', 'LEASE_LOST'])(
    'because its worker was interrupted during the call (%s) is sent to no provider either',
    async (code) => {
      const { jobId, claim } = await fixture.claimed();
      const ledger = fixture.ledgerOf(claim);
      await ledger.fail(await sent(ledger), { ...TIMEOUT, code });
      const next = fixture.ledgerOf(await fixture.takenOver(jobId));
      await expect(next.open(SPEECH)).rejects.toMatchObject({ code: 'ANSWER_LOST' });
    },
  );

  it.each(['ask', 'resend'] as const)(
    'because a worker crashed is known to another voice, which has a generation of its own: %s',
    async (policy) => {
      const { video, jobId, claim } = await fixture.claimed();
      await sent(fixture.ledgerOf(claim));
      const next = fixture.ledgerOf(await fixture.takenOver(jobId), policy);
      const byAnother = { ...SPEECH, inputHash: 'b'.repeat(64) };
      if (policy === 'resend') expect(await next.open(byAnother)).toMatchObject({ state: 'OPEN' });
      else await expect(next.open(byAnother)).rejects.toMatchObject({ code: 'ANSWER_LOST' });
      expect(await fixture.attemptsOf(video.id)).toMatchObject([
        { state: 'UNCERTAIN', cost: '0.0300', reserved: '0.0000' },
      ]);
      expect(await next.open({ ...byAnother, sceneId: randomUUID() })).toMatchObject({ state: 'OPEN' });
    },
  );

  it('because its provider did not answer is not sent to that one again', async () => {
    const { jobId, claim } = await fixture.claimed();
    const ledger = fixture.ledgerOf(claim);
    await ledger.fail(await sent(ledger), TIMEOUT);
    expect(await opened(ledger)).toMatchObject({ lostBy: ['speaker'] });
    expect(await opened(fixture.ledgerOf(await fixture.takenOver(jobId)))).toMatchObject({ lostBy: ['speaker'] });
  });

  it('is sent again where the setting is resend', async () => {
    const { video, jobId, claim } = await fixture.claimed();
    await sent(fixture.ledgerOf(claim));
    const ledger = fixture.ledgerOf(await fixture.takenOver(jobId), 'resend');
    expect(await opened(ledger)).toMatchObject({ lostBy: [] });
    await ledger.settle(await sent(ledger), { ...ANSWER, stored: {} });
    expect(await fixture.attemptsOf(video.id)).toMatchObject([{ state: 'UNCERTAIN' }, { state: 'SETTLED', number: 2 }]);
    expect(await fixture.generationsOf(video.id)).toMatchObject([{ status: 'COMPLETED', cost: '0.0550' }]);
  });

  it('is sent again where it is free', async () => {
    const { jobId, claim } = await fixture.claimed();
    await sent(fixture.ledgerOf(claim), SPEECH, { paid: false, mostCost: 0 });
    expect(await opened(fixture.ledgerOf(await fixture.takenOver(jobId)))).toMatchObject({ lostBy: [] });
  });

  it('is looked up where the service has given the id of its task', async () => {
    const { jobId, claim } = await fixture.claimed();
    const ledger = fixture.ledgerOf(claim);
    const attemptId = await sent(ledger);
    await ledger.started(attemptId, 'task-7');
    const next = fixture.ledgerOf(await fixture.takenOver(jobId));
    const started = { attemptId, provider: 'speaker', startedId: 'task-7' };
    expect(await opened(next)).toMatchObject({ started, lostBy: [] });
    await next.settle(attemptId, ANSWER);
    expect(await next.open(SPEECH)).toMatchObject({ state: 'STORED' });
  });

  it('is sent again once a user has retried the video, and needs another retry where that answer is lost too', async () => {
    const { video, jobId, claim } = await fixture.claimed();
    await sent(fixture.ledgerOf(claim));
    const next = await fixture.takenOver(jobId);
    await fixture.outcomes.fail(next, new AppError('ANSWER_LOST', 'It was lost.'), 'trace');
    await fixture.runs.retry(owner, video.id);
    const second = fixture.ledgerOf(await fixture.claim(jobId));
    expect(await opened(second)).toMatchObject({ lostBy: [] });
    await sent(second);
    const third = fixture.ledgerOf(await fixture.takenOver(jobId));
    await expect(third.open(SPEECH)).rejects.toMatchObject({ code: 'ANSWER_LOST' });
    expect(await fixture.attemptsOf(video.id)).toMatchObject([{ run: 1 }, { run: 2, number: 2 }]);
  });
});
