import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalStorage } from './local-storage.ts';

let root: string;
let storage: LocalStorage;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'storage-test-'));
  storage = await LocalStorage.open(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const drafts = () => readdir(join(root, '.drafts'));
const text = async (key: string) => Buffer.from(await storage.read(key)).toString();

describe('Files in local storage', () => {
  it('are written, measured, read back and found on the disk', async () => {
    expect(await storage.put('videos/one/a.txt', Buffer.from('hello'))).toEqual({ key: 'videos/one/a.txt', size: 5 });
    expect(await text('videos/one/a.txt')).toBe('hello');
    expect(await storage.stat('videos/one/a.txt')).toEqual({ key: 'videos/one/a.txt', size: 5 });
    expect((await stat(await storage.localPath('videos/one/a.txt'))).size).toBe(5);
    expect(await drafts()).toEqual([]);
  });

  it('may be written twice, also concurrently', async () => {
    const bytes = Buffer.alloc(1_000_000, 'x');
    await Promise.all(Array.from({ length: 8 }, () => storage.put('same.bin', bytes)));
    expect((await storage.stat('same.bin'))?.size).toBe(1_000_000);
    expect(await drafts()).toEqual([]);
  });

  it('are moved in from another folder', async () => {
    const source = join(root, 'made.mp4');
    await writeFile(source, 'film');
    expect(await storage.putFile('videos/one/film.mp4', source)).toEqual({ key: 'videos/one/film.mp4', size: 4 });
    expect(await text('videos/one/film.mp4')).toBe('film');
    await expect(stat(source)).rejects.toThrow('ENOENT');
  });

  it.skipIf(!existsSync('/dev/shm'))('are moved in from another file system', async () => {
    const elsewhere = await mkdtemp('/dev/shm/storage-test-');
    try {
      const source = join(elsewhere, 'made.mp4');
      await writeFile(source, 'film');
      expect((await stat(elsewhere)).dev).not.toBe((await stat(root)).dev);
      await storage.putFile('film.mp4', source);
      expect(await text('film.mp4')).toBe('film');
      await expect(stat(source)).rejects.toThrow('ENOENT');
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('are reported as missing if they do not exist', async () => {
    expect(await storage.stat('none.txt')).toBeNull();
    await storage.put('a.txt', Buffer.from('x'));
    expect(await storage.stat('a.txt/b.txt')).toBeNull();
    await storage.put('folder/b.txt', Buffer.from('x'));
    expect(await storage.stat('folder')).toBeNull();
    await expect(storage.read('none.txt')).rejects.toMatchObject({ code: 'STORAGE_ERROR', retriable: false });
    await expect(storage.localPath('none.txt')).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
    await expect(storage.putFile('a.mp4', join(root, 'none'))).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
  });

  it('are removed with everything under their prefix, and nothing else', async () => {
    for (const key of ['videos/one/a.txt', 'videos/one/deep/b.txt', 'videos/one-more/c.txt'])
      await storage.put(key, Buffer.from('x'));
    await storage.removeAll('videos/one/');
    expect(await storage.stat('videos/one/a.txt')).toBeNull();
    expect(await storage.stat('videos/one/deep/b.txt')).toBeNull();
    expect(await storage.stat('videos/one-more/c.txt')).not.toBeNull();
    await storage.removeAll('videos/never');
  });

  it('are listed with everything below a prefix, and nothing else', async () => {
    for (const key of ['videos/one/a.txt', 'videos/one/deep/b.txt', 'videos/two/c.txt', 'other/d.txt'])
      await storage.put(key, Buffer.from(key));
    await writeFile(join(root, 'videos', 'one', '.hidden'), 'x');
    const listed = await Array.fromAsync(storage.list('videos/'));
    expect(listed.map(({ key, size }) => [key, size]).toSorted()).toEqual([
      ['videos/one/a.txt', 16],
      ['videos/one/deep/b.txt', 21],
      ['videos/two/c.txt', 16],
    ]);
    expect(Date.now() - (listed[0]?.modifiedAt.getTime() ?? 0)).toBeLessThan(60_000);
    expect(await Array.fromAsync(storage.list('videos/three/'))).toEqual([]);
    await expect(Array.fromAsync(storage.list('../'))).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
  });

  it('may be removed while they are listed', async () => {
    for (const key of ['videos/one/a.txt', 'videos/one/b.txt', 'videos/two/c.txt'])
      await storage.put(key, Buffer.from('x'));
    const seen: string[] = [];
    for await (const { key } of storage.list('videos/')) {
      seen.push(key);
      await storage.removeAll('videos/one/');
      await storage.removeAll('videos/two/');
    }
    expect(seen).toHaveLength(1);
  });

  it('pass the check of writing, reading and removing', async () => {
    await storage.check();
    expect((await readdir(root)).sort()).toEqual(['.drafts']);
  });

  it.each([
    '',
    '/',
    '/etc/passwd',
    '..',
    '../x',
    'a/../b',
    'a/./b',
    'a//b',
    'a/',
    '.drafts/x',
    'a/.hidden',
    'a\\b',
    'a\0b',
    'a b',
    'a%2e',
  ])('cannot have the key %j', async (key) => {
    await expect(storage.put(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
    await expect(storage.read(key)).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
    await expect(storage.stat(key)).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
  });

  it('are not removed by an empty prefix', async () => {
    await storage.put('a.txt', Buffer.from('x'));
    for (const prefix of ['', '/', '..'])
      await expect(storage.removeAll(prefix)).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
    expect(await text('a.txt')).toBe('x');
  });

  it('have keys of up to 512 characters', async () => {
    const key = (length: number) => `${'abcdefghi/'.repeat(60)}`.slice(0, length - 1).concat('x');
    await storage.put(key(512), Buffer.from('x'));
    await expect(storage.put(key(513), Buffer.from('x'))).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
  });

  it('leave no draft behind when they cannot be moved to their key', async () => {
    await storage.put('a.txt', Buffer.from('x'));
    await expect(storage.put('a.txt/b.txt', Buffer.from('x'))).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
    expect(await drafts()).toEqual([]);
  });
});

describe('Drafts', () => {
  it('of a killed process are removed after a day', async () => {
    const old = new Date(Date.now() - 25 * 3_600_000);
    await writeFile(join(root, '.drafts', 'old'), 'x');
    await utimes(join(root, '.drafts', 'old'), old, old);
    await writeFile(join(root, '.drafts', 'young'), 'x');
    await LocalStorage.open(root);
    expect(await drafts()).toEqual(['young']);
  });
});
