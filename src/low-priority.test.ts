import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { yieldProcess, yieldSession } from './low-priority.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Waits for input that never comes. */
function idleProgram(detached: boolean): number {
  const child = spawn('cat', { detached, stdio: ['pipe', 'ignore', 'ignore'] });
  children.push(child);
  return child.pid ?? 0;
}

describe('A process that yields', () => {
  it('has a lower priority than ours, which stays', () => {
    const [own, pid] = [getPriority(), idleProgram(false)];
    yieldProcess(pid);
    expect([getPriority(pid) > own, getPriority()]).toEqual([true, own]);
  });

  it.runIf(process.platform === 'linux')(
    'yields with its whole session, where Linux shares the processor between sessions',
    () => {
      const session = idleProgram(true);
      yieldSession(session);
      expect(getPriority(session)).toBeGreaterThan(getPriority());
      // Empty where the system does not group processes by session.
      const grouped = readFileSync(`/proc/${session}/autogroup`, 'utf8');
      if (grouped !== '') expect(grouped).toMatch(/ nice 5\n$/);
    },
  );

  it('may have ended already', () => {
    expect(() => yieldSession(999_999_999)).not.toThrow();
  });
});
