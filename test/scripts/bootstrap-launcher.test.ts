import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
/** Makes the launcher run as under an old Node, whatever the actual version. */
const OLD_NODE = `data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })",
)}`;
const MAIN = `
  if (process.argv[2] === 'wait') {
    let signals = 0;
    setInterval(() => undefined, 1000);
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => {
      signals += 1;
      setTimeout(() => process.exit(40 + signals), 200);
    });
  } else if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL');
  else process.exitCode = 7;
  process.stdout.write(JSON.stringify(process.argv.slice(2)) + process.version + '\\n');`;
const children: ChildProcess[] = [];
let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'launcher '));
  for (const folder of ['bin', 'scripts'])
    cpSync(join(repository, folder), join(base, 'project', folder), { recursive: true });
  mkdirSync(join(base, 'project', 'node_modules', '.bin'), { recursive: true });
  mkdirSync(join(base, 'project', 'dist'));
  symlinkSync(process.execPath, join(base, 'project', 'node_modules', '.bin', 'node'));
  writeFileSync(join(base, 'project', 'package.json'), '{ "type": "module" }');
  writeFileSync(join(base, 'project', 'dist', 'main.js'), MAIN);
  // A link from another folder, as npm creates it.
  symlinkSync(join(base, 'project', 'bin', 'autovideo.mjs'), join(base, 'autovideo'));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(base, { recursive: true, force: true });
});

describe.each([
  { node: 'a new Node', flags: [] },
  { node: 'an older Node', flags: ['--import', OLD_NODE] },
])('autovideo under $node', ({ flags }) => {
  it('runs the program under a Node that can run it, with its arguments, and exits with its exit code', async () => {
    const { code, output } = await launch(flags, ['make', 'a b', '--help']).ended;
    expect(output).toBe(`["make","a b","--help"]${process.version}\n`);
    expect(code).toBe(7);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('passes %s on once and waits for the end', async (signal) => {
    const running = launch(flags, ['wait']);
    await running.started;
    running.child.kill(signal);
    expect((await running.ended).code).toBe(41);
  });
});

it('reports an end by a signal to the shell', async () => {
  expect((await launch(['--import', OLD_NODE], ['die']).ended).code).toBe(128 + 9);
});

it('sets up a project that was never built, and reports why when it cannot', async () => {
  rmSync(join(base, 'project', 'dist'), { recursive: true });
  const { code, output } = await launch([], ['make']).ended;
  expect(output).toContain('package-lock.json is missing or broken');
  expect(code).toBe(1);
  expect(existsSync(join(base, 'project', 'dist'))).toBe(false);
});

function launch(flags: string[], args: string[]) {
  const child = spawn(process.execPath, [...flags, join(base, 'autovideo'), ...args], { cwd: tmpdir() });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output += String(text);
    });
  }
  const started = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, output }));
  });
  return { child, started, ended };
}
