import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processIdentity } from './process-identity.ts';
import { tryLock, withLock } from './start-lock.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(folder, 'start.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('The start lock', () => {
  it('has one holder at a time, and leaves no file behind', async () => {
    let inside = 0;
    let most = 0;
    const enter = () =>
      withLock(file, undefined, async () => {
        inside += 1;
        most = Math.max(most, inside);
        // Long enough for the others to come in, if they could.
        await new Promise((resolve) => setTimeout(resolve, 20));
        inside -= 1;
      });
    await Promise.all([enter(), enter(), enter()]);
    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is released when the work fails', async () => {
    await expect(withLock(file, undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
  });

  it('is taken over when its holder is dead, or was another process with the same id', () => {
    for (const holder of ['999999999 1', `${process.pid} long-ago`]) {
      writeFileSync(file, holder);
      expect(tryLock(file)).toBe(true);
      expect(readdirSync(folder)).toEqual(['start.lock']);
      rmSync(file);
    }
  });

  it('is respected while its holder is alive, and the wait can be canceled', async () => {
    const holder = spawn('sleep', ['30'], { stdio: 'ignore' });
    const pid = holder.pid ?? 0;
    try {
      writeFileSync(file, `${pid} ${processIdentity(pid)}`);
      expect(tryLock(file)).toBe(false);
      const waiting = withLock(file, AbortSignal.timeout(30), () => Promise.resolve());
      await expect(waiting).rejects.toMatchObject({ code: 'CANCELED' });
    } finally {
      holder.kill('SIGKILL');
    }
  });
});
