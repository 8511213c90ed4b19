import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type BuildOutput, isFresh, PROGRAM, TEST_PROGRAMS } from '../../scripts/bootstrap/build.mjs';
import { freePort } from '../../src/embedded/free-port.ts';
import type { Settings, TestInstallation } from './installation.ts';

const run = promisify(execFile);
/** A start takes a second, and up to a minute when ten other processes compete for the same two cores. */
const READY_MS = 60_000;

/** Builds dist/ where it is older than src/; several test files may call it at once. */
export async function ensureBuilt(): Promise<void> {
  await build('build', PROGRAM);
}

/** The same for the programs of test/programs; returns the path of one. */
export async function ensureTestProgram(name: 'fake-app' | 'chaos-worker'): Promise<string> {
  await build('test-programs', TEST_PROGRAMS);
  return join(TEST_PROGRAMS.dir, `${name}.js`);
}

async function build(only: string, output: BuildOutput): Promise<void> {
  if (!isFresh(process.cwd(), output)) await run(process.execPath, ['scripts/bootstrap.mjs', '--only', only]);
}

/** A separate `autovideo` process. The caller stops it. */
export class SpawnedApp {
  readonly url: string;
  readonly #child: ChildProcess;
  #output = '';

  private constructor(child: ChildProcess, url: string) {
    this.url = url;
    this.#child = child;
    const onData = (text: unknown) => {
      this.#output += String(text);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', onData);
  }

  /** Ready when this resolves: an API answers, a worker has sent a heartbeat. */
  static async start(
    installation: TestInstallation,
    command: 'start' | 'serve' | 'worker',
    { port, settings, program = 'dist/main.js' }: { port?: number; settings?: Settings; program?: string } = {},
  ): Promise<SpawnedApp> {
    const listensOn = port ?? (await freePort());
    const env = { ...inherited(), ...installation.settings, ...settings, PORT: String(listensOn) };
    const child = spawn(process.execPath, [program, command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const app = new SpawnedApp(child, `http://127.0.0.1:${listensOn}`);
    await app.#until(() => (command === 'worker' ? isAlive(installation, app.pid) : answers(app.url)));
    return app;
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** Its log and its other output. */
  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Sends a signal after which it may continue to run, such as SIGSTOP. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Resolves with how it ended: an exit code, or the signal that killed it. */
  async kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    if (!this.hasEnded) this.signal(signal);
    return await this.ended();
  }

  /** Waits for its end, and returns how it ended. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    if (!this.hasEnded) await once(this.#child, 'close');
    return this.#child.exitCode ?? this.#child.signalCode;
  }

  /** Stops it gracefully; throws where it does not end so. */
  async stop(): Promise<void> {
    const end = await this.kill('SIGTERM');
    if (end !== 0 && end !== 'SIGKILL') throw new Error(`The process ended with ${String(end)}:\n${this.#output}`);
  }

  async #until(holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + READY_MS;
    while (!(await holds())) {
      if (this.hasEnded) throw new Error(`The process ended at its start:\n${this.#output}`);
      if (Date.now() > end) {
        await this.kill('SIGKILL');
        throw new Error(`The process was not ready in ${READY_MS / 1_000} s:\n${this.#output}`);
      }
      await sleep(50);
    }
  }
}

/** The part of our environment that programs need; without settings of the user who runs the tests. */
function inherited(): Settings {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false, // no server listens there yet
  );
}

async function isAlive({ db }: TestInstallation, pid: number): Promise<boolean> {
  const rows = await db.sql().selectFrom('workers').select('id').where('pid', '=', pid).execute();
  return rows.length > 0;
}

/** Running processes (not defunct ones) whose command line contains the text; none where the system has no /proc. */
export async function processesNaming(text: string): Promise<string[]> {
  const ids = await readdir('/proc').catch(() => []);
  const lines = await Promise.all(ids.filter((id) => /^\d+$/.test(id)).map((id) => commandLine(id)));
  return lines.filter((line) => line.includes(text));
}

interface RunningProcess {
  readonly pid: number;
  readonly line: string;
}

/** Running children of a process: their ids and command lines; none where the system has no /proc. */
export async function childrenOf(pid: number): Promise<RunningProcess[]> {
  return await running(await childIdsOf(pid));
}

/** Running children of a process, their children and so on: their ids and command lines. */
export async function descendantsOf(pid: number): Promise<RunningProcess[]> {
  const found = [pid];
  // The loop also visits what it adds.
  for (const one of found) found.push(...(await childIdsOf(one)));
  return await running(found.slice(1));
}

/** Those of all its threads. Reading this is much faster than looking for the parent of every process. */
async function childIdsOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists
    .flatMap((list) => list.trim().split(' '))
    .filter((id) => id !== '')
    .map(Number);
}

async function running(pids: readonly number[]): Promise<RunningProcess[]> {
  const all = await Promise.all(pids.map(async (pid) => ({ pid, line: await commandLine(String(pid)) })));
  return all.filter(({ line }) => line !== '');
}

/** Empty for one that has ended meanwhile, and for a defunct one. */
async function commandLine(id: string): Promise<string> {
  return (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
}
