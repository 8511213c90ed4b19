import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import type { GenerationRequest } from '../../src/providers/ledger.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { ownerOn } from '../helpers/video-services.ts';
import { ANSWER, ledgerFixtureOn, opened, REFUSAL, SPEECH, sent, TIMEOUT } from './ledger-fixture.ts';

let db: Database;
let owner: Viewer;
let fixture: ReturnType<typeof ledgerFixtureOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  owner = await ownerOn(db);
  fixture = ledgerFixtureOn(db, owner);
});
afterAll(() => db.close());

describe('A provider request of a video', () => {
  it('is SENT with its highest cost reserved, then SETTLED with its real cost, and its answer is found again', async () => {
    const { video, jobId, claim } = await fixture.claimed();
    const ledger = fixture.ledgerOf(claim);
    const attemptId = await sent(ledger);
    expect(await fixture.attemptsOf(video.id)).toMatchObject([{ state: 'SENT', reserved: '0.0300', cost: '0.0000' }]);
    await ledger.settle(attemptId, ANSWER);
    expect(await fixture.attemptsOf(video.id)).toMatchObject([
      { state: 'SETTLED', reserved: '0.0000', cost: '0.0250' },
    ]);
    const next = fixture.ledgerOf(await fixture.takenOver(jobId));
    expect(await next.open(SPEECH)).toEqual({ state: 'STORED', stored: { key: 'voice.wav' }, provider: 'speaker' });
    expect(await fixture.generationsOf(video.id)).toMatchObject([
      {
        type: 'AUDIO',
        status: 'COMPLETED',
        provider: 'speaker',
        model: 's1',
        prompt: 'Bees dance.',
        tokens_used: 40,
        cost: '0.0250',
        processing_time_ms: 900,
        user_id: owner.userId,
      },
    ]);
  });

  it('has one generation for each scene, request and stage, also without a scene', async () => {
    const { video, claim } = await fixture.claimed();
    const ledger = fixture.ledgerOf(claim);
    const script: GenerationRequest = { ...SPEECH, stage: 'SCRIPT', sceneId: null, type: 'TEXT' };
    const others = [{ ...SPEECH, sceneId: randomUUID() }, { ...SPEECH, inputHash: 'b'.repeat(64) }, script];
    for (const request of [SPEECH, ...others, SPEECH, script]) await opened(ledger, request);
    expect(await fixture.generationsOf(video.id)).toHaveLength(4);
    await ledger.settle(await sent(ledger, script), { ...ANSWER, stored: { title: 'Bees' } });
    expect(await ledger.open(script)).toMatchObject({ state: 'STORED', stored: { title: 'Bees' } });
    expect(await ledger.open(SPEECH)).toMatchObject({ state: 'OPEN' });
  });

  it('may be sent again where the provider refused it, and the generation sums up what its attempts have cost', async () => {
    const { video, jobId, claim } = await fixture.claimed();
    const ledger = fixture.ledgerOf(claim);
    await ledger.fail(await sent(ledger), { ...REFUSAL, cost: 100 });
    expect(await fixture.generationsOf(video.id)).toMatchObject([
      { status: 'FAILED', error_code: 'OPENAI_API_ERROR', cost: '0.0100' },
    ]);
    const next = fixture.ledgerOf(await fixture.takenOver(jobId));
    expect(await opened(next)).toMatchObject({ lostBy: [] });
    await next.settle(await sent(next, SPEECH, { provider: 'other' }), { ...ANSWER, provider: 'other' });
    expect(await fixture.attemptsOf(video.id)).toMatchObject([
      { provider: 'speaker', number: 1, state: 'REFUSED', cost: '0.0100' },
      { provider: 'other', number: 1, state: 'SETTLED', cost: '0.0250' },
    ]);
    expect(await fixture.generationsOf(video.id)).toMatchObject([
      { status: 'COMPLETED', provider: 'other', error_code: null, cost: '0.0350' },
    ]);
  });

  it('is SENT to one provider at a time', async () => {
    const { video, claim } = await fixture.claimed();
    const ledger = fixture.ledgerOf(claim);
    const { id: generationId } = await opened(ledger);
    const attempt = { generationId, provider: 'speaker', model: 's1', paid: true, mostCost: 0, concurrency: 9 };
    await ledger.send(attempt);
    await expect(ledger.send({ ...attempt, provider: 'other' })).rejects.toThrow(/generation_attempts_sent_unique/);
    expect(await fixture.attemptsOf(video.id)).toHaveLength(1);
  });
});

describe("A provider's limit of calls at once", () => {
  it('holds across videos and workers, and ends with each call', async () => {
    const [one, two] = [await fixture.claimed(), await fixture.claimed()];
    const limited = { provider: `limited-${randomUUID()}`, concurrency: 1 };
    const first = await sent(fixture.ledgerOf(one.claim), SPEECH, limited);
    const second = fixture.ledgerOf(two.claim);
    await expect(sent(second, SPEECH, limited)).rejects.toThrow('too many calls');
    await fixture.ledgerOf(one.claim).settle(first, ANSWER);
    expect(await sent(second, SPEECH, limited)).toEqual(expect.any(String));
  });

  it('does not count the calls of a crashed worker, so that no job waits for one that waits for a worker itself', async () => {
    const [crashed, waiting] = [await fixture.claimed(), await fixture.claimed()];
    const limited = { provider: `limited-${randomUUID()}`, concurrency: 1 };
    await sent(fixture.ledgerOf(crashed.claim), SPEECH, limited);
    const ledger = fixture.ledgerOf(waiting.claim);
    await expect(sent(ledger, SPEECH, limited)).rejects.toThrow('too many calls');
    await fixture.loseLease(crashed.jobId);
    const attemptId = await sent(ledger, SPEECH, limited);
    expect(attemptId).toEqual(expect.any(String));
    await ledger.settle(attemptId, ANSWER);
    // Also where the next worker has the job, and has not come to that content again.
    const next = fixture.ledgerOf(await fixture.claim(crashed.jobId));
    const other = { ...SPEECH, sceneId: randomUUID() };
    const underWay = await sent(next, other, limited);
    await expect(sent(ledger, other, limited), 'its own calls count').rejects.toThrow('too many calls');
    await next.settle(underWay, ANSWER);
    expect(await sent(ledger, other, limited)).toEqual(expect.any(String));
  });
});

describe('The cost limit of a video', () => {
  it('refuses the call that could exceed it, before it is made', async () => {
    const { video, claim } = await fixture.claimed();
    await fixture.limitTo(video.id, '0.0599');
    const ledger = fixture.ledgerOf(claim);
    const scene = () => ({ ...SPEECH, sceneId: randomUUID() });
    await sent(ledger, scene());
    await expect(sent(ledger, scene())).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
      retriable: false,
      message: expect.stringContaining('may cost $0.0300, and $0.0300 of the limit of $0.0599'),
    });
    expect(await fixture.attemptsOf(video.id)).toHaveLength(1);
    await fixture.limitTo(video.id, '0.0600');
    await sent(ledger, scene());
  });

  it('is compared with calls that are only worth making together, before the first of them', async () => {
    const { video, claim } = await fixture.claimed();
    const ledger = fixture.ledgerOf(claim);
    const talk = { ...SPEECH, inputHash: 'c'.repeat(64) };
    const scenes = ['one', 'two', 'three'].map(() => ({ ...talk, sceneId: randomUUID() }));
    const calls = scenes.map((scene) => ({ ...scene, provider: 'presenter', mostCost: 300 }));
    await ledger.ensureBudget(calls);
    await fixture.limitTo(video.id, '0.1199');
    await sent(ledger);
    await expect(ledger.ensureBudget(calls)).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
      message: expect.stringContaining(
        'The next 3 calls of presenter may cost $0.0900, and $0.0300 of the limit of $0.1199',
      ),
    });
    await fixture.limitTo(video.id, '0.1200');
    await ledger.ensureBudget(calls);
    expect(await fixture.attemptsOf(video.id), 'nothing is reserved').toHaveLength(1);
    expect(await fixture.generationsOf(video.id), 'nothing is recorded').toHaveLength(1);
    // One is stored for less than it could cost, one has a task: only the third is still to be paid.
    const [stored = talk, begun = talk] = scenes;
    await ledger.settle(await sent(ledger, stored), { ...ANSWER, cost: 299 });
    await ledger.started(await sent(ledger, begun), 'task-1');
    await fixture.limitTo(video.id, '0.1199');
    await ledger.ensureBudget(calls);
    await fixture.limitTo(video.id, '0.1198');
    await expect(ledger.ensureBudget(calls)).rejects.toThrow('The next call of presenter may cost $0.0300');
  });

  it('counts what an answer really cost once it has arrived', async () => {
    const { video, claim } = await fixture.claimed();
    await fixture.limitTo(video.id, '0.0550');
    const ledger = fixture.ledgerOf(claim);
    await ledger.settle(await sent(ledger), ANSWER);
    expect(await sent(ledger, { ...SPEECH, sceneId: randomUUID() })).toEqual(expect.any(String));
  });

  it('is not exceeded by parallel calls together', async () => {
    const { video, claim } = await fixture.claimed();
    await fixture.limitTo(video.id, '0.1000');
    const calls = Array.from({ length: 10 }, () => sent(fixture.ledgerOf(claim), { ...SPEECH, sceneId: randomUUID() }));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });

  it('does not hold for providers that cost nothing', async () => {
    const { video, claim } = await fixture.claimed();
    await fixture.limitTo(video.id, '0.0000');
    expect(await sent(fixture.ledgerOf(claim), SPEECH, { paid: false, mostCost: 0 })).toEqual(expect.any(String));
  });
});

describe('A worker that lost its lease', () => {
  it('can no longer send, settle or fail requests', async () => {
    const { video, jobId, claim } = await fixture.claimed();
    const staleLedger = fixture.ledgerOf(claim, 'resend');
    const { id: generationId } = await opened(staleLedger);
    const newLedger = fixture.ledgerOf(await fixture.takenOver(jobId), 'resend');
    const refused = expect.objectContaining({ code: 'LEASE_LOST' });
    const attempt = { generationId, provider: 'speaker', model: 's1', paid: true, mostCost: 0, concurrency: 9 };
    await expect(staleLedger.open({ ...SPEECH, sceneId: randomUUID() })).rejects.toEqual(refused);
    await expect(staleLedger.send(attempt)).rejects.toEqual(refused);
    const attemptId = await sent(newLedger);
    for (const write of [
      () => staleLedger.started(attemptId, 'task'),
      () => staleLedger.settle(attemptId, ANSWER),
      () => staleLedger.fail(attemptId, TIMEOUT),
    ])
      await expect(write()).rejects.toEqual(refused);
    expect(await fixture.attemptsOf(video.id)).toMatchObject([{ state: 'SENT' }]);
  });

  it('sends nothing after its video was canceled', async () => {
    const { video, claim } = await fixture.claimed();
    const ledger = fixture.ledgerOf(claim);
    await opened(ledger);
    await fixture.runs.cancel(owner, video.id);
    await expect(sent(ledger)).rejects.toMatchObject({ code: 'LEASE_LOST' });
  });
});
