import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { disk } from './disk-check.ts';

const MEGABYTE = 1_000_000;
const PAGE = 'docs/operations/disk-full.md';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'disk-check-'));
  await mkdir(join(folder, 'files', 'deep'), { recursive: true });
  await writeFile(join(folder, 'files', 'deep', 'film.mp4'), randomBytes(3 * MEGABYTE));
  await writeFile(join(folder, 'clip.mp4'), randomBytes(2 * MEGABYTE));
  await symlink('/', join(folder, 'link'));
});
afterAll(async () => await rm(folder, { recursive: true }));

/** A disk of 400 MB. */
const found = async (freeMegabytes: number, ffree = 9) => {
  const free = { bavail: freeMegabytes, bfree: freeMegabytes };
  return await disk(folder, async () => ({ ...free, blocks: 400, bsize: MEGABYTE, files: 10, ffree }));
};

it('says of a disk that is nearly full how much of it is the data of the program', async () => {
  const share = '; DATA_DIR has 5.0 MB of the 380.0 MB in use.';
  expect(await found(20)).toEqual({
    status: 'failed',
    message: `5.0 % of the disk of DATA_DIR is free (20.0 MB)${share}`,
    mend: PAGE,
  });
  expect(await found(60)).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('of the 340.0 MB in use'),
  });
});

it('says only how much is free where that is enough, and that no file can be added where that is so', async () => {
  expect(await found(200)).toEqual({
    status: 'ok',
    message: '50.0 % of the disk of DATA_DIR is free (200.0 MB).',
    mend: null,
  });
  expect(await found(200, 0)).toMatchObject({ status: 'failed', message: expect.stringContaining('inodes') });
});
