import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { QuotaService } from '../../../src/services/quotas/quota.service.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { ownerOn } from '../../helpers/video-services.ts';

let db: Database;
let ann: string;
let quotas: QuotaService;
let notices: string[];
beforeAll(async () => {
  db = await createTestDatabase();
  quotas = new QuotaService(db, undefined, (userId) => void notices.push(userId));
});
afterAll(() => db.close());
beforeEach(async () => {
  ann = (await ownerOn(db)).userId;
  notices = [];
});

describe('A change of a user’s quotas', () => {
  it.each(['reserve', 'settle'] as const)('(%s) is announced once it is committed, and not before', async (step) => {
    await db.transaction(async (em) => {
      if (step === 'reserve') await quotas.reserve(em, ann, 'VIDEO');
      else await quotas.settle(em, ann, 'VIDEO', 'used');
      expect(notices).toEqual([]);
    });
    expect(notices).toEqual([ann]);
  });

  it('is not announced where it is rolled back', async () => {
    const failing = db.transaction(async (em) => {
      await quotas.reserve(em, ann, 'VIDEO');
      throw new Error('the video could not be inserted');
    });
    await expect(failing).rejects.toThrow('could not be inserted');
    expect(notices).toEqual([]);
  });

  it('by a limit of one’s own is announced', async () => {
    await quotas.setLimit(COMMAND_LINE, { userId: ann, type: 'TEXT', period: 'DAILY' }, 5);
    expect(notices).toEqual([ann]);
    await expect(quotas.setLimit(COMMAND_LINE, { userId: ann, type: 'TEXT', period: 'DAILY' }, -1)).rejects.toThrow();
    expect(notices).toEqual([ann]);
  });
});
