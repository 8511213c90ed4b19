import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jsonEntry } from '../../src/backups/archive/archive.ts';
import { headerBytes } from '../../src/backups/archive/archive-header.ts';
import { type ArchiveSecret, newArchiveKey } from '../../src/backups/archive/archive-key.ts';
import { sealed } from '../../src/backups/archive/chunks.ts';
import { entryBytes, type NewEntry } from '../../src/backups/archive/entries.ts';
import { type Manifest, ManifestCount } from '../../src/backups/archive/manifest.ts';
import { checkArchive } from '../../src/backups/archive-check.ts';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forged-'));
  path = join(folder, 'forged');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function* entries(): AsyncGenerator<NewEntry> {
  yield jsonEntry({ kind: 'about' }, { migrations: ['0001-beginning'], sequences: [] });
  const rows = Readable.from([Buffer.from('1\tAda\n'), Buffer.from('2\tBea\n')]);
  yield {
    head: { kind: 'table', name: 'users', columns: ['id', 'name'] },
    content: rows,
    compress: true,
    rows: () => 2,
  };
  const film = Readable.from([Buffer.from('film')]);
  yield { head: { kind: 'file', name: 'videos/1/film.mp4' }, content: film, compress: false };
}

it('An archive is refused where its manifest says something else than it holds', async () => {
  const secret: ArchiveSecret = { kind: 'none' };
  const writeForged = async (forge: (held: Manifest) => object) => {
    const { encryption, key: noKey } = await newArchiveKey(secret);
    const header = headerBytes({ product: '1.2.3', createdAt: new Date(0).toISOString(), encryption });
    const count = new ManifestCount();
    const plain = async function* () {
      for await (const entry of entries()) yield* entryBytes(entry, (tail) => count.add(entry.head, tail));
      yield* entryBytes(jsonEntry({ kind: 'manifest' }, forge(count.result())), () => undefined);
    };
    const chunks = await Array.fromAsync(sealed(plain(), { key: noKey, header }));
    await writeFile(path, Buffer.concat([header, ...chunks]));
  };
  await writeForged((held) => held);
  expect((await checkArchive(path, secret)).manifest.tables).toHaveLength(1);
  const forgeries: ((held: Manifest) => object)[] = [
    ({ tables, files }) => ({ tables: tables.map((table) => ({ ...table, rows: table.rows + 1 })), files }),
    ({ tables, files }) => ({ tables: tables.map((table) => ({ ...table, sha256: '0'.repeat(64) })), files }),
    ({ files }) => ({ tables: [], files }),
    ({ tables, files }) => ({ tables: [...tables, ...tables], files }),
    ({ tables, files }) => ({ tables, files: { ...files, count: files.count + 1 } }),
    ({ tables, files }) => ({ tables, files: { ...files, sha256: '0'.repeat(64) } }),
    ({ tables }) => ({ tables }),
    () => [],
  ];
  for (const forge of forgeries) {
    await writeForged(forge);
    await expect(checkArchive(path, secret), String(forge)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('damaged'),
    });
  }
});
