import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { Database } from '../../src/db/database.ts';
import type { Claim } from '../../src/jobs/queue/lease.ts';
import { LeasedLedger, type LostAnswerPolicy } from '../../src/jobs/worker/leased-ledger.ts';
import type {
  AttemptRequest,
  FailedAttempt,
  GenerationRequest,
  Ledger,
  SettledAttempt,
} from '../../src/providers/ledger.ts';
import { jobFixtureOn } from '../helpers/job-fixture.ts';

export const SPEECH: GenerationRequest = {
  stage: 'SPEECH',
  sceneId: randomUUID(),
  inputHash: 'a'.repeat(64),
  type: 'AUDIO',
  prompt: 'Bees dance.',
  parameters: { language: 'en' },
};
export const ANSWER: SettledAttempt = {
  stored: { key: 'voice.wav' },
  provider: 'speaker',
  model: 's1',
  tokens: 40,
  cost: 250,
  milliseconds: 900,
};
export const TIMEOUT: FailedAttempt = {
  state: 'UNCERTAIN',
  code: 'OPENAI_TIMEOUT',
  message: 'Too late.',
  cost: 300,
  milliseconds: 9_000,
};
export const REFUSAL: FailedAttempt = { ...TIMEOUT, state: 'REFUSED', code: 'OPENAI_API_ERROR', cost: 0 };

/** The open generation of the request. */
export async function opened(ledger: Ledger, request = SPEECH) {
  const generation = await ledger.open(request);
  if (generation.state !== 'OPEN') throw new Error('Its answer is stored.');
  return generation;
}

/** Sends the request to a provider, and returns the attempt's id. */
export async function sent(ledger: Ledger, request = SPEECH, attempt: Partial<AttemptRequest> = {}): Promise<string> {
  const { id } = await opened(ledger, request);
  const defaults = { provider: 'speaker', model: 's1', paid: true, mostCost: 300, concurrency: 100 };
  const attemptId = await ledger.send({ generationId: id, ...defaults, ...attempt });
  if (attemptId === null) throw new Error('The provider has too many calls.');
  return attemptId;
}

/** The steps that tests of the ledger do by hand. */
export function ledgerFixtureOn(db: Database, owner: Viewer) {
  const fixture = jobFixtureOn(db);
  const loseLease = async (jobId: string) => {
    await sql`update jobs set lease_expires_at = now() - interval '1 second' where id = ${jobId}`.execute(db.sql());
  };
  return {
    ...fixture,
    /** A video that a worker has claimed. */
    async claimed() {
      const { video, jobId } = await fixture.order(owner);
      return { video, jobId, claim: await fixture.claim(jobId) };
    },
    ledgerOf: (claim: Claim, lostAnswers: LostAnswerPolicy = 'ask') =>
      new LeasedLedger({ db, jobs: fixture.jobs, claim, lostAnswers }),
    attemptsOf: async (videoId: string) =>
      await db
        .sql()
        .selectFrom('generation_attempts as attempt')
        .innerJoin('ai_generations as generation', 'generation.id', 'attempt.generation_id')
        .select([
          'attempt.provider',
          'number',
          'state',
          'attempt.cost',
          'reserved',
          'attempt.error_code',
          'attempt.run',
        ])
        .where('video_id', '=', videoId)
        .orderBy('attempt.sent_at')
        .orderBy('attempt.id')
        .execute(),
    generationsOf: async (videoId: string) =>
      await db.sql().selectFrom('ai_generations').selectAll().where('video_id', '=', videoId).orderBy('id').execute(),
    /** The worker crashed. */
    loseLease,
    /** The worker crashed; the next one has the job. */
    async takenOver(jobId: string) {
      await loseLease(jobId);
      return await fixture.claim(jobId);
    },
    async limitTo(videoId: string, dollars: string) {
      await sql`update videos set max_cost = ${dollars}::numeric where id = ${videoId}`.execute(db.sql());
    },
  };
}
