import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { faultsOf } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { jobFixtureOn } from '../../helpers/job-fixture.ts';
import { ownerOn, videoQuotasOf } from '../../helpers/video-services.ts';

let db: Database;
let fixture: ReturnType<typeof jobFixtureOn>;
beforeAll(async () => {
  db = await createTestDatabase();
  fixture = jobFixtureOn(db);
});
afterAll(() => db.close());

const newOwner = () => ownerOn(db);

describe('A limit of a user’s own', () => {
  const key = (userId: string) => ({ userId, type: 'VIDEO', period: 'DAILY' }) as const;
  const orders = async (owner: Viewer, count: number) =>
    (await Promise.all(Array.from({ length: count }, () => faultsOf(fixture.order(owner))))).filter(
      (faults) => faults.length === 0,
    ).length;

  it('takes precedence over the plan, also a lower one, and counts what is used already', async () => {
    const ann = await newOwner();
    expect(await orders(ann, 2)).toBe(2);
    await fixture.quotas.setLimit(COMMAND_LINE, key(ann.userId), 3);
    expect(await orders(ann, 4)).toBe(1);
    const [day, month] = await videoQuotasOf(fixture, ann.userId);
    expect(day).toMatchObject({ limit: 3, reserved: 3, remaining: 0, status: 'EXCEEDED' });
    expect(month).toMatchObject({ limit: 500 });
    await fixture.quotas.setLimit(COMMAND_LINE, key(ann.userId), 60);
    expect(await orders(ann, 60)).toBe(57);
  });

  it('of 0 allows nothing', async () => {
    const ann = await newOwner();
    await fixture.quotas.setLimit(COMMAND_LINE, key(ann.userId), 0);
    expect(await faultsOf(fixture.order(ann))).toEqual([['QUOTA_EXCEEDED', undefined]]);
    expect((await videoQuotasOf(fixture, ann.userId))[0]).toMatchObject({ limit: 0, percentage: 100 });
  });

  it('of another type does not hold for videos', async () => {
    const ann = await newOwner();
    await fixture.quotas.setLimit(COMMAND_LINE, { ...key(ann.userId), type: 'IMAGE' }, 0);
    expect(await faultsOf(fixture.order(ann))).toEqual([]);
  });

  it('is a number of at least 0, of a user that exists', async () => {
    const ann = await newOwner();
    for (const limit of [-1, 100_000_001])
      expect(await faultsOf(fixture.quotas.setLimit(COMMAND_LINE, key(ann.userId), limit))).toEqual([
        ['INVALID', 'limit'],
      ]);
    await fixture.quotas.setLimit(COMMAND_LINE, key(ann.userId), 100_000_000);
    expect(await faultsOf(fixture.quotas.setLimit(COMMAND_LINE, key(randomUUID()), 5))).toEqual([
      ['NOT_FOUND', 'userId'],
    ]);
  });
});
