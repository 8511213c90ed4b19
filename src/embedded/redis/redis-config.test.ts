import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRedisConfig, redisConfigFile, writeRedisConfig } from './redis-config.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'a "quoted\\ name-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('The configuration of the embedded Redis', () => {
  it('is read back as it was written, and is undefined before', () => {
    expect(readRedisConfig(home)).toBeUndefined();
    const written = writeRedisConfig(home, 4242);
    expect(written.port).toBe(4242);
    expect(readRedisConfig(home)).toEqual(written);
  });

  it('keeps its password across starts, for clients that are connected', () => {
    const first = writeRedisConfig(home, 4242);
    expect(writeRedisConfig(home, 4343)).toEqual({ port: 4343, password: first.password });
  });

  it('quotes a folder with spaces, quotes and backslashes in the syntax of Redis', () => {
    writeRedisConfig(home, 4242);
    const line = readFileSync(redisConfigFile(home), 'utf8')
      .split('\n')
      .find((one) => one.startsWith('dir '));
    expect(line).toContain('a \\"quoted\\\\ name-');
  });
});
