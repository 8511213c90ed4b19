import { execFileSync, spawn } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { runChildGroup } from '../../src/media/process/child-group.ts';
import { ChildStarter } from '../../src/media/process/child-starter.ts';
import { until } from '../helpers/until.ts';

const starter = new ChildStarter();
afterAll(() => starter.close());

/** 2,000 lines on both outputs, then an exit code of its own. */
const TALKING = ['-c', 'i=0; while [ $i -lt 1000 ]; do echo "out $i"; echo "err $i" >&2; i=$((i+1)); done; exit 3'];

/** A shell that waits, recognizable by `name`. */
function waiting(name: string): readonly string[] {
  return ['-c', `while sleep 0.1; do : ${name}; done`];
}

function running(name: string): number {
  const lines = execFileSync('ps', ['-eo', 'stat,args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(`: ${name};`) && !line.startsWith('Z')).length;
}

describe('A program that a small process starts', () => {
  it('gives the same lines and the same exit code as one that this process starts', async () => {
    const outputs = [];
    for (const run of [runChildGroup, starter.run]) {
      const [stdout, stderr]: string[][] = [[], []];
      const exit = await run('sh', TALKING, {
        signal: new AbortController().signal,
        onStdout: (line) => stdout?.push(line),
        onStderr: (line) => stderr?.push(line),
      });
      outputs.push({ exit, stdout, stderr });
    }
    expect(outputs[0]?.exit).toEqual({ code: 3, killedBy: null });
    expect(outputs[0]?.stdout).toHaveLength(1_000);
    expect(outputs[0]?.stderr?.at(-1)).toBe('err 999');
    expect(outputs[1]).toEqual(outputs[0]);
  });

  it('runs in the requested folder', async () => {
    const lines: string[] = [];
    const { signal } = new AbortController();
    await starter.run('pwd', [], { signal, cwd: '/usr', onStdout: (line) => lines.push(line) });
    expect(lines).toEqual(['/usr']);
  });

  it('is refused with the code of the system where it is missing', async () => {
    const { signal } = new AbortController();
    await expect(starter.run('/nowhere/program', [], { signal })).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is ended by its own signal only, also by one that has been aborted before', async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const [name, otherName] = [`one-${process.pid}`, `other-${process.pid}`];
    const run = starter.run('sh', waiting(name), { signal: one.signal });
    const otherRun = starter.run('sh', waiting(otherName), { signal: other.signal });
    await until('both run', () => running(name) === 1 && running(otherName) === 1);
    one.abort();
    expect(await run).toEqual({ code: null, killedBy: 'SIGTERM' });
    expect([running(name), running(otherName)]).toEqual([0, 1]);
    other.abort();
    expect(await otherRun).toEqual({ code: null, killedBy: 'SIGTERM' });
    const late = starter.run('sh', waiting(`late-${process.pid}`), { signal: AbortSignal.abort() });
    expect(await late).toMatchObject({ killedBy: 'SIGTERM' });
  });

  it('fails with a retriable error when the small process ends before it', async () => {
    const own = new ChildStarter();
    const run = own.run('sleep', ['5'], { signal: new AbortController().signal });
    await Promise.all([expect(run).rejects.toMatchObject({ code: 'FFMPEG_FAILED', retriable: true }), own.close()]);
  });

  it('is not touched by the end of an idle small process before it', async () => {
    const own = new ChildStarter({ idleSeconds: 0 });
    const { signal } = new AbortController();
    for (let runs = 0; runs < 5; runs += 1) {
      expect(await own.run('true', [], { signal })).toEqual({ code: 0, killedBy: null });
      await new Promise((resolve) => setTimeout(resolve, runs));
    }
    await own.close();
  });

  it('ends at once when the process is killed', async () => {
    const name = `orphan-of-starter-${process.pid}`;
    const code = `
      import { ChildStarter } from './src/media/process/child-starter.ts';
      import { Ffmpeg } from './src/media/process/ffmpeg.ts';
      const endless = ['-f', 'lavfi', '-i', 'color=black:s=64x64:r=1', '-re', '-metadata', 'title=: ${name};', '-f', 'null', '-'];
      await new Ffmpeg(undefined, new ChildStarter().run).run(endless, { signal: new AbortController().signal });`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: 'ignore' });
    await until('it runs', () => running(name) === 1);
    parent.kill('SIGKILL');
    await until('it has ended', () => running(name) === 0);
    expect(running(name)).toBe(0);
  });
});
