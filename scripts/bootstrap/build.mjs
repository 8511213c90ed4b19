// Builds src/ (TypeScript) to dist/ (JavaScript), only when something has changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

const STAMP = '.built.json';
const CONFIG = 'rolldown.config.ts';

export async function buildIfStale({ root, report, lock }) {
  if (!existsSync(join(root, 'src')) || isFresh(root)) return;
  await lock.hold();
  if (isFresh(root)) return;
  await report.step('building', 'built dist/', () => build(root));
}

/** Compares names, sizes and times first; the contents only where those differ (a fresh checkout). */
export function isFresh(root) {
  const built = readStamp(root);
  if (built === undefined) return false;
  const files = sourceFiles(root);
  const stats = hashOfStats(root, files);
  if (built.stats === stats) return true;
  if (built.contents !== hashOfContents(root, files)) return false;
  writeFileSync(join(root, 'dist', STAMP), JSON.stringify({ ...built, stats }));
  return true;
}

/**
 * Built in a separate folder, then swapped: programs that run from dist/ meanwhile never see a partial build, and no
 * stale file stays in it.
 */
async function build(root) {
  const [dist, draft, old] = ['dist', 'dist.new', 'dist.old'].map((name) => join(root, name));
  for (const left of [draft, old]) rmSync(left, { recursive: true, force: true });
  const files = sourceFiles(root);
  const stamp = { stats: hashOfStats(root, files), contents: hashOfContents(root, files) };
  try {
    const bundler = join(root, 'node_modules', 'rolldown', 'bin', 'cli.mjs');
    await run(nodeFor(root), [bundler, '--config', CONFIG, '--dir', draft], { cwd: root, failed: 'The build failed:' });
    writeFileSync(join(draft, STAMP), JSON.stringify(stamp));
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(draft, dist);
  } finally {
    for (const left of [draft, old]) rmSync(left, { recursive: true, force: true });
  }
}

/** The project's Node, if installed: the Node that runs this script may be too old for the bundler. */
function nodeFor(root) {
  const own = join(root, 'node_modules', '.bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

function sourceFiles(root) {
  const inSource = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1));
  return [...inSource.sort(), 'tsconfig.json', CONFIG, 'package-lock.json'];
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

function readStamp(root) {
  try {
    return JSON.parse(readFileSync(join(root, 'dist', STAMP), 'utf8'));
  } catch {
    return undefined; // not built yet
  }
}
