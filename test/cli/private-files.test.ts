import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverAccount } from '../../src/embedded/postgres/cluster-home.ts';
import { descendantsOf, ensureBuilt } from '../helpers/processes.ts';

const SLOW = 600_000;
/** Looking at all processes takes some milliseconds, and each program runs for at least a fifth of a second. */
const POLL_INTERVAL_MS = 100;
const MARK = 'a-value-that-no-other-program-may-see';
const SECRETS = {
  JWT_SECRET: `${MARK}-of-tokens`,
  LINK_SECRET: `${MARK}-of-links`,
  ADMIN_PASSWORD: `${MARK}-of-the-administrator`,
  OPS_TOKEN: `${MARK}-of-operators`,
  // A setting that the program does not know yet, such as the key of a provider.
  OPENAI_API_KEY: `${MARK}-of-a-provider`,
};
/**
 * Root runs PostgreSQL as another account, which can enter these two folders; no other account can list or read them.
 */
const PASSED_THROUGH = serverAccount() === undefined ? [] : ['', 'postgres'];

let folder: string;
let seen: Map<string, string>;

/** One video made by the program itself, with its own servers, by a user whose umask hides nothing. */
beforeAll(async () => {
  await ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'private-files-'));
  // Accessible, so that only the program itself protects its files, and root keeps PostgreSQL in there.
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'text.txt'), 'A short text about tea.');
  const command = 'umask 022; exec "$0" dist/main.js make "$@"';
  const options = ['--script', join(folder, 'text.txt'), '--resolution', '480', '--aspect', 'square'];
  const out = ['--out', join(folder, 'film.mp4'), '--captions-file', join(folder, 'film.srt')];
  const child = spawn('sh', ['-c', command, process.execPath, ...options, ...out], {
    env: { PATH: process.env['PATH'], HOME: folder, DATA_DIR: join(folder, 'data'), ...SECRETS },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  seen = await environmentsBelow(child);
  expect(child.exitCode).toBe(0);
}, SLOW);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('The program', () => {
  it('leaves nothing below DATA_DIR that another account can read, enter or change', async () => {
    const data = join(folder, 'data');
    const found = await entriesBelow(data);
    for (const name of ['secrets.json', 'make.log', 'redis', 'files', 'clips', 'work', 'postgres'])
      expect(found, name).toContainEqual(expect.objectContaining({ path: name }));
    expect(found.filter(({ path }) => path.startsWith('files/') && path.endsWith('.mp4'))).not.toEqual([]);
    const open = found.filter(({ path, mode }) => mode & (PASSED_THROUGH.includes(path) ? 0o066 : 0o077));
    expect(open.map(({ path, mode }) => `${path} ${mode.toString(8)}`)).toEqual([]);
  });

  it('gives the film and the captions the permissions of any other file of the user', async () => {
    for (const name of ['film.mp4', 'film.srt'])
      expect((await lstat(join(folder, name))).mode & 0o777, name).toBe(0o644);
  });

  it('passes no settings to PostgreSQL, Redis, FFmpeg or the voice', () => {
    const programs = [...seen.keys()];
    for (const name of ['postgres', 'redis-server', 'ffmpeg', 'flite-child'])
      expect(
        programs.some((line) => line.includes(name)),
        name,
      ).toBe(true);
    const exposed = programs.filter((line) => seen.get(line)?.includes(MARK) || seen.get(line)?.includes('DATA_DIR'));
    expect(exposed).toEqual([]);
  });
});

async function entriesBelow(root: string) {
  const names = ['', ...(await readdir(root, { recursive: true }))];
  return await Promise.all(
    names.map(async (name) => {
      const path = join(root, name);
      const { mode } = await lstat(path);
      return { path: relative(root, path), mode: mode & 0o777 };
    }),
  );
}

/** The environment of each descendant of this process until its end, by command line. */
async function environmentsBelow(root: ChildProcess): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const own = process.execPath;
  let ended = false;
  void once(root, 'exit').then(() => {
    ended = true;
  });
  while (!ended) {
    // Between fork and exec a child still has the memory of its parent: the program started by this test is left out.
    for (const { pid, line } of await descendantsOf(root.pid ?? -1))
      if (!line.includes('dist/main.js') && !found.has(line) && line !== own)
        found.set(line, await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''));
    await sleep(POLL_INTERVAL_MS);
  }
  return found;
}
