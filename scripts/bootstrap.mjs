#!/usr/bin/env node
// Sets up what the project needs, and is fast and silent when nothing is missing. Plain Node 20 without packages: it
// runs before they are installed. `--only build` does only the build, for images that provide the rest themselves, and `--only
// test-programs` that of the programs that tests start.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale, TEST_PROGRAMS } from './bootstrap/build.mjs';
import { readEnvironment } from './bootstrap/environment.mjs';
import { takeLock } from './bootstrap/lock.mjs';
import { ensureNode } from './bootstrap/node-version.mjs';
import { ensurePackages } from './bootstrap/packages.mjs';
import { ensurePrograms } from './bootstrap/programs.mjs';
import { createReport, SetupError } from './bootstrap/report.mjs';
import { stopTogether } from './bootstrap/run.mjs';

if (Number.parseInt(process.versions.node, 10) < 20) {
  process.stderr.write(
    `Node 20 or newer is needed to start; this is ${process.version}. Get one from https://nodejs.org/en/download.\n`,
  );
  process.exit(1);
}
const root = dirname(dirname(fileURLToPath(import.meta.url)));
stopTogether();
const only = process.argv[2] === '--only' ? process.argv[3] : undefined;
const report = createReport();
const context = { root, env: readEnvironment(root), report, lock: takeLock(join(root, '.autovideo'), report) };

async function ownParts() {
  await ensurePackages(context);
  await ensureNode(context);
  await buildIfStale(context);
}

// The network and the system's package manager do not depend on each other, so both run concurrently.
const parts =
  {
    build: () => [buildIfStale(context)],
    'test-programs': () => [buildIfStale(context, TEST_PROGRAMS)],
  }[only] ?? (() => [ownParts(), ensurePrograms(context)]);
const outcomes = await Promise.allSettled(parts());
report.end();
context.lock.release();

for (const { reason } of outcomes.filter(({ status }) => status === 'rejected')) {
  process.stderr.write(`\n${reason instanceof SetupError ? reason.message : reason.stack}\n`);
  process.exitCode = 1;
}
