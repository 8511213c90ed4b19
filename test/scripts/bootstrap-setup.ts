import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export const repository = join(import.meta.dirname, '..', '..');

/** A small project for each test, with programs that stand in for npm and apt-get. */
export function useProject() {
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

  return {
    get base() {
      return base;
    },
    get project() {
      return project;
    },
    get programs() {
      return programs;
    },
    children,
    setUp,
    run,
    fake,
    npm,
    lockfile,
    installed,
  };
}
