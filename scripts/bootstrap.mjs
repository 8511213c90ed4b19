#!/usr/bin/env node
// Sets up what the project needs, and is fast and silent when nothing is missing. Plain Node 20 without packages: it
// runs before they are installed. `--only build` does only the build, for images that provide the rest themselves, `--only
// test-programs` that of the programs that tests start, and `--only test-tools` fetches the tools that only tests use. `--for tests`
// fetches those beside the rest.
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
import { ensureTestTools } from './bootstrap/test-tools.mjs';

if (Number.parseInt(process.versions.node, 10) < 20) {
  process.stderr.write(
    `Node 20 or newer is needed to start; this is ${process.version}. Get one from https://nodejs.org/en/download.\n`,
  );
  process.exit(1);
}
const root = dirname(dirname(fileURLToPath(import.meta.url)));
stopTogether();
const [option, wanted] = process.argv.slice(2);
const only = option === '--only' ? wanted : undefined;
const isForTests = option === '--for' && wanted === 'tests';
const report = createReport();
const context = { root, env: readEnvironment(root), report, lock: takeLock(join(root, '.autovideo'), report) };

async function ownParts() {
  await ensurePackages(context);
  await ensureNode(context);
  await buildIfStale(context);
}

// Packages, programs and tools do not depend on each other, so all run concurrently.
const parts =
  {
    build: () => [buildIfStale(context)],
    'test-programs': () => [buildIfStale(context, TEST_PROGRAMS)],
    'test-tools': () => [ensureTestTools(context)],
  }[only] ?? (() => [ownParts(), ensurePrograms(context), ...(isForTests ? [ensureTestTools(context)] : [])]);
const outcomes = await Promise.allSettled(parts());
report.end();
context.lock.release();

for (const { reason } of outcomes.filter(({ status }) => status === 'rejected')) {
  process.stderr.write(`\n${reason instanceof SetupError ? reason.message : reason.stack}\n`);
  process.exitCode = 1;
}
