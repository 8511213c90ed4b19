import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
const children: ChildProcess[] = [];
let base: string;
/** A project without anything to install: the set-up's own code, an empty lockfile, and a suitable Node. */
let project: string;
/** The only folder on the PATH: a program that is not in it is not installed. */
let programs: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'set up '));
  project = join(base, 'project');
  programs = join(base, 'programs');
  for (const folder of [programs, join(project, 'node_modules', '.bin')]) mkdirSync(folder, { recursive: true });
  cpSync(join(repository, 'scripts'), join(project, 'scripts'), { recursive: true });
  lockfile({});
  installed({});
  symlinkSync(process.execPath, join(project, 'node_modules', '.bin', 'node'));
  fake('ffmpeg', 'echo "ffmpeg version 5.1.9-0+deb12u1 Copyright (c) the FFmpeg developers"');
  fake('ffprobe', 'true');
  fake('redis-server', 'echo "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64 build=0"');
  fake('apt-get', 'true');
  fake('id', 'echo 1000');
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(base, { recursive: true, force: true });
});

describe('The set-up', () => {
  it('prints nothing and leaves nothing behind when there is nothing to do', async () => {
    expect(await setUp()).toEqual({ code: 0, output: '' });
    expect(existsSync(join(project, '.autovideo'))).toBe(false);
  });

  it('prints the exact command to type when FFmpeg is missing and there are no rights to install it', async () => {
    rmSync(join(programs, 'ffmpeg'));
    const { code, output } = await setUp();
    expect(code).toBe(1);
    expect(output).toContain('FFmpeg is not installed.');
    expect(output).toContain('    sudo apt-get update && sudo apt-get install -y --no-install-recommends ffmpeg\n');
  });

  it('names both programs in one command, and prevents the system from starting its own Redis', async () => {
    for (const program of ['ffmpeg', 'redis-server']) rmSync(join(programs, program));
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
    rmSync(join(programs, 'redis-server'));
    expect((await setUp()).code).toBe(1);
    expect(await setUp({ REDIS_URL: 'redis://elsewhere' })).toEqual({ code: 0, output: '' });
    writeFileSync(join(project, '.env'), 'REDIS_URL=redis://elsewhere\n');
    expect(await setUp()).toEqual({ code: 0, output: '' });
  });

  it('uses the FFmpeg of the settings', async () => {
    const own = join(base, 'own');
    mkdirSync(own);
    for (const program of ['ffmpeg', 'ffprobe']) renameSync(join(programs, program), join(own, program));
    expect(await setUp({ FFMPEG_PATH: join(own, 'ffmpeg'), FFPROBE_PATH: join(own, 'ffprobe') })).toEqual({
      code: 0,
      output: '',
    });
    expect((await setUp({ FFMPEG_PATH: join(own, 'ffmpeg') })).output).toContain('FFmpeg is not installed.');
  });

  it('installs missing programs if sudo needs no password, and prints the time', async () => {
    rmSync(join(programs, 'ffmpeg'));
    const ffmpeg = join(programs, 'ffmpeg');
    fake(
      'sudo',
      `[ "$*" = "-n true" ] && exit 0; printf '%s\\n' "$*" >"${base}/sudo"; printf '#!/bin/sh\\necho ffmpeg version 5.1' >"${ffmpeg}"; /bin/chmod +x "${ffmpeg}"`,
    );
    const { code, output } = await setUp();
    expect(output).toMatch(/^set-up: installed FFmpeg, \d+\.\d s\n$/);
    expect(code).toBe(0);
    expect(readFileSync(join(base, 'sudo'), 'utf8')).toMatch(
      /^-n sh .*apt-install\.sh \/usr\/sbin\/policy-rc\.d ffmpeg\n$/,
    );
  });

  it('shows the output of the package manager when it fails', async () => {
    rmSync(join(programs, 'ffmpeg'));
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
    npm(`echo "$@" >"${base}/npm"`, wanted);
    const { output } = await setUp({ NODE_ENV: 'production' });
    expect(output).toMatch(/^set-up: installed the packages of package-lock.json, \d+\.\d s\n$/);
    const said = readFileSync(join(base, 'npm'), 'utf8');
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
    const link = join(project, 'node_modules', '.bin', 'node');
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

describe('Two concurrent set-ups', () => {
  it('wait for each other, and the second has nothing to do', async () => {
    lockfile({ 'node_modules/a': { version: '1.0.0' } });
    npm(`echo x >>"${base}/times"; /bin/sleep 1`, { 'node_modules/a': { version: '1.0.0' } });
    const first = setUp();
    await expect.poll(() => existsSync(join(base, 'times')), { timeout: 10_000 }).toBe(true);
    expect((await setUp()).output).toMatch(/^set-up: waiting for another set-up \(process \d+\)\n$/);
    await first;
    expect(readFileSync(join(base, 'times'), 'utf8')).toBe('x\n');
    expect(existsSync(join(project, '.autovideo', 'bootstrap.lock'))).toBe(false);
  });

  it('do not interfere when one is stopped: it exits after its child has exited', async () => {
    lockfile({ 'node_modules/a': { version: '1.0.0' } });
    npm(
      `trap '/bin/sleep 0.5; echo stopped >"${base}/npm"; exit 1' TERM; echo x >"${base}/times"; while :; do /bin/sleep 0.1; done`,
      {},
    );
    const stopped = setUp();
    await expect.poll(() => existsSync(join(base, 'times')), { timeout: 10_000 }).toBe(true);
    children.at(-1)?.kill('SIGTERM');
    expect((await stopped).code).toBe(1);
    expect(readFileSync(join(base, 'npm'), 'utf8')).toBe('stopped\n');
    expect(existsSync(join(project, '.autovideo', 'bootstrap.lock'))).toBe(false);
  });

  it('do not wait for one that was killed', async () => {
    lockfile({ 'node_modules/a': { version: '1.0.0' } });
    npm('true', { 'node_modules/a': { version: '1.0.0' } });
    mkdirSync(join(project, '.autovideo'));
    for (const holder of ['999999999 123', `${process.pid} an-earlier-process-with-this-number`]) {
      writeFileSync(join(project, '.autovideo', 'bootstrap.lock'), holder);
      installed({});
      const { code, output } = await setUp();
      expect(output).toMatch(/^set-up: installed the packages/);
      expect(code).toBe(0);
    }
  });
});

describe('The build', () => {
  beforeEach(() => {
    mkdirSync(join(project, 'src'));
    writeFileSync(join(project, 'src', 'main.ts'), 'export const one: number = 1;\n');
    for (const name of ['tsconfig.json', 'rolldown.config.ts']) writeFileSync(join(project, name), '');
    // Replaces the bundler: logs each run and writes the requested output.
    const bundler = join(project, 'node_modules', 'rolldown', 'bin', 'cli.mjs');
    mkdirSync(join(bundler, '..'), { recursive: true });
    writeFileSync(
      bundler,
      `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
      const out = process.argv[process.argv.indexOf('--dir') + 1];
      appendFileSync(${JSON.stringify(join(base, 'builds'))}, 'x');
      mkdirSync(out, { recursive: true }); writeFileSync(out + '/main.js', '');`,
    );
  });
  const builds = () => readFileSync(join(base, 'builds'), 'utf8').length;

  it('is made once, and again after a change', async () => {
    expect((await setUp()).output).toMatch(/^set-up: built dist\/, /);
    expect(await setUp()).toEqual({ code: 0, output: '' });
    writeFileSync(join(project, 'src', 'main.ts'), 'export const one: number = 2;\n');
    writeFileSync(join(project, 'dist', 'stale.js'), '');
    await setUp();
    expect(builds()).toBe(2);
    expect(existsSync(join(project, 'dist', 'stale.js'))).toBe(false);
  });

  it('is not repeated for a changed time alone, nor for a changed test', async () => {
    await setUp();
    utimesSync(join(project, 'src', 'main.ts'), new Date(), new Date());
    writeFileSync(join(project, 'src', 'main.test.ts'), '');
    expect(await setUp()).toEqual({ code: 0, output: '' });
    expect(builds()).toBe(1);
  });
});

describe('Installing with apt-get as root', () => {
  const script = join(repository, 'scripts', 'bootstrap', 'apt-install.sh');
  const policy = () => join(base, 'policy-rc.d');

  beforeEach(() => {
    // Logs whether a package may start Redis, and another service, while packages are unpacked.
    fake(
      'apt-get',
      `case "$*" in *install*) for s in redis-server.service other.service; do
      if [ ! -e "${policy()}" ]; then r=none; elif "${policy()}" $s start; then r=yes; else r=no; fi; echo "$s $r" >>"${base}/asked"; done;; esac`,
    );
    fake('dpkg-query', 'exit 1');
    fake('systemctl', `echo "$@" >>"${base}/systemctl"`);
    fake('update-rc.d', 'true');
    fake('service', 'true');
    for (const tool of ['grep', 'rm', 'chmod']) symlinkSync(join('/bin', tool), join(programs, tool));
  });
  const asked = () => readFileSync(join(base, 'asked'), 'utf8');

  it('prevents Redis from starting now and at the next boot, allows others to start, and cleans up', async () => {
    expect((await run('/bin/sh', [script, policy(), 'redis-server', 'ffmpeg'])).code).toBe(0);
    expect(asked()).toBe('redis-server.service no\nother.service yes\n');
    expect(readFileSync(join(base, 'systemctl'), 'utf8')).toContain('disable');
    expect(existsSync(policy())).toBe(false);
  });

  it('cleans up when the installation fails', async () => {
    fake('apt-get', `case "$*" in *install*) [ -e "${policy()}" ] && echo there >"${base}/asked"; exit 100;; esac`);
    expect((await run('/bin/sh', [script, policy(), 'redis-server'])).code).toBe(100);
    expect(asked()).toBe('there\n');
    expect(existsSync(policy())).toBe(false);
  });

  it('keeps a foreign policy, and replaces one that a killed run of the set-up left', async () => {
    writeFileSync(policy(), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    await run('/bin/sh', [script, policy(), 'redis-server']);
    expect(readFileSync(policy(), 'utf8')).toBe('#!/bin/sh\nexit 101\n');
    writeFileSync(policy(), '#!/bin/sh\n# auto-video set-up\nexit 101\n', { mode: 0o755 });
    await run('/bin/sh', [script, policy(), 'ffmpeg']);
    expect(asked().split('\n').slice(2, 4)).toEqual(['redis-server.service none', 'other.service none']);
    expect(existsSync(policy())).toBe(false);
  });

  it('does not touch a Redis that was installed before', async () => {
    fake('dpkg-query', 'echo installed');
    await run('/bin/sh', [script, policy(), 'redis-server', 'ffmpeg']);
    expect(existsSync(join(base, 'systemctl'))).toBe(false);
  });
});

function setUp(env: Record<string, string> = {}) {
  return run(process.execPath, [join(project, 'scripts', 'bootstrap.mjs')], env);
}

function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    // Another folder and an empty environment: neither may matter.
    const child = spawn(command, args, { cwd: tmpdir(), env: { PATH: programs, ...env } });
    children.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        output += String(text);
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

function fake(name: string, body: string): void {
  writeFileSync(join(programs, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(programs, name), 0o755);
  if (!existsSync(join(programs, 'sh'))) symlinkSync('/bin/sh', join(programs, 'sh'));
}

/** A fake npm that runs `body`, and then records `packages` as installed. */
function npm(body: string, packages: object): void {
  const record = join(project, 'node_modules', '.package-lock.json');
  fake('npm', `${body}\necho '${JSON.stringify({ packages })}' >"${record}"`);
}

function lockfile(packages: object): void {
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...packages } }));
}

function installed(packages: object): void {
  writeFileSync(join(project, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}
