import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestInstallation, type TestInstallation } from '../helpers/installation.ts';
import { ensureBuilt, processesNaming } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const SLOW = 120_000;
let installation: TestInstallation;

beforeAll(ensureBuilt, SLOW);
// One for each: a second demo in the same folder would also make the unfinished film of the first.
beforeEach(async () => {
  installation = await createTestInstallation();
});
afterEach(() => installation?.remove());

/** Starts the demo in a separate process, sends the signal while it runs, and returns its exit. */
async function stopDemoWith(signal: NodeJS.Signals) {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...installation.settings };
  const child = spawn(process.execPath, ['dist/main.js', 'make', '--demo', '--resolution', '480'], { env });
  const ended = once(child, 'close');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  await until('a scene is spoken', () => output.includes('Spoke scene') || child.exitCode !== null, 60);
  child.kill(signal);
  await ended;
  return { code: child.exitCode, output };
}

describe('Ctrl-C in the middle of the demo', () => {
  it.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])(
    '%s ends it with %i, keeps the video and leaves nothing running',
    async (signal, exitCode) => {
      const { code, output } = await stopDemoWith(signal);
      expect(output).toMatch(/continues whenever Auto Video runs.*\n +npm run demo -- --watch video_\w+\n$/);
      expect(code).toBe(exitCode);
      expect(await processesNaming(installation.dataDir)).toEqual([]);
      const jobs = await installation.db.sql().selectFrom('jobs').select('status').orderBy('id', 'desc').execute();
      expect(jobs[0]?.status).toBe('WAITING');
    },
    SLOW,
  );
});
