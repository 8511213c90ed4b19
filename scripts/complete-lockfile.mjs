// For changes of dependencies: node scripts/complete-lockfile.mjs [--check]
// `npm ci` refuses a lockfile that lacks an optional package of a package in it, even one for another machine. npm
// omits such a package from the lockfile when the registry in use does not serve it, or when node_modules was made on
// one machine first. This script adds the missing ones with their version, which the dependent pins, and the system
// that their name states; without a fingerprint, which only a registry that serves the package has.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  win32: 'win32',
  windows: 'win32',
};
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const LIBRARIES = { gnu: 'glibc', musl: 'musl' };

const lockfile = JSON.parse(readFileSync(FILE, 'utf8'));
const added = Object.entries(lockfile.packages).flatMap(([path, dependent]) =>
  Object.entries(dependent.optionalDependencies ?? {})
    .filter(
      ([name]) => !(`node_modules/${name}` in lockfile.packages || `${path}/node_modules/${name}` in lockfile.packages),
    )
    .map(([name, range]) => [`node_modules/${name}`, entryFor(name, range, dependent)]),
);
const names = added.map(([path, { version }]) => `${path.slice('node_modules/'.length)}@${version}`);
if (added.length === 0) process.stdout.write('The lockfile is complete.\n');
else if (process.argv.includes('--check')) {
  process.stderr.write(`The lockfile lacks ${names.join(', ')}: run "node scripts/complete-lockfile.mjs".\n`);
  process.exitCode = 1;
} else {
  const all = Object.entries(lockfile.packages).concat(added);
  lockfile.packages = Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(FILE, `${JSON.stringify(lockfile, null, 2)}\n`);
  process.stdout.write(`Added ${names.join(', ')}.\n`);
}

function entryFor(name, range, dependent) {
  const version = /^[~^]?(\d+\.\d+\.\d+\S*)$/.exec(range)?.[1];
  const words = name.split(/[/-]/);
  const os = Object.keys(SYSTEMS).find((word) => words.includes(word));
  const cpu = PROCESSORS.find((word) => words.includes(word));
  const libc = Object.keys(LIBRARIES).find((word) => words.includes(word));
  // A guess could make npm fetch a wrong package, so ambiguous cases are left to the developer.
  if (version === undefined || os === undefined || cpu === undefined) throw new Error(`Add ${name}@${range} by hand.`);
  return {
    version,
    cpu: [cpu],
    ...(dependent.dev ? { dev: true } : {}),
    ...(libc === undefined ? {} : { libc: [LIBRARIES[libc]] }),
    optional: true,
    os: [SYSTEMS[os]],
  };
}
