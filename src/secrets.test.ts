import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const SECRETS = {
  JWT_SECRET: 'j'.repeat(32),
  LINK_SECRET: 'l'.repeat(32),
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
};
const load = (settings: Record<string, string> = {}) => loadConfig({ DATA_DIR: dataDir, ...settings });

describe('Secrets', () => {
  it('that are omitted are created once, stored, and readable only by their owner', () => {
    const first = load();
    expect(load()).toEqual(first);
    expect(first.jwtSecret.length).toBeGreaterThanOrEqual(32);
    expect(first.jwtSecret).not.toBe(first.linkSecret);
    expect(first.encryptionKeys).toMatchObject([{ id: 'local' }]);
    expect(first.encryptionKeys[0]?.key).toHaveLength(32);
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(['secrets.json']);
  });

  it('that are set are used, together with the created ones', () => {
    const made = load();
    const { JWT_SECRET } = SECRETS;
    expect(load({ JWT_SECRET })).toMatchObject({ jwtSecret: JWT_SECRET, linkSecret: made.linkSecret });
  });

  it('must be set in production, and all missing ones are named', () => {
    expect(() => load({ NODE_ENV: 'production' })).toThrow(/JWT_SECRET, LINK_SECRET, ENCRYPTION_KEYS/);
    const { JWT_SECRET, LINK_SECRET } = SECRETS;
    const incomplete = () => load({ NODE_ENV: 'production', JWT_SECRET, LINK_SECRET });
    expect(incomplete).toThrow('ENCRYPTION_KEYS');
    expect(incomplete).not.toThrow('JWT_SECRET');
    expect(readdirSync(dataDir)).toEqual([]);
    expect(load({ NODE_ENV: 'production', ...SECRETS })).toMatchObject({ env: 'production' });
  });

  it.each(['', '{', '{}', '{"jwtSecret":"a","linkSecret":"b","encryptionKey":"c"}'])(
    'in a damaged file (%s) prevent the start',
    (text) => {
      writeFileSync(join(dataDir, 'secrets.json'), text);
      expect(() => load()).toThrow('secrets.json');
    },
  );
});
