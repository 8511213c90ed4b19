import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FieldCipher } from '../../../src/auth/secrets.ts';
import type { Database } from '../../../src/db/database.ts';
import { AppError } from '../../../src/errors.ts';
import type { SignedInActor } from '../../../src/services/audit/actor.ts';
import { ProviderKeyService } from '../../../src/services/providers/provider-key.service.ts';
import { faultsOf } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { ownerOn } from '../../helpers/video-services.ts';

const KEY = 'sk-my-own-key-1234567890';

let db: Database;
let keys: ProviderKeyService;
let ann: string;
let byAnn: SignedInActor;
let answer: AppError | null;
let tested: (readonly string[])[];
let faults: string[];
beforeAll(async () => {
  db = await createTestDatabase();
  keys = keysWith('k');
});
afterAll(() => db.close());
beforeEach(async () => {
  byAnn = { viewer: await ownerOn(db), ipAddress: null };
  ann = byAnn.viewer.userId;
  answer = null;
  [tested, faults] = [[], []];
});

const keysWith = (id: string) =>
  new ProviderKeyService({
    db,
    cipher: new FieldCipher([{ id, key: Buffer.alloc(32, id) }]),
    providers: ['groq', 'openai'],
    test: async (...given) => {
      tested.push(given);
      return answer;
    },
    onFault: (_thrown, provider) => void faults.push(provider),
  });
const stored = async () =>
  (
    await sql<{ row: string }>`select provider_keys::text as row from provider_keys where user_id = ${ann}`.execute(
      db.sql(),
    )
  ).rows;

describe('A key of a user’s own', () => {
  it('is tested once, stored encrypted, and shown by its last four characters', async () => {
    const { providerKey, warnings } = await keys.set(byAnn, 'groq', `  ${KEY}\n`);
    const shown = { provider: 'groq', lastFour: '7890', setAt: expect.any(Date) };
    expect(providerKey).toEqual(shown);
    expect(warnings).toEqual([]);
    expect(await keys.list(ann)).toEqual([shown]);
    expect(tested).toEqual([[ann, 'groq', KEY]]);
    const [row] = await stored();
    expect(row?.row).toContain('groq');
    expect(row?.row).not.toContain('my-own-key');
    expect(await keys.usableKeys(ann)).toEqual([{ provider: 'groq', key: KEY, setAt: providerKey.setAt }]);
  });

  it('is replaced by another, and then no longer current', async () => {
    const { providerKey: first } = await keys.set(byAnn, 'groq', KEY);
    await sql`update provider_keys set set_at = set_at - interval '1 second' where user_id = ${ann}`.execute(db.sql());
    const { providerKey: second } = await keys.set(byAnn, 'groq', `${KEY}-new1`);
    expect(await keys.list(ann)).toEqual([{ ...second, lastFour: 'new1' }]);
    expect(await keys.isCurrent(ann, { ...first, setAt: new Date(first.setAt.getTime() - 1_000) })).toBe(false);
    expect(await keys.isCurrent(ann, second)).toBe(true);
  });

  it('is removed by its owner, and no other user sees or removes it', async () => {
    const { providerKey } = await keys.set(byAnn, 'groq', KEY);
    const byBob = { viewer: await ownerOn(db), ipAddress: null };
    expect(await keys.list(byBob.viewer.userId)).toEqual([]);
    expect(await faultsOf(keys.remove(byBob, 'groq'))).toEqual([['NOT_FOUND', 'provider']]);
    await keys.remove(byAnn, 'groq');
    expect(await keys.list(ann)).toEqual([]);
    expect(await keys.isCurrent(ann, providerKey)).toBe(false);
    expect(await faultsOf(keys.remove(byAnn, 'groq'))).toEqual([['NOT_FOUND', 'provider']]);
  });

  it('is deleted with its owner', async () => {
    await keys.set(byAnn, 'groq', KEY);
    await sql`delete from users where id = ${ann}`.execute(db.sql());
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['local', KEY, 'NOT_FOUND', 'provider'],
    ['polly', KEY, 'NOT_FOUND', 'provider'],
    ['groq', 'x'.repeat(15), 'TOO_SHORT', 'key'],
    ['groq', 'x'.repeat(501), 'TOO_LONG', 'key'],
    ['groq', 'two words of a key', 'INVALID', 'key'],
    ['groq', 'a-key-with-an-ü-in-it', 'INVALID', 'key'],
    ['groq', 'a-key-with-a\r\nheader: x', 'INVALID', 'key'],
  ])('for %s is not %j: %s', async (provider, key, code, field) => {
    expect(await faultsOf(keys.set(byAnn, provider, key))).toEqual([[code, field]]);
    expect(tested).toEqual([]);
    expect(await keys.list(ann)).toEqual([]);
  });

  it('may have 16 to 500 characters', async () => {
    for (const length of [16, 500]) await keys.set(byAnn, 'groq', 'x'.repeat(length));
    expect(tested).toHaveLength(2);
  });

  it('that the service refuses is not stored, and an earlier one stays', async () => {
    await keys.set(byAnn, 'groq', KEY);
    answer = new AppError('GROQ_INVALID_API_KEY', 'Groq does not accept your own key.');
    expect(await faultsOf(keys.set(byAnn, 'groq', `${KEY}-bad1`))).toEqual([['INVALID', 'key']]);
    expect(await keys.list(ann)).toMatchObject([{ lastFour: '7890' }]);
  });

  it('that could not be tested is stored with a warning', async () => {
    answer = new AppError('GROQ_TIMEOUT', 'Groq did not answer in time.');
    const { warnings } = await keys.set(byAnn, 'groq', KEY);
    const message = 'The key is stored, but groq could not be tested with it: Groq did not answer in time.';
    expect(warnings).toEqual([{ code: 'PROVIDER_UNAVAILABLE', message, field: ['key'] }]);
    expect(await keys.list(ann)).toHaveLength(1);
  });

  it('that cannot be decrypted is not used, which operators learn; nor is one that was copied to another user', async () => {
    await keys.set(byAnn, 'groq', KEY);
    expect(await keysWith('z').usableKeys(ann)).toEqual([]);
    const bob = (await ownerOn(db)).userId;
    await sql`insert into provider_keys select ${bob}, provider, key_encrypted, last_four, set_at from provider_keys where user_id = ${ann}`.execute(
      db.sql(),
    );
    expect(await keys.usableKeys(bob)).toEqual([]);
    expect(faults).toEqual(['groq', 'groq']);
  });
});
