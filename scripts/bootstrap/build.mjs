// Builds TypeScript to JavaScript, only when something has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './run.mjs';

const STAMP = '.built.json';

/** What is built: a folder, with a configuration of the bundler, from the files below some folders. */
export const PROGRAM = { dir: 'dist', config: 'rolldown.config.ts', sources: ['src'] };
/** Programs that only tests start. */
export const TEST_PROGRAMS = {
  dir: '.build/test-programs',
  config: 'test/programs/rolldown.config.ts',
  sources: ['src', 'test/programs', 'test/chaos', 'test/helpers/media'],
};

export async function buildIfStale({ root, report, lock }, output = PROGRAM) {
  if (!existsSync(join(root, 'src')) || isFresh(root, output)) return;
  await lock.hold();
  if (isFresh(root, output)) return;
  await report.step('building', `built ${output.dir}/`, () => build(root, output));
}

/** Compares names, sizes and times first; the contents only where those differ (a fresh checkout). */
export function isFresh(root, output = PROGRAM) {
  const built = readStamp(root, output);
  if (built === undefined) return false;
  const files = sourceFiles(root, output);
  const stats = hashOfStats(root, files);
  if (built.stats === stats) return true;
  if (built.contents !== hashOfContents(root, files)) return false;
  writeFileSync(join(root, output.dir, STAMP), JSON.stringify({ ...built, stats }));
  return true;
}

/**
 * Built in a separate folder, then swapped: programs that run from the folder meanwhile never see a partial build, and no
 * stale file stays in it.
 */
async function build(root, output) {
  const [target, draft, old] = ['', '.new', '.old'].map((suffix) => join(root, `${output.dir}${suffix}`));
  for (const left of [draft, old]) rmSync(left, { recursive: true, force: true });
  const files = sourceFiles(root, output);
  const stamp = { stats: hashOfStats(root, files), contents: hashOfContents(root, files) };
  try {
    const bundler = join(root, 'node_modules', 'rolldown', 'bin', 'cli.mjs');
    const args = [bundler, '--config', output.config, '--dir', draft];
    mkdirSync(dirname(target), { recursive: true });
    await run(nodeFor(root), args, { cwd: root, failed: 'The build failed:' });
    writeFileSync(join(draft, STAMP), JSON.stringify(stamp));
    if (existsSync(target)) renameSync(target, old);
    renameSync(draft, target);
  } finally {
    for (const left of [draft, old]) rmSync(left, { recursive: true, force: true });
  }
}

/** The project's Node, if installed: the Node that runs this script may be too old for the bundler. */
function nodeFor(root) {
  const own = join(root, 'node_modules', '.bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

function sourceFiles(root, { config, sources }) {
  const inSources = sources
    .flatMap((source) => readdirSync(join(root, source), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1));
  return [...new Set([...inSources, 'tsconfig.json', PROGRAM.config, config, 'package-lock.json'])].sort();
}

function hashOfStats(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\0`);
  }
  return hash.digest('hex');
}

function hashOfContents(root, files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function readStamp(root, { dir }) {
  try {
    return JSON.parse(readFileSync(join(root, dir, STAMP), 'utf8'));
  } catch {
    return undefined; // not built yet
  }
}
