import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOutput, save, slugOf } from './out-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'out-file-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const saving = { title: 'T', fileMode: 0o644, signal: new AbortController().signal };
const film = (text = 'new') => Readable.from([Buffer.from(text)]);
const text = (name: string) => readFile(join(folder, name), 'utf8');

describe('The output file', () => {
  it('is named after its title in a folder, and numbered if that name exists', async () => {
    for (const expected of ['tea-käse-茶.mp4', 'tea-käse-茶-2.mp4', 'tea-käse-茶-3.mp4'])
      expect(await save(film(expected), { out: folder }, { ...saving, title: 'Tea & Käse: 茶!' })).toBe(
        join(folder, expected),
      );
    expect(await text('tea-käse-茶.mp4')).toBe('tea-käse-茶.mp4');
    expect(await readdir(folder)).toHaveLength(3);
  });

  it('does not replace a file that was created meanwhile', async () => {
    const out = join(folder, 'mine.mp4');
    await writeFile(out, 'old');
    expect(await save(film(), { out }, saving)).toBe(join(folder, 'mine-2.mp4'));
    expect(await text('mine.mp4')).toBe('old');
  });

  it('replaces it with --force', async () => {
    const out = join(folder, 'mine.mp4');
    await writeFile(out, 'old');
    expect(await save(film(), { out, force: true }, saving)).toBe(out);
    expect(await text('mine.mp4')).toBe('new');
  });

  it.each([false, true])(
    'leaves no partial file, and with --force (%s) the old file, when the download fails',
    async (force) => {
      const out = join(folder, 'mine.mp4');
      if (force) await writeFile(out, 'old');
      const broken = Readable.from(
        (async function* () {
          yield Buffer.from('ha');
          throw new Error('cut');
        })(),
      );
      await expect(save(broken, { out, force }, saving)).rejects.toThrow('cut');
      const left = await Promise.all((await readdir(folder)).map(async (name) => [name, await text(name)]));
      expect(left).toEqual(force ? [['mine.mp4', 'old']] : []);
    },
  );

  it.each([
    { force: false, planted: ['mine.mp4.part'] },
    { force: true, planted: ['mine.mp4.part', 'mine.mp4'] },
  ])('does not follow a link that another account has created (force: $force)', async ({ force, planted }) => {
    const victim = join(folder, 'victim');
    await writeFile(victim, 'precious');
    for (const name of planted) await symlink(victim, join(folder, name));
    const out = join(folder, 'mine.mp4');
    expect(await save(film(), { out, force }, saving)).toBe(out);
    expect(await text('victim')).toBe('precious');
    expect((await lstat(out)).isFile()).toBe(true);
    expect(await text('mine.mp4')).toBe('new');
  });

  it('has the requested permissions, whatever the umask of the process', async () => {
    const out = join(folder, 'mine.mp4');
    const before = process.umask(0o077);
    try {
      await save(film(), { out }, { ...saving, fileMode: 0o664 });
    } finally {
      process.umask(before);
    }
    expect((await stat(out)).mode & 0o777).toBe(0o664);
  });

  it('is refused before the video is requested, if the file exists or the folder is missing', async () => {
    const out = join(folder, 'mine.mp4');
    await checkOutput({ out });
    await checkOutput({ out: folder });
    await writeFile(out, 'old');
    await checkOutput({ out, force: true });
    await expect(checkOutput({ out })).rejects.toThrow(/exists already: add --force/);
    await expect(checkOutput({ out: join(folder, 'none', 'a.mp4') })).rejects.toThrow(/there is no such folder/);
    await expect(checkOutput({ out: join(out, 'a.mp4') })).rejects.toThrow(/there is no such folder/);
    await mkdir(join(folder, 'sub'));
    await checkOutput({ out: join(folder, 'sub', 'a.mp4') });
  });
});

describe('A file name of a title', () => {
  it.each([
    ['How Bees Find Home', 'how-bees-find-home'],
    ['../../etc/passwd', 'etc-passwd'],
    ['…!?', 'video'],
    ['🎬 12:30', '12-30'],
    ['नमस्ते दुनिया', 'नमस्ते-दुनिया'],
  ])('%s → %s', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  it('fits into any file system, without splitting a character', () => {
    expect(slugOf('影'.repeat(200))).toBe('影'.repeat(40));
    expect(slugOf(`${'a'.repeat(119)} bcd`)).toBe('a'.repeat(119));
  });
});
