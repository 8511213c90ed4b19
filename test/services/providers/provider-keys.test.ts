import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FieldCipher } from '../../../src/auth/secrets.ts';
import type { Database } from '../../../src/db/database.ts';
import { AppError } from '../../../src/errors.ts';
import type { SignedInActor } from '../../../src/services/audit/actor.ts';
import type { KeyForm } from '../../../src/services/providers/key-form.ts';
import { ProviderKeyService } from '../../../src/services/providers/provider-key.service.ts';
import { faultsOf } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { ownerOn } from '../../helpers/video-services.ts';

const KEY = 'sk-my-own-key-1234567890';
const ID = 'AKIAIOSFODNN7EXAMPLE';
const FORMS: readonly KeyForm[] = [
  { provider: 'groq', hasAccessKeyId: false, region: 'none' },
  { provider: 'polly', hasAccessKeyId: true, region: 'optional' },
  { provider: 'azure_speech', hasAccessKeyId: false, region: 'required' },
  { provider: 'openai_compatible', refusal: 'A server of your own is not called.' },
];

let db: Database;
let keys: ProviderKeyService;
let ann: string;
let byAnn: SignedInActor;
let answer: AppError | null;
let tested: unknown[];
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
    forms: FORMS,
    test: async (...given) => {
      tested.push(given);
      return answer;
    },
    onFault: (_thrown, provider) => void faults.push(provider),
  });
const setGroq = (key: string) => keys.set(byAnn, { provider: 'groq', key });
const stored = async () =>
  (
    await sql<{ row: string }>`select provider_keys::text as row from provider_keys where user_id = ${ann}`.execute(
      db.sql(),
    )
  ).rows;

describe('A key of a user’s own', () => {
  it('is tested once, stored encrypted, and shown by its last four characters', async () => {
    const { providerKey, warnings } = await setGroq(`  ${KEY}\n`);
    const shown = { provider: 'groq', lastFour: '7890', setAt: expect.any(Date) };
    expect(providerKey).toEqual(shown);
    expect(warnings).toEqual([]);
    expect(await keys.list(ann)).toEqual([shown]);
    expect(tested).toEqual([[ann, { provider: 'groq', key: KEY }]]);
    const [row] = await stored();
    expect(row?.row).toContain('groq');
    expect(row?.row).not.toContain('my-own-key');
    expect(await keys.usableKeys(ann)).toEqual([{ provider: 'groq', key: KEY, setAt: providerKey.setAt }]);
  });

  it('is replaced by another, and then no longer current', async () => {
    const { providerKey: first } = await setGroq(KEY);
    await sql`update provider_keys set set_at = set_at - interval '1 second' where user_id = ${ann}`.execute(db.sql());
    const { providerKey: second } = await setGroq(`${KEY}-new1`);
    expect(await keys.list(ann)).toEqual([{ ...second, lastFour: 'new1' }]);
    expect(await keys.isCurrent(ann, { ...first, setAt: new Date(first.setAt.getTime() - 1_000) })).toBe(false);
    expect(await keys.isCurrent(ann, second)).toBe(true);
  });

  it('is removed by its owner, and no other user sees or removes it', async () => {
    const { providerKey } = await setGroq(KEY);
    const byBob = { viewer: await ownerOn(db), ipAddress: null };
    expect(await keys.list(byBob.viewer.userId)).toEqual([]);
    expect(await faultsOf(keys.remove(byBob, 'groq'))).toEqual([['NOT_FOUND', 'provider']]);
    await keys.remove(byAnn, 'groq');
    expect(await keys.list(ann)).toEqual([]);
    expect(await keys.isCurrent(ann, providerKey)).toBe(false);
    expect(await faultsOf(keys.remove(byAnn, 'groq'))).toEqual([['NOT_FOUND', 'provider']]);
  });

  it('is deleted with its owner', async () => {
    await setGroq(KEY);
    await sql`delete from users where id = ${ann}`.execute(db.sql());
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['local', { key: KEY }, 'NOT_FOUND', 'provider'],
    ['openai_compatible', { key: KEY }, 'UNSUPPORTED', 'provider'],
    ['groq', { key: 'x'.repeat(15) }, 'TOO_SHORT', 'key'],
    ['groq', { key: 'x'.repeat(501) }, 'TOO_LONG', 'key'],
    ['groq', { key: 'two words of a key' }, 'INVALID', 'key'],
    ['groq', { key: 'a-key-with-an-ü-in-it' }, 'INVALID', 'key'],
    ['groq', { key: 'a-key-with-a\r\nheader: x' }, 'INVALID', 'key'],
    ['groq', { key: KEY, accessKeyId: ID }, 'INVALID', 'accessKeyId'],
    ['groq', { key: KEY, region: 'eu-central-1' }, 'INVALID', 'region'],
    ['polly', { key: KEY }, 'REQUIRED', 'accessKeyId'],
    ['polly', { key: KEY, accessKeyId: 'x'.repeat(15) }, 'INVALID', 'accessKeyId'],
    ['polly', { key: KEY, accessKeyId: 'x'.repeat(129) }, 'INVALID', 'accessKeyId'],
    ['polly', { key: KEY, accessKeyId: ID.replace('AKIA', 'ASIA') }, 'INVALID', 'accessKeyId'],
    ['polly', { key: KEY, accessKeyId: `${ID}\r\nx: y` }, 'INVALID', 'accessKeyId'],
    ['azure_speech', { key: KEY }, 'REQUIRED', 'region'],
    ['azure_speech', { key: KEY, region: 'evil.example/' }, 'INVALID', 'region'],
    ['azure_speech', { key: KEY, region: 'westeurope-' }, 'INVALID', 'region'],
    ['azure_speech', { key: KEY, region: 'x'.repeat(61) }, 'INVALID', 'region'],
  ])('for %s is not %j: %s', async (provider, given, code, field) => {
    expect(await faultsOf(keys.set(byAnn, { provider, ...given }))).toEqual([[code, field]]);
    expect(tested).toEqual([]);
    expect(await keys.list(ann)).toEqual([]);
  });

  it.each([
    { provider: 'polly', key: KEY, accessKeyId: ID, region: 'eu-central-1' },
    { provider: 'polly', key: KEY, accessKeyId: ID },
    { provider: 'azure_speech', key: KEY, region: 'x'.repeat(60) },
  ])('is stored with what else belongs to it, all of it encrypted: %j', async (given) => {
    await keys.set(byAnn, given);
    expect(tested).toEqual([[ann, given]]);
    expect(await keys.usableKeys(ann)).toEqual([{ ...given, setAt: expect.any(Date) }]);
    expect(JSON.stringify(await stored())).not.toMatch(/my-own-key|AKIA|central/);
  });

  it('may have 16 to 500 characters', async () => {
    for (const length of [16, 500]) await setGroq('x'.repeat(length));
    expect(tested).toHaveLength(2);
  });

  it('that the service refuses is not stored, and an earlier one stays', async () => {
    await setGroq(KEY);
    answer = new AppError('GROQ_INVALID_API_KEY', 'Groq does not accept your own key.');
    expect(await faultsOf(setGroq(`${KEY}-bad1`))).toEqual([['INVALID', 'key']]);
    expect(await keys.list(ann)).toMatchObject([{ lastFour: '7890' }]);
  });

  it('that could not be tested is stored with a warning', async () => {
    answer = new AppError('GROQ_TIMEOUT', 'Groq did not answer in time.');
    const { warnings } = await setGroq(KEY);
    const message = 'The key is stored, but groq could not be tested with it: Groq did not answer in time.';
    expect(warnings).toEqual([{ code: 'PROVIDER_UNAVAILABLE', message, field: ['key'] }]);
    expect(await keys.list(ann)).toHaveLength(1);
  });

  it('that cannot be decrypted is not used, which operators learn; nor is one that was copied to another user', async () => {
    await setGroq(KEY);
    expect(await keysWith('z').usableKeys(ann)).toEqual([]);
    const bob = (await ownerOn(db)).userId;
    await sql`insert into provider_keys select ${bob}, provider, key_encrypted, last_four, set_at from provider_keys where user_id = ${ann}`.execute(
      db.sql(),
    );
    expect(await keys.usableKeys(bob)).toEqual([]);
    expect(faults).toEqual(['groq', 'groq']);
  });
});
