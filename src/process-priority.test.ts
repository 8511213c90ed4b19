import { type ChildProcess, spawn } from 'node:child_process';
import { getPriority } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { lowerEncoderPriority, lowerProcessPriority } from './process-priority.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Waits for input that never comes. */
function idleProgram(): number {
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  children.push(child);
  return child.pid ?? 0;
}

describe('A process with lowered priority', () => {
  it('has a lower priority than this process, whose priority stays', () => {
    const [own, pid] = [getPriority(), idleProgram()];
    lowerProcessPriority(pid);
    expect([getPriority(pid) > own, getPriority()]).toEqual([true, own]);
  });

  it('is lowered further where it uses whole cores', () => {
    const [program, encoder] = [idleProgram(), idleProgram()];
    lowerProcessPriority(program);
    lowerEncoderPriority(encoder);
    expect(getPriority(encoder)).toBeGreaterThan(getPriority(program));
  });

  it('may have ended already', () => {
    expect(() => lowerEncoderPriority(999_999_999)).not.toThrow();
  });
});
