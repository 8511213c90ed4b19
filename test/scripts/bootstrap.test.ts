import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { repository, useProject } from './bootstrap-setup.ts';

const setup = useProject();
const { children, setUp, run, fake, npm, lockfile, installed } = setup;

describe('The set-up', () => {
  it('prints nothing and leaves nothing behind when there is nothing to do', async () => {
    expect(await setUp()).toEqual({ code: 0, output: '' });
    expect(existsSync(join(setup.project, '.autovideo'))).toBe(false);
  });

  it('prints the exact command to type when FFmpeg is missing and there are no rights to install it', async () => {
    rmSync(join(setup.programs, 'ffmpeg'));
    const { code, output } = await setUp();
    expect(code).toBe(1);
    expect(output).toContain('FFmpeg is not installed.');
    expect(output).toContain('    sudo apt-get update && sudo apt-get install -y --no-install-recommends ffmpeg\n');
  });

  it('names both programs in one command, and prevents the system from starting its own Redis', async () => {
    for (const program of ['ffmpeg', 'redis-server']) rmSync(join(setup.programs, program));
    const { output } = await setUp();
    expect(output).toContain('recommends ffmpeg redis-server && sudo systemctl disable --now redis-server\n');
  });

  it('refuses FFmpeg 4 and accepts FFmpeg 5 and builds between releases', async () => {
    for (const version of ['4.4.2-0ubuntu0.22.04.1', 'n4.4']) {
      fake('ffmpeg', `echo "ffmpeg version ${version}"`);
      expect((await setUp()).output).toContain('FFmpeg 4 is too old: 5 or newer is needed');
    }
    for (const version of ['5.0', 'n7.1.1', '10.0', 'N-118193-g5f38c82536', '2026-01-01-git-abc']) {
      fake('ffmpeg', `echo "ffmpeg version ${version}"`);
      expect(await setUp()).toEqual({ code: 0, output: '' });
    }
  });

  it('needs no redis-server if REDIS_URL is set, in the environment or in .env', async () => {
    rmSync(join(setup.programs, 'redis-server'));
    expect((await setUp()).code).toBe(1);
    expect(await setUp({ REDIS_URL: 'redis://elsewhere' })).toEqual({ code: 0, output: '' });
    writeFileSync(join(setup.project, '.env'), 'REDIS_URL=redis://elsewhere\n');
    expect(await setUp()).toEqual({ code: 0, output: '' });
  });

  it('uses the FFmpeg of the settings', async () => {
    const own = join(setup.base, 'own');
    mkdirSync(own);
    for (const program of ['ffmpeg', 'ffprobe']) renameSync(join(setup.programs, program), join(own, program));
    expect(await setUp({ FFMPEG_PATH: join(own, 'ffmpeg'), FFPROBE_PATH: join(own, 'ffprobe') })).toEqual({
      code: 0,
      output: '',
    });
    expect((await setUp({ FFMPEG_PATH: join(own, 'ffmpeg') })).output).toContain('FFmpeg is not installed.');
  });

  it('installs missing programs if sudo needs no password, and prints the time', async () => {
    rmSync(join(setup.programs, 'ffmpeg'));
    const ffmpeg = join(setup.programs, 'ffmpeg');
    fake(
      'sudo',
      `[ "$*" = "-n true" ] && exit 0; printf '%s\\n' "$*" >"${setup.base}/sudo"; printf '#!/bin/sh\\necho ffmpeg version 5.1' >"${ffmpeg}"; /bin/chmod +x "${ffmpeg}"`,
    );
    const { code, output } = await setUp();
    expect(output).toMatch(/^set-up: installed FFmpeg, \d+\.\d s\n$/);
    expect(code).toBe(0);
    expect(readFileSync(join(setup.base, 'sudo'), 'utf8')).toMatch(
      /^-n sh .*apt-install\.sh \/usr\/sbin\/policy-rc\.d ffmpeg\n$/,
    );
  });

  it('shows the output of the package manager when it fails', async () => {
    rmSync(join(setup.programs, 'ffmpeg'));
    fake('sudo', '[ "$*" = "-n true" ] && exit 0; echo "E: no space left"; exit 100');
    const { code, output } = await setUp();
    expect(code).toBe(1);
    expect(output).toMatch(/apt-get failed; try "sudo apt-get update[\s\S]*E: no space left[\s\S]*ended with 100/);
  });
});

describe('The packages', () => {
  const wanted = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } };

  it('are installed with all their kinds and without their scripts when node_modules differs from the lockfile', async () => {
    lockfile(wanted);
    installed({ 'node_modules/a': { version: '0.9.0', integrity: 'sha512-a' } });
    npm(`echo "$@" >"${setup.base}/npm"`, wanted);
    const { output } = await setUp({ NODE_ENV: 'production' });
    expect(output).toMatch(/^set-up: installed the packages of package-lock.json, \d+\.\d s\n$/);
    const said = readFileSync(join(setup.base, 'npm'), 'utf8');
    for (const word of ['ci', '--include=dev', '--include=optional', '--ignore-scripts'])
      expect(said.split(/\s+/)).toContain(word);
    expect(await setUp()).toEqual({ code: 0, output: '' });
  });

  it('of other machines are not required, but those of this machine are', async () => {
    installed({});
    lockfile({ 'node_modules/b': { version: '1.0.0', optional: true, os: ['plan9'] } });
    expect(await setUp()).toEqual({ code: 0, output: '' });
    lockfile({ 'node_modules/b': { version: '1.0.0', optional: true, os: [process.platform], cpu: process.arch } });
    npm('echo "no network" >&2; exit 7', {});
    const { code, output } = await setUp();
    expect(code).toBe(1);
    expect(output).toMatch(/is there a network connection\? npm says:\nno network\n/);
  });

  it('include a Node that is used only after a test run', async () => {
    const link = join(setup.project, 'node_modules', '.bin', 'node');
    rmSync(link);
    writeFileSync(link, '#!/bin/sh\nexit 127\n', { mode: 0o755 });
    // The Node that runs this test is new enough itself, so only the unusable one has to be removed.
    expect(await setUp()).toEqual({ code: 0, output: '' });
    expect(existsSync(link)).toBe(false);
  });
});

it('have a lockfile that npm ci accepts on every machine', async () => {
  const { code, output } = await run(process.execPath, [
    join(repository, 'scripts', 'complete-lockfile.mjs'),
    '--check',
  ]);
  expect(output).toBe('The lockfile is complete.\n');
  expect(code).toBe(0);
});

/** Resolves when the program has written something. */
async function firstOutput(child: ChildProcess | undefined): Promise<void> {
  await Promise.race([child?.stdout, child?.stderr].map((stream) => stream && once(stream, 'data')));
}

describe('Two concurrent set-ups', () => {
  it('wait for each other, and the second has nothing to do', async () => {
    lockfile({ 'node_modules/a': { version: '1.0.0' } });
    const go = join(setup.base, 'go');
    const waits = `while [ ! -e "${go}" ]; do /bin/sleep 0.05; done`;
    npm(`echo x >>"${setup.base}/times"; ${waits}`, { 'node_modules/a': { version: '1.0.0' } });
    const first = setUp();
    await expect.poll(() => existsSync(join(setup.base, 'times')), { timeout: 10_000 }).toBe(true);
    const second = setUp();
    await firstOutput(children.at(-1));
    writeFileSync(go, '');
    expect((await second).output).toMatch(/^set-up: waiting for another set-up \(process \d+\)\n$/);
    await first;
    expect(readFileSync(join(setup.base, 'times'), 'utf8')).toBe('x\n');
    expect(existsSync(join(setup.project, '.autovideo', 'bootstrap.lock'))).toBe(false);
  });

  it('do not interfere when one is stopped: it exits after its child has exited', async () => {
    lockfile({ 'node_modules/a': { version: '1.0.0' } });
    npm(
      `trap '/bin/sleep 0.5; echo stopped >"${setup.base}/npm"; exit 1' TERM; echo x >"${setup.base}/times"; while :; do /bin/sleep 0.1; done`,
      {},
    );
    const stopped = setUp();
    await expect.poll(() => existsSync(join(setup.base, 'times')), { timeout: 10_000 }).toBe(true);
    children.at(-1)?.kill('SIGTERM');
    expect((await stopped).code).toBe(1);
    expect(readFileSync(join(setup.base, 'npm'), 'utf8')).toBe('stopped\n');
    expect(existsSync(join(setup.project, '.autovideo', 'bootstrap.lock'))).toBe(false);
  });

  it('do not wait for one that was killed', async () => {
    lockfile({ 'node_modules/a': { version: '1.0.0' } });
    npm('true', { 'node_modules/a': { version: '1.0.0' } });
    mkdirSync(join(setup.project, '.autovideo'));
    for (const holder of ['999999999 123', `${process.pid} an-earlier-process-with-this-number`]) {
      writeFileSync(join(setup.project, '.autovideo', 'bootstrap.lock'), holder);
      installed({});
      const { code, output } = await setUp();
      expect(output).toMatch(/^set-up: installed the packages/);
      expect(code).toBe(0);
    }
  });
});

describe('The build', () => {
  beforeEach(() => {
    mkdirSync(join(setup.project, 'src'));
    writeFileSync(join(setup.project, 'src', 'main.ts'), 'export const one: number = 1;\n');
    for (const name of ['tsconfig.json', 'rolldown.config.ts']) writeFileSync(join(setup.project, name), '');
    // Replaces the bundler: logs each run and writes the requested output.
    const bundler = join(setup.project, 'node_modules', 'rolldown', 'bin', 'cli.mjs');
    mkdirSync(join(bundler, '..'), { recursive: true });
    writeFileSync(
      bundler,
      `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
      const out = process.argv[process.argv.indexOf('--dir') + 1];
      appendFileSync(${JSON.stringify(join(setup.base, 'builds'))}, 'x');
      mkdirSync(out, { recursive: true }); writeFileSync(out + '/main.js', '');`,
    );
  });
  const builds = () => readFileSync(join(setup.base, 'builds'), 'utf8').length;

  it('is made once, and again after a change', async () => {
    expect((await setUp()).output).toMatch(/^set-up: built dist\/, /);
    expect(await setUp()).toEqual({ code: 0, output: '' });
    writeFileSync(join(setup.project, 'src', 'main.ts'), 'export const one: number = 2;\n');
    writeFileSync(join(setup.project, 'dist', 'stale.js'), '');
    await setUp();
    expect(builds()).toBe(2);
    expect(existsSync(join(setup.project, 'dist', 'stale.js'))).toBe(false);
  });

  it('is not repeated for a changed time alone, nor for a changed test', async () => {
    await setUp();
    utimesSync(join(setup.project, 'src', 'main.ts'), new Date(), new Date());
    writeFileSync(join(setup.project, 'src', 'main.test.ts'), '');
    expect(await setUp()).toEqual({ code: 0, output: '' });
    expect(builds()).toBe(1);
  });
});
