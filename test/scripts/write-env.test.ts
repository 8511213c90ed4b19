import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';

const SCRIPT = resolve('scripts/write-env.mjs');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-env-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = () =>
  execFileSync(process.execPath, [SCRIPT], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: undefined },
  });
const written = () => readFileSync(join(folder, '.env'), 'utf8');

/** The names that docker-compose.yml requires: ${NAME:?…}. */
function requiredByCompose(): string[] {
  const compose = readFileSync('docker-compose.yml', 'utf8');
  return Array.from(compose.matchAll(/\$\{([A-Z_]+):\?/g), ([, name = '']) => name);
}

describe('npm run env', () => {
  it('writes all secrets that docker compose requires, and a production start accepts them', () => {
    expect(run()).toContain('Wrote .env');
    const settings = parseEnv(written());
    expect(requiredByCompose().length).toBeGreaterThan(4);
    for (const name of requiredByCompose()) expect(settings[name], name).toMatch(/\S{32,}/);
    for (const name of ['POSTGRES_PASSWORD', 'REDIS_PASSWORD']) expect(settings[name]).toMatch(/^[a-z0-9]+$/);
    const config = loadConfig({ ...settings, NODE_ENV: 'production', DATA_DIR: folder });
    expect(config.encryptionKeys).toHaveLength(1);
    expect(config.adminPassword?.length).toBeGreaterThan(15);
  });

  it('lets only the owner read the file, and makes other secrets for each installation', () => {
    run();
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    const first = parseEnv(written());
    rmSync(join(folder, '.env'));
    run();
    const second = parseEnv(written());
    expect(Object.keys(second)).toEqual(Object.keys(first));
    for (const [name, value] of Object.entries(first)) expect(second[name], name).not.toBe(value);
  });

  it('never changes a file that exists, and names the secrets that are missing in it', () => {
    writeFileSync(join(folder, '.env'), 'PORT=9000\nJWT_SECRET=\nREDIS_PASSWORD=set\n');
    const answer = run();
    expect(written()).toBe('PORT=9000\nJWT_SECRET=\nREDIS_PASSWORD=set\n');
    expect(answer).toMatch(/was not changed.*JWT_SECRET/);
    expect(answer).not.toContain('REDIS_PASSWORD');
  });

  it('keeps the keys of an installation that already runs in this folder', () => {
    const dataDir = join(folder, '.autovideo');
    mkdirSync(dataDir);
    const before = loadConfig({ DATA_DIR: dataDir });
    run();
    const after = loadConfig({ ...parseEnv(written()), DATA_DIR: dataDir });
    expect(after.jwtSecret).toBe(before.jwtSecret);
    expect(after.linkSecret).toBe(before.linkSecret);
    expect(after.encryptionKeys).toEqual(before.encryptionKeys);
  });
});
