import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { z } from 'zod';

const { start } = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8'))).scripts;

/** Takes the place of Node: prints what it was started with, and when SIGTERM has come. */
const FAKE_NODE = `#!/bin/sh
trap 'echo "has SIGTERM"; exit 0' TERM
echo "arenas $MALLOC_ARENA_MAX, $*"
while :; do sleep 0.05; done
`;

it('npm start limits the memory of the program, which gets the SIGTERM that npm passes to its shell', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'npm-start-'));
  writeFileSync(join(folder, 'node'), FAKE_NODE, { mode: 0o755 });
  // As npm runs a script.
  const shell = spawn('sh', ['-c', start], {
    env: { PATH: `${folder}:/usr/bin:/bin` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  const line = async () => (await lines.next()).value;
  try {
    expect(await line()).toBe('arenas 2, --max-semi-space-size=4 dist/main.js start');
    const ended = once(shell, 'exit');
    shell.kill('SIGTERM');
    expect(await line()).toBe('has SIGTERM');
    await ended;
  } finally {
    shell.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
});
