// Node 24 for all later steps: npm puts node_modules/.bin first on the PATH of its scripts.
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from './report.mjs';
import { outputOf, run } from './run.mjs';

export const NEEDED_NODE = 24;

/** Verified by running it: an install can succeed and leave a Node that this machine cannot run. */
export async function ensureNode({ root, report, lock }) {
  const link = join(root, 'node_modules', '.bin', 'node');
  if (majorOf(outputOf(link, ['-v'])) >= NEEDED_NODE) return;
  await lock.hold();
  const fromNpm = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (tryLink(link, fromNpm)) return;
  // A Node that cannot run must not precede the working one on the PATH.
  rmSync(link, { force: true });
  if (majorOf(process.version) >= NEEDED_NODE) return;
  if (process.platform === 'darwin' && outputOf('brew', ['--version']) !== undefined) {
    await report.step('installing Node 24', 'installed Node 24 with Homebrew', () =>
      run('brew', ['install', `node@${NEEDED_NODE}`], { failed: 'Homebrew could not install Node 24:' }),
    );
    if (tryLink(link, join(outputOf('brew', ['--prefix', `node@${NEEDED_NODE}`]) ?? '', 'bin', 'node'))) return;
  }
  throw new SetupError(howToGetNode());
}

/** The major version in the output of `node -v`; 0 for anything else. */
export function majorOf(version) {
  return Number(/^v(\d+)\./.exec(version ?? '')?.[1] ?? 0);
}

function tryLink(link, program) {
  if (!existsSync(program) || majorOf(outputOf(program, ['-v'])) < NEEDED_NODE) return false;
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(program, link);
  return true;
}

function howToGetNode() {
  const machine = `${process.platform}-${process.arch}`;
  const how =
    process.platform === 'darwin'
      ? 'type "brew install node@24 && brew link --overwrite node@24"'
      : 'install it from https://nodejs.org/en/download';
  return `Node ${NEEDED_NODE} or newer is needed. This is ${process.version}, and npm installed none that runs on ${machine}:\n${how}, then run the same command again.`;
}
