import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import { JobPriority, valuesOf } from '../../src/entities/enums.ts';
import { AppError } from '../../src/errors.ts';
import type { GenerationClaim } from '../../src/jobs/queue/lease.ts';
import { AttemptOutcomes } from '../../src/jobs/worker/attempt-outcomes.ts';
import { LeasedLedger, type LostAnswerPolicy } from '../../src/jobs/worker/leased-ledger.ts';
import { GenerationRuns } from '../../src/services/generations/generation-runs.ts';
import { insertOrder } from '../../src/services/generations/ordered-generations-sql.ts';
import { createTestDatabase } from '../helpers/database.ts';
import { busWithoutRedis, jobFixtureOn } from '../helpers/job-fixture.ts';
import { ownerOn } from '../helpers/video-services.ts';
import { ANSWER, TIMEOUT } from './ledger-fixture.ts';

let db: Database;
let ann: Viewer;
let fixture: ReturnType<typeof jobFixtureOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  fixture = jobFixtureOn(db);
});
afterAll(() => db.close());

/** An order whose job a worker has claimed. */
async function claimed(): Promise<GenerationClaim> {
  ann = await ownerOn(db);
  const id = randomUUIDv7();
  const order = { type: 'TEXT', prompt: 'Bees', maxTokens: 100 } as const;
  await db.transaction(async (em) => {
    await fixture.quotas.reserve(em, ann.userId, 'TEXT');
    await insertOrder(em, { id, userId: ann.userId, order }, { prompt: 'Bees', parameters: {} });
    await fixture.jobs.enqueueGeneration(em, id);
  });
  return await claimNext();
}

async function claimNext(): Promise<GenerationClaim> {
  const claim = await fixture.jobs.claimNext('AI', valuesOf(JobPriority), randomUUIDv7());
  if (claim === null || !('generationId' in claim)) throw new Error('There is a job of a generation.');
  return claim;
}

async function takenOver({ jobId }: GenerationClaim): Promise<GenerationClaim> {
  await sql`update jobs set lease_expires_at = now() - interval '1 second' where id = ${jobId}`.execute(db.sql());
  return await claimNext();
}

const REQUEST = { stage: null, sceneId: null, inputHash: 'a', type: 'TEXT', prompt: '', parameters: {} } as const;
const ledgerOf = (claim: GenerationClaim, lostAnswers: LostAnswerPolicy = 'ask') =>
  new LeasedLedger({ db, jobs: fixture.jobs, claim, lostAnswers });
async function sent(ledger: LeasedLedger, generationId: string): Promise<string> {
  const attempt = { provider: 'pen', model: 'p1', paid: true, mostCost: 300, concurrency: 100 };
  return (await ledger.send({ generationId, ...attempt })) ?? '';
}

const rowOf = async ({ generationId }: GenerationClaim) =>
  await db.sql().selectFrom('ai_generations').selectAll().where('id', '=', generationId).executeTakeFirstOrThrow();
const jobOf = async ({ jobId }: GenerationClaim) =>
  await db.sql().selectFrom('jobs').selectAll().where('id', '=', jobId).executeTakeFirstOrThrow();
const taken = async () => {
  const quotas = await fixture.quotas.quotasOf(ann.userId);
  return quotas.filter(({ type }) => type === 'TEXT').map(({ used, reserved }) => [used, reserved]);
};

describe('A job of a generation', () => {
  it('completes it together with its quota, not before', async () => {
    const claim = await claimed();
    const ledger = ledgerOf(claim);
    expect(await ledger.open(REQUEST)).toEqual({ state: 'OPEN', id: claim.generationId, lostBy: [] });
    await ledger.settle(await sent(ledger, claim.generationId), { ...ANSWER, stored: { text: 'Bees dance.' } });
    expect([(await rowOf(claim)).status, await taken()]).toEqual([
      'PENDING',
      [
        [0, 1],
        [0, 1],
      ],
    ]);
    // A worker that crashes here has the answer.
    const next = await takenOver(claim);
    expect(await ledgerOf(next).open(REQUEST)).toMatchObject({ state: 'STORED', stored: { text: 'Bees dance.' } });
    await fixture.outcomes.complete(next);
    expect([(await rowOf(claim)).status, await taken()]).toEqual([
      'COMPLETED',
      [
        [1, 0],
        [1, 0],
      ],
    ]);
    expect(await jobOf(claim)).toMatchObject({ status: 'DONE' });
  });

  it('leaves it PENDING while it is tried again, with the reason, and releases the quota when it has failed', async () => {
    const policy = { retries: 1, firstDelaySeconds: 0 };
    const { jobs, quotas } = fixture;
    const outcomes = new AttemptOutcomes({ db, jobs, quotas, bus: busWithoutRedis(), policy });
    const claim = await claimed();
    const failure = new AppError('OPENAI_RATE_LIMITED', 'Too many requests.', { retriable: true });
    const refused = { ...TIMEOUT, state: 'REFUSED', code: failure.code, message: failure.message, cost: 0 } as const;
    await ledgerOf(claim).fail(await sent(ledgerOf(claim), claim.generationId), refused);
    expect(await rowOf(claim)).toMatchObject({ status: 'PENDING', error_code: 'OPENAI_RATE_LIMITED' });
    expect(await outcomes.fail(claim, failure, 'trace')).toBe('RETRYING');
    expect(await rowOf(claim)).toMatchObject({ status: 'PENDING', error_code: 'OPENAI_RATE_LIMITED' });
    expect(await taken()).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(await outcomes.fail(await claimNext(), failure, 'trace')).toBe('FAILED');
    expect(await rowOf(claim)).toMatchObject({ status: 'FAILED', error_message: 'Too many requests.' });
    expect(await taken()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('whose worker crashed during a paid call is UNCERTAIN and not sent again until an operator decides', async () => {
    const claim = await claimed();
    await sent(ledgerOf(claim), claim.generationId);
    const next = await takenOver(claim);
    const lost: unknown = await ledgerOf(next)
      .open(REQUEST)
      .catch((thrown: unknown) => thrown);
    expect(lost).toMatchObject({ code: 'ANSWER_LOST', retriable: false });
    expect(lost).toMatchObject({ message: expect.stringMatching(/^The request went out to pen .* Generate it anew/) });
    await fixture.outcomes.fail(next, AppError.from(lost), 'trace');
    expect(await rowOf(claim)).toMatchObject({ status: 'UNCERTAIN', error_code: 'ANSWER_LOST', cost: '0.0300' });
    expect(await taken()).toEqual([
      [0, 0],
      [0, 0],
    ]);

    const runs = new GenerationRuns(fixture);
    expect(await db.transaction((em) => runs.restart(em, claim.generationId))).toBe(true);
    expect(await rowOf(claim)).toMatchObject({ status: 'PENDING', run: 2 });
    expect(await taken()).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(await ledgerOf(await claimNext()).open(REQUEST)).toMatchObject({ state: 'OPEN', lostBy: [] });
  });

  it('is sent again at once where the setting is resend, and looked up where the service has given an id', async () => {
    const claim = await claimed();
    const ledger = ledgerOf(claim);
    const attemptId = await sent(ledger, claim.generationId);
    const second = await takenOver(claim);
    expect(await ledgerOf(second, 'resend').open(REQUEST)).toMatchObject({ state: 'OPEN', lostBy: [] });
    const started = await sent(ledgerOf(second, 'resend'), claim.generationId);
    expect(started).not.toBe(attemptId);
    await ledgerOf(second).started(started, 'task-7');
    const third = ledgerOf(await takenOver(second), 'resend');
    expect(await third.open(REQUEST)).toMatchObject({ started: { attemptId: started, startedId: 'task-7' } });
  });

  it('that crashes its workers is quarantined, and releases the quota', async () => {
    const claim = await claimed();
    await fixture.outcomes.quarantine(claim, new AppError('WORKER_DOWN', 'Two crashes.'), 'trace');
    expect(await rowOf(claim)).toMatchObject({ status: 'FAILED', error_code: 'WORKER_DOWN' });
    expect([await jobOf(claim), await taken()]).toMatchObject([
      { status: 'FAILED' },
      [
        [0, 0],
        [0, 0],
      ],
    ]);
  });
});
