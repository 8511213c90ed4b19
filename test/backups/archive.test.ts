import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf, jsonEntry, readArchive, writeArchive } from '../../src/backups/archive/archive.ts';
import type { ArchiveSecret } from '../../src/backups/archive/archive-key.ts';
import { ByteSource } from '../../src/backups/archive/byte-source.ts';
import { CHUNK_BYTES, opened, sealed } from '../../src/backups/archive/chunks.ts';
import type { NewEntry } from '../../src/backups/archive/entries.ts';
import { checkArchive } from '../../src/backups/archive-check.ts';

const ON_DISK = CHUNK_BYTES + 20;
const key = (id: string, byte: number) => ({ id, key: Buffer.alloc(32, byte) });
const OWN: ArchiveSecret = { kind: 'key', keys: [key('new', 1), key('old', 2)] };
const never = new AbortController().signal;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archives-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Bytes that do not repeat from chunk to chunk. */
const film = Buffer.from(Uint32Array.from({ length: CHUNK_BYTES }, (_, index) => index * 2_654_435_761).buffer);

async function* entries(): AsyncGenerator<NewEntry> {
  yield jsonEntry({ kind: 'about' }, { migrations: ['0001-beginning'], sequences: [] });
  const rows = Readable.from(Array.from({ length: 1_000 }, (_, row) => Buffer.from(`${row}\tAda\n`)));
  yield {
    head: { kind: 'table', name: 'users', columns: ['id', 'name'] },
    content: rows,
    compress: true,
    rows: () => 1_000,
  };
  yield { head: { kind: 'file', name: 'videos/1/film.mp4' }, content: Readable.from([film]), compress: false };
}

const write = (name: string, secret: ArchiveSecret) =>
  writeArchive({
    path: join(folder, name),
    product: '1.2.3',
    createdAt: new Date(0),
    secret,
    entries: entries(),
    signal: never,
  });

const read = (name: string, secret: ArchiveSecret) =>
  readArchive(join(folder, name), secret, async ({ about, header, entries: found, manifest }) => {
    const names: string[] = [];
    for await (const entry of found) {
      const bytes = await contentOf(entry);
      names.push(`${entry.head.kind} ${'name' in entry.head ? entry.head.name : ''} ${bytes.length}`);
    }
    return { about, header, names, manifest: manifest() };
  });

/** A copy of the archive that `change` has changed. */
async function changed(name: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  const copy = `changed-${name}-${Math.random()}`;
  await writeFile(join(folder, copy), change(Buffer.from(await readFile(join(folder, name)))));
  return copy;
}

describe.each([
  ['encrypted with a key', OWN],
  ['not encrypted', { kind: 'none' }],
] satisfies [string, ArchiveSecret][])('An archive that is %s', (name, secret) => {
  beforeAll(async () => {
    await write(name, secret);
  });

  it('is read as it was written, and leaves no draft', async () => {
    const { about, header, names, manifest } = await read(name, secret);
    expect(about.migrations).toEqual(['0001-beginning']);
    expect(header).toMatchObject({ product: '1.2.3', createdAt: '1970-01-01T00:00:00.000Z' });
    expect(names).toEqual(['table users 7890', `file videos/1/film.mp4 ${film.length}`]);
    expect(manifest.tables).toMatchObject([{ name: 'users', rows: 1_000, bytes: 7_890 }]);
    expect(manifest.files).toMatchObject({ count: 1, bytes: film.length });
    expect((await readdir(folder)).filter((file) => file.startsWith('.'))).toEqual([]);
  });

  it('shows its content only where it is not encrypted', async () => {
    const bytes = await readFile(join(folder, name));
    expect(bytes.includes('film.mp4')).toBe(secret.kind === 'none');
    expect(bytes.includes(film.subarray(0, 64))).toBe(secret.kind === 'none');
  });

  it('is refused with one bit changed, wherever that is', async () => {
    const { length } = await readFile(join(folder, name));
    // Of the header its version may change where nothing is encrypted: the chunks are bound to it all the same.
    for (const at of [3, 19, 60, 400, 1_000, Math.floor(length / 2), length - 40, length - 1]) {
      const copy = await changed(name, (bytes) => {
        bytes[at] = (bytes[at] ?? 0) ^ 4;
        return bytes;
      });
      await expect(read(copy, secret), `byte ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/^(INVALID_INPUT|CONFIG_INVALID)$/),
      });
    }
  });

  it('is refused if it ends early, at the end of a chunk too, or goes on after its end', async () => {
    const { length } = await readFile(join(folder, name));
    const start = await headerLength(name);
    const refused = { code: 'INVALID_INPUT', message: expect.stringContaining('damaged or incomplete') };
    for (const end of [length - 1, start + ON_DISK, start + 2 * ON_DISK, start + 100, start, start - 1])
      await expect(
        read(await changed(name, (bytes) => bytes.subarray(0, end)), secret),
        `${end}`,
      ).rejects.toMatchObject(refused);
    const longer = await changed(name, (bytes) => Buffer.concat([bytes, Buffer.from('x')]));
    await expect(read(longer, secret)).rejects.toMatchObject(refused);
  });

  it('is refused if two chunks are exchanged, one is left out, or one comes twice', async () => {
    const start = await headerLength(name);
    const [first, second] = [start, start + ON_DISK];
    const chunk = (bytes: Buffer, from: number) => bytes.subarray(from, from + ON_DISK);
    const changes: ((bytes: Buffer) => Buffer[])[] = [
      (bytes) => [
        bytes.subarray(0, first),
        chunk(bytes, second),
        chunk(bytes, first),
        bytes.subarray(second + ON_DISK),
      ],
      (bytes) => [bytes.subarray(0, first), bytes.subarray(second)],
      (bytes) => [bytes.subarray(0, second), chunk(bytes, first), bytes.subarray(second)],
    ];
    for (const change of changes)
      await expect(read(await changed(name, (bytes) => Buffer.concat(change(bytes))), secret)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
  });
});

describe.each([
  ['encrypted', Buffer.alloc(32, 7)],
  ['not encrypted', undefined],
])('A chunk that is %s', (_, chunkKey) => {
  const header = Buffer.from('header');
  const seal = async (plain: Buffer) => await Array.fromAsync(sealed(parts([plain]), { key: chunkKey, header }));
  const open = async (chunks: readonly Buffer[], of = header) =>
    Buffer.concat(await Array.fromAsync(opened(new ByteSource(parts(chunks)), { key: chunkKey, header: of })));

  it('belongs to its place, its archive and its end', async () => {
    const plain = Buffer.alloc(3 * CHUNK_BYTES + 5, 'same');
    const [one, two, three, last] = await seal(plain);
    if (!one || !two || !three || !last) throw new Error('There are four chunks.');
    expect((await open([one, two, three, last])).equals(plain)).toBe(true);
    const cases = [
      [two, one, three, last],
      [one, one, three, last],
      [one, three, last],
      [one, two, last],
      [one, two],
      [last],
    ];
    for (const chunks of cases) await expect(open(chunks)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(open([one, two, three, last, last])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(open([one, two, three, last], Buffer.from('other'))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const [whole] = await seal(Buffer.from('x'));
    const ended = Buffer.from(one);
    ended[0] = (ended[0] ?? 0) | 0x80;
    await expect(open([ended])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(whole && (await open([whole])).toString()).toBe('x');
  });
});

describe('A key', () => {
  beforeAll(async () => {
    await write('keyed', { kind: 'key', keys: [key('old', 2)] });
    await write('phrase', { kind: 'passphrase', passphrase: 'quiet' });
  });

  it('that has been replaced still opens its archives', async () => {
    expect((await read('keyed', OWN)).names).toHaveLength(2);
  });

  it('may be a passphrase', async () => {
    expect((await read('phrase', { kind: 'passphrase', passphrase: 'quiet' })).names).toHaveLength(2);
  });

  it.each([
    ['that is missing is named', 'keyed', { kind: 'key', keys: [key('new', 1)] }, 'the key "old"'],
    [
      'of the same name of another installation is refused',
      'keyed',
      { kind: 'key', keys: [key('old', 3)] },
      'not the one',
    ],
    ['does not open what a passphrase encrypted', 'phrase', OWN, '--passphrase-file'],
    ['is not replaced by a passphrase', 'keyed', { kind: 'passphrase', passphrase: 'quiet' }, 'the key "old"'],
    ['that is a wrong passphrase is refused', 'phrase', { kind: 'passphrase', passphrase: 'Quiet' }, 'is not that of'],
  ] satisfies [string, string, ArchiveSecret, string][])('%s', async (_, name, secret, sentence) => {
    await expect(read(name, secret)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(sentence),
    });
  });
});

describe('Anything else', () => {
  it.each([
    ['an empty file', ''],
    ['a text', 'a text that is longer than the beginning of an archive'],
    ['the beginning of an archive alone', 'AUTOVIDEO-BACKUP\n'],
  ])('is refused: %s', async (_, text) => {
    await writeFile(join(folder, 'foreign'), text);
    await expect(read('foreign', OWN)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is refused: no file, and a folder', async () => {
    await expect(read('none', OWN)).rejects.toMatchObject({ message: expect.stringContaining('no such file') });
    await expect(read('.', OWN)).rejects.toMatchObject({ message: expect.stringContaining('a folder') });
    await writeFile(join(folder, 'a-file'), '');
    for (const name of ['a-file/archive', 'a'.repeat(300)])
      await expect(read(name, OWN)).rejects.toMatchObject({ message: expect.stringContaining('no such file') });
  });

  it.each([
    ['has no description of the database', Buffer.from('[]'), 'damaged'],
    ['begins with something other than JSON', Buffer.from('{'), 'damaged'],
    // 40 KB on the disk.
    ['fills the memory', Buffer.alloc(40_000_000, ' '), 'too large'],
  ])('is refused: an archive without encryption that %s', async (what, content, why) => {
    const archive = { path: join(folder, what), product: '1.2.3', createdAt: new Date(0), signal: never };
    const about = async function* (): AsyncGenerator<NewEntry> {
      yield { head: { kind: 'about' }, content: parts([content]), compress: true };
    };
    await writeArchive({ ...archive, secret: { kind: 'none' }, entries: about() });
    await expect(readArchive(archive.path, { kind: 'none' }, async () => 'read')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(why),
    });
  });

  it('is refused where its settings are no JSON', async () => {
    const archive = { path: join(folder, 'settings'), product: '1.2.3', createdAt: new Date(0), signal: never };
    const forged = async function* (): AsyncGenerator<NewEntry> {
      yield jsonEntry({ kind: 'about' }, { migrations: [], sequences: [] });
      yield { head: { kind: 'secrets' }, content: parts([Buffer.from('{')]), compress: true };
    };
    await writeArchive({ ...archive, secret: { kind: 'none' }, entries: forged() });
    await expect(checkArchive(archive.path, { kind: 'none' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('damaged'),
    });
  });

  it('stays on the disk: an archive ends before that is full, and leaves nothing', async () => {
    const path = join(folder, 'too-large');
    const freeBytes = async () => 511_000_000;
    const archive = { path, product: '1.2.3', createdAt: new Date(0), secret: OWN, entries: entries(), signal: never };
    await expect(writeArchive({ ...archive, freeBytes })).rejects.toMatchObject({ code: 'DISK_SPACE_INSUFFICIENT' });
    expect((await readdir(folder)).filter((name) => name.includes('too-large'))).toEqual([]);
  });

  it('is not overwritten by an archive', async () => {
    await writeFile(join(folder, 'mine'), 'precious');
    await expect(write('mine', OWN)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await readFile(join(folder, 'mine'), 'utf8')).toBe('precious');
  });
});

async function* parts(of: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* of;
}

async function headerLength(name: string): Promise<number> {
  const bytes = await readFile(join(folder, name));
  const prefix = 'AUTOVIDEO-BACKUP\n'.length;
  return prefix + 4 + bytes.readUInt32BE(prefix);
}
