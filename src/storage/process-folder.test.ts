import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProcessFolder } from './process-folder.ts';

/** Linux and macOS assign no process id this high. */
const DEAD = 999_999_999;
let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'process-folder-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

describe('The folder of a process', () => {
  it('is empty, whatever an earlier process with the same id left', async () => {
    await writeFile(join(await openProcessFolder(parent), 'left over'), '');
    expect(await readdir(await openProcessFolder(parent))).toEqual([]);
  });

  it('stays while its process is alive, and is removed by the next start after its death', async () => {
    await mkdir(join(parent, `${hostname()}-${process.ppid}`));
    await mkdir(join(parent, `${hostname()}-${DEAD}`));
    const own = await openProcessFolder(parent);
    expect((await readdir(parent)).toSorted()).toEqual([basename(own), `${hostname()}-${process.ppid}`].toSorted());
  });

  it('is not removed if it belongs to another machine', async () => {
    await mkdir(join(parent, `elsewhere-${DEAD}`));
    await openProcessFolder(parent);
    expect(await readdir(parent)).toContain(`elsewhere-${DEAD}`);
  });
});
