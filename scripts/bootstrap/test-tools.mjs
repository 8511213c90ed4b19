// Fetches Prometheus and the tools of its configuration, which only tests use, from the system's packages. The packages are unpacked in
// the project's folder, not installed: that needs no rights, and no service of theirs starts.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './report.mjs';
import { isOnPath, outputOf, run } from './run.mjs';

const FOLDER = '.autovideo/test-tools';
const PACKAGE_OF = {
  prometheus: 'prometheus',
  promtool: 'prometheus',
  amtool: 'prometheus-alertmanager',
};

/** The path of a tool, or its name if it is on the PATH; undefined where it is missing. */
export function testTool(root, name) {
  if (isOnPath(name)) return name;
  const fetched = join(root, FOLDER, name);
  return existsSync(fetched) ? fetched : undefined;
}

export async function ensureTestTools({ root, report, lock }) {
  if (missingTools(root).length === 0) return;
  await lock.hold();
  const missing = missingTools(root);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((name) => PACKAGE_OF[name]))];
  for (const program of ['apt-get', 'dpkg-deb'])
    if (outputOf(program, ['--version']) === undefined) throw notHere(missing);
  const title = missing.join(', ');
  await report.step(`fetching ${title}`, `fetched ${title} for the tests`, () => fetchTools(root, packages));
  const still = missingTools(root);
  if (still.length > 0) throw new SetupError(`The packages ${packages.join(' and ')} have no ${still.join(', ')}.`);
}

function missingTools(root) {
  return Object.keys(PACKAGE_OF).filter((name) => testTool(root, name) === undefined);
}

/** In a separate folder, then moved: a run that is stopped leaves no tool that is not complete. */
async function fetchTools(root, packages) {
  const [target, draft] = [join(root, FOLDER), join(root, `${FOLDER}.new`)];
  rmSync(draft, { recursive: true, force: true });
  for (const folder of ['lists/partial', 'cache/archives/partial', 'unpacked'])
    mkdirSync(join(draft, folder), { recursive: true });
  try {
    // Lists of our own: the system's may be missing, and their lock is taken while other programs are installed.
    const apt = ['-q', '-o', `Dir::State::Lists=${join(draft, 'lists')}`, '-o', `Dir::Cache=${join(draft, 'cache')}`];
    const failed = `The packages ${packages.join(' and ')}, which the tests need, could not be fetched. apt-get says:`;
    // For root, apt-get would download as another account, which may not enter this folder.
    const options = { cwd: draft, failed };
    const asSelf = ['-o', 'APT::Sandbox::User=root'];
    await run('apt-get', [...apt, ...asSelf, 'update'], options);
    await run('apt-get', [...apt, ...asSelf, 'download', ...packages], options);
    for (const file of readdirSync(draft).filter((name) => name.endsWith('.deb')))
      await run('dpkg-deb', ['-x', file, 'unpacked'], { cwd: draft, failed: `${file} could not be unpacked:` });
    mkdirSync(target, { recursive: true });
    const programs = join(draft, 'unpacked', 'usr', 'bin');
    for (const name of readdirSync(programs)) renameSync(join(programs, name), join(target, name));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function notHere(missing) {
  return new SetupError(
    `The tests need ${missing.join(', ')}, and there is no apt-get to fetch them with. Install Prometheus and Alertmanager with your system's package manager (macOS: brew install prometheus alertmanager), so that they are on the PATH, then run the same command again.`,
  );
}
