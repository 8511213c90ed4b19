// Installs the packages of the lockfile, exactly and all of them.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SetupError } from './report.mjs';
import { run } from './run.mjs';

export async function ensurePackages({ root, report, lock }) {
  if (arePackagesInstalled(root)) return;
  await lock.hold();
  if (arePackagesInstalled(root)) return;
  await report.step('installing packages', 'installed the packages of package-lock.json', () => install(root));
}

/**
 * True if node_modules has all packages that the lockfile requires on this machine, by npm's own record of the
 * installation.
 */
export function arePackagesInstalled(root) {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  if (wanted === undefined)
    throw new SetupError('package-lock.json is missing or broken: take it from the repository again.');
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (installed === undefined) return false;
  const tried = readText(stampFile(root)) === stamp(root);
  return Object.entries(wanted).every(([path, entry]) => {
    const there = installed[path];
    if (path === '' || entry.link) return true;
    if (there !== undefined) return isSame(there, entry);
    // npm skips optional packages of other machines, and continues when an optional package fails.
    return entry.optional === true && (tried || !isForThisMachine(entry));
  });
}

function isSame(there, entry) {
  // If the lockfile has no fingerprint, npm records the one it found.
  return there.version === entry.version && [undefined, there.integrity].includes(entry.integrity);
}

/**
 * No package's install script is run: npm 12 blocks them, older ones do not, and none is needed here, so that every npm
 * installs the same. `--include` because NODE_ENV=production or a setting of npm would omit packages.
 */
async function install(root) {
  const flags = [
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath ?? '';
  const [command, first] = basename(npm) === 'npm-cli.js' ? [process.execPath, [npm]] : ['npm', []];
  await run(command, [...first, 'ci', ...flags], {
    cwd: root,
    failed: 'The packages could not be installed; is there a network connection? npm says:',
  });
  writeFileSync(stampFile(root), stamp(root));
}

function isForThisMachine({ os, cpu, libc }) {
  // A package without a system may still be skipped, as a dependency of one that has a system; detecting the C library
  // takes long, so a package bound to one may be skipped too.
  return os !== undefined && libc === undefined && names(os, process.platform) && names(cpu, process.arch);
}

/** npm's rule: a list of names, or of names with "!" before them; no list means any. */
function names(list, name) {
  const all = list === undefined ? [] : [list].flat();
  if (all.includes(`!${name}`)) return false;
  return all.includes(name) || all.every((one) => one.startsWith('!'));
}

function stampFile(root) {
  return join(root, 'node_modules', '.autovideo-packages');
}

function stamp(root) {
  const lockfile = readFileSync(join(root, 'package-lock.json'));
  return `${process.platform} ${process.arch} ${createHash('sha256').update(lockfile).digest('hex')}`;
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // missing, or truncated by a crash: both require an install
  }
}
