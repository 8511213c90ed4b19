import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { readOutboxAge, readProviderDay, readQueueFigures } from '../../../src/services/queues/work-figures-sql.ts';
import { useQueues } from './queues-setup.ts';

const setup = useQueues();
const { put } = setup;
const NONE = { URGENT: 0, NORMAL: 0, LOW: 0 };

describe('The figures of the queues', () => {
  it('are those of jobs that may begin now, and of the longest wait and silence', async () => {
    await put(2, { available: -90 });
    await put(1, { priority: 'URGENT', available: -30 });
    await put(3, { available: 3_600 });
    await put(2, { status: 'ACTIVE' });
    await put(4, { status: 'DONE', finished: -5 });
    await sql`update jobs set claimed_at = now() - interval '100 seconds' where status = 'ACTIVE'`.execute(
      setup.db.sql(),
    );
    await sql`update jobs set heartbeat_at = now() - interval '7 seconds'
      where id = (select min(id::text)::uuid from jobs where status = 'ACTIVE')`.execute(setup.db.sql());
    const [video, ...others] = await readQueueFigures(setup.db.sql());
    expect(video).toMatchObject({ queue: 'VIDEO', waiting: { URGENT: 1, NORMAL: 2, LOW: 0 }, active: 2 });
    expect(Math.round(video?.oldestWaitingSeconds ?? 0)).toBe(90);
    // The one that has never sent a heartbeat.
    expect(Math.round(video?.leaseAgeSeconds ?? 0)).toBe(100);
    const empty = { waiting: NONE, active: 0, oldestWaitingSeconds: 0, leaseAgeSeconds: 0 };
    expect(others).toEqual(['AI', 'SOCIAL', 'ANALYTICS'].map((queue) => ({ queue, ...empty })));
  });

  it('have the age of the oldest notification that was not sent', async () => {
    const { db } = setup;
    await sql`delete from outbox`.execute(db.sql());
    expect(await readOutboxAge(db.sql())).toBe(0);
    await put(2, {});
    for (const age of [40, 10])
      await sql`insert into outbox (queue, job_id, ring, created_at)
        select 'VIDEO', id, 1, now() - make_interval(secs => ${age}) from jobs limit 1`.execute(db.sql());
    expect(Math.round(await readOutboxAge(db.sql()))).toBe(40);
  });
});

describe('The figures of a provider', () => {
  it('are of the last 24 hours; calls with keys of users cost the installation nothing', async () => {
    const { db } = setup;
    expect(await readProviderDay(db.sql())).toEqual([]);
    const attempt = async (provider: string, state: string, cost: number, { hours = 1, ownKey = false } = {}) => {
      const id = randomUUIDv7();
      await sql`insert into ai_generations (id, type, provider, status)
        values (${id}, 'TEXT', ${provider}, 'COMPLETED')`.execute(db.sql());
      await sql`insert into generation_attempts (id, generation_id, provider, number, paid, run, state, cost, own_key, sent_at)
        values (${randomUUIDv7()}, ${id}, ${provider}, 1, true, 1, ${state}, ${cost}, ${ownKey},
          now() - make_interval(hours => ${hours}))`.execute(db.sql());
    };
    await attempt('openai', 'SETTLED', 0.25);
    await attempt('openai', 'SETTLED', 1);
    await attempt('openai', 'SETTLED', 8, { ownKey: true });
    await attempt('openai', 'UNCERTAIN', 0.5);
    await attempt('openai', 'REFUSED', 0);
    await attempt('gemini', 'SENT', 0);
    await attempt('gemini', 'SETTLED', 4, { hours: 25 });
    await attempt('old', 'SETTLED', 4, { hours: 40 });
    expect(await readProviderDay(db.sql())).toEqual([
      { provider: 'gemini', cost: 0, attempts: { SENT: 1, SETTLED: 0, REFUSED: 0, UNCERTAIN: 0 } },
      { provider: 'old', cost: 0, attempts: { SENT: 0, SETTLED: 0, REFUSED: 0, UNCERTAIN: 0 } },
      { provider: 'openai', cost: 1.75, attempts: { SENT: 0, SETTLED: 3, REFUSED: 1, UNCERTAIN: 1 } },
    ]);
  });
});
