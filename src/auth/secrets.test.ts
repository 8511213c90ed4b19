import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FieldCipher } from './secrets.ts';

const older = { id: 'k1', key: randomBytes(32) };
const newer = { id: 'k2', key: randomBytes(32) };
const cipher = new FieldCipher([older]);
const rotated = new FieldCipher([newer, older]);
const FIELD_LOCATION = 'users.email:1';

describe('FieldCipher', () => {
  it('decrypts what it encrypted, and the ciphertext shows nothing of it', () => {
    const stored = cipher.encrypt('grüße@例え.jp', FIELD_LOCATION);
    expect(cipher.decrypt(stored, FIELD_LOCATION)).toBe('grüße@例え.jp');
    expect(Buffer.from(stored.slice(3), 'base64url').includes('grüße')).toBe(false);
    expect(cipher.decrypt(cipher.encrypt('', FIELD_LOCATION), FIELD_LOCATION)).toBe('');
  });

  it('never encrypts the same text to the same ciphertext twice', () => {
    expect(cipher.encrypt('ann', FIELD_LOCATION)).not.toBe(cipher.encrypt('ann', FIELD_LOCATION));
  });

  it('still decrypts after a key change, and detects what has to be encrypted again', () => {
    const stored = cipher.encrypt('ann', FIELD_LOCATION);
    expect(rotated.decrypt(stored, FIELD_LOCATION)).toBe('ann');
    expect(rotated.isOutdated(stored)).toBe(true);
    expect(rotated.isOutdated(rotated.encrypt('ann', FIELD_LOCATION))).toBe(false);
  });

  it('names the missing key', () => {
    const stored = cipher.encrypt('ann', FIELD_LOCATION);
    const withoutOlder = new FieldCipher([newer]);
    expect(() => withoutOlder.decrypt(stored, FIELD_LOCATION)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
    expect(() => withoutOlder.decrypt(stored, FIELD_LOCATION)).toThrow(/"k1"/);
  });

  it('refuses a value that was changed, truncated or moved to another row', () => {
    const stored = cipher.encrypt('ann@example.org', FIELD_LOCATION);
    const bytes = Buffer.from(stored.slice(3), 'base64url');
    bytes.writeUInt8(bytes.readUInt8(14) ^ 1, 14);
    for (const bad of [`k1.${bytes.toString('base64url')}`, stored.slice(0, 20), 'k1.'])
      expect(() => cipher.decrypt(bad, FIELD_LOCATION)).toThrow(expect.objectContaining({ code: 'INTERNAL_ERROR' }));
    expect(() => cipher.decrypt(stored, 'users.email:2')).toThrow(expect.objectContaining({ code: 'INTERNAL_ERROR' }));
  });

  it('requires a key', () => {
    expect(() => new FieldCipher([])).toThrow(/ENCRYPTION_KEYS/);
  });
});

describe('The blind index', () => {
  it('is the same for all spellings of an address', () => {
    expect(cipher.emailIndex('Ann@Example.org')).toBe(cipher.emailIndex('ann@example.org'));
    expect(cipher.emailIndex('ａnn@example.org')).toBe(cipher.emailIndex('ann@example.org'));
    expect(cipher.emailIndex('ann@example.org')).not.toBe(cipher.emailIndex('anne@example.org'));
    expect(cipher.emailIndex('ann@example.org')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('cannot be computed without the key, and finds rows of older keys', () => {
    expect(rotated.emailIndex('ann@example.org')).not.toBe(cipher.emailIndex('ann@example.org'));
    expect(rotated.emailIndexes('ann@example.org')).toEqual([
      rotated.emailIndex('ann@example.org'),
      cipher.emailIndex('ann@example.org'),
    ]);
  });
});
