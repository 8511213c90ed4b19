import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restrictDataDir, restrictFolder } from './folder-permissions.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'private-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;
const isRoot = process.getuid?.() === 0;
const dataDirMode = isRoot ? 0o711 : 0o700;

describe('a private folder', () => {
  it('is created private, with the folders above the data directory', () => {
    const before = process.umask(0o077);
    try {
      expect(restrictDataDir(join(folder, 'a', 'b'))).toBeNull();
    } finally {
      process.umask(before);
    }
    for (const path of [join(folder, 'a'), join(folder, 'a', 'b')]) expect(modeOf(path)).toBe(dataDirMode);
    expect(restrictFolder(join(folder, 'films'))).toBeNull();
    expect(modeOf(join(folder, 'films'))).toBe(0o700);
  });

  it('is made private where an earlier version left it open', () => {
    for (const [name, close, mode] of [
      ['data', restrictDataDir, dataDirMode],
      ['films', restrictFolder, 0o700],
    ] as const) {
      mkdirSync(join(folder, name));
      chmodSync(join(folder, name), 0o755);
      expect(close(join(folder, name))).toBeNull();
      expect(modeOf(join(folder, name))).toBe(mode);
    }
  });

  it('is not opened where its owner has restricted it further', () => {
    mkdirSync(join(folder, 'data'));
    chmodSync(join(folder, 'data'), 0o700);
    expect(restrictDataDir(join(folder, 'data'))).toBeNull();
    expect(modeOf(join(folder, 'data'))).toBe(0o700);
  });
});
