#!/usr/bin/env node
// Starts the program under a Node that can run it, and sets the project up first where that has not been done.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED_NODE = 24;
const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));
const main = join(root, 'dist', 'main.js');
const ownNode = join(root, 'node_modules', '.bin', 'node');
const newEnough = Number.parseInt(process.versions.node, 10) >= NEEDED_NODE;

if (!existsSync(main) || !(newEnough || existsSync(ownNode))) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'bootstrap.mjs')], {
    stdio: ['inherit', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}
if (newEnough) {
  process.argv[1] = main;
  await import(pathToFileURL(main).href);
} else runWithOwnNode();

function runWithOwnNode() {
  const child = spawn(ownNode, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child as well, and a second one would mean "at once"; so only what a terminal does
  // not send, or what comes without a terminal, is passed on.
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on('SIGINT', () => atTerminal || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGUSR2']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(
      `Node ${NEEDED_NODE} could not be started (${error.message}): run "node scripts/bootstrap.mjs".\n`,
    );
    process.exit(1);
  });
  // The shell's convention for an end by a signal.
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
