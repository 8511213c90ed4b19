// Installs FFmpeg and redis-server with the system's package manager.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from './report.mjs';
import { isOnPath, outputOf, run } from './run.mjs';

const INSTALL_SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'apt-install.sh');
const POLICY = '/usr/sbin/policy-rc.d';
const PROGRAMS = [
  { name: 'FFmpeg', needed: 5, apt: 'ffmpeg', brew: 'ffmpeg', version: ffmpegVersion },
  {
    name: 'redis-server',
    needed: 6.2,
    apt: 'redis-server',
    brew: 'redis',
    version: redisVersion,
    replacedBySetting: 'REDIS_URL',
  },
];

export async function ensurePrograms({ env, report, lock }) {
  if (missingPrograms(env).length === 0) return;
  await lock.hold();
  const missing = missingPrograms(env);
  if (missing.length === 0) return;
  const title = missing.map(({ name }) => name).join(' and ');
  const install = installer(missing, env);
  await report.step(`installing ${title}`, `installed ${title}`, install);
  const still = missingPrograms(env);
  if (still.length > 0) throw new SetupError(`${still.map((program) => tooOld(program, env)).join('\n')}`);
}

/** Programs that are missing, or too old. */
export function missingPrograms(env) {
  return PROGRAMS.filter(
    ({ replacedBySetting, needed, version }) =>
      !(replacedBySetting && env[replacedBySetting]) && !(version(env) >= needed),
  );
}

/** 0 when missing; builds between releases have a date or a commit, and count as new. */
export function ffmpegVersion(env = process.env) {
  const answer = outputOf(env.FFMPEG_PATH || 'ffmpeg', ['-version']);
  if (answer === undefined || !isOnPath(env.FFPROBE_PATH || 'ffprobe')) return 0;
  const release = /^ffmpeg version n?(\d+)\.(\d+)/.exec(answer);
  return release === null ? Number.POSITIVE_INFINITY : Number(release[1]);
}

/** As a number, 7.0 for 7.0.15; 0 when missing. */
export function redisVersion() {
  const [, major, minor] = /v=(\d+)\.(\d+)/.exec(outputOf('redis-server', ['--version']) ?? '') ?? [];
  return major === undefined ? 0 : Number(`${major}.${minor}`);
}

/** The way to install on this machine; a SetupError with the command to type if there is no supported one. */
function installer(missing, env) {
  const reasons = missing.map((program) => lacking(program, env)).join('\n');
  if (process.platform === 'darwin') {
    const packages = missing.map(({ brew }) => brew);
    const typed = `brew install ${packages.join(' ')}`;
    if (outputOf('brew', ['--version']) === undefined)
      throw needsHand(reasons, `${typed}   (Homebrew: https://brew.sh)`);
    return () =>
      run('brew', ['install', ...packages], { failed: `Homebrew failed; try "${typed}" yourself. It says:` });
  }
  const packages = missing.map(({ apt }) => apt);
  const asRoot = rootPrefix();
  if (outputOf('apt-get', ['--version']) === undefined) {
    throw new SetupError(`${reasons}\nInstall it with your system's package manager, then run the same command again.`);
  }
  const sudo = asRoot === '' ? '' : 'sudo ';
  const typed = `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (asRoot === undefined) throw needsHand(reasons, `${typed}${disableRedisHint(packages)}`);
  const [command, ...first] = [...asRoot.split(' ').filter(Boolean), 'sh'];
  return () =>
    run(command, [...first, INSTALL_SCRIPT, POLICY, ...packages], {
      failed: `apt-get failed; try "${typed}" yourself. It says:`,
    });
}

/** '' for root, 'sudo -n' if it works without a password, undefined without rights. */
function rootPrefix() {
  if (outputOf('id', ['-u']) === '0') return '';
  return outputOf('sudo', ['-n', 'true']) === undefined ? undefined : 'sudo -n';
}

function lacking(program, env) {
  return program.version(env) === 0 ? `${program.name} is not installed.` : tooOld(program, env);
}

function tooOld({ name, needed, version }, env) {
  const found = version(env);
  if (found === 0) return `${name} was installed, but is not found on the PATH.`;
  return `${name} ${found} is too old: ${needed} or newer is needed, and the package manager has none. Put a newer one first on the PATH.`;
}

function needsHand(reasons, typed) {
  return new SetupError(
    `${reasons}\nThere are no rights to install it here. Type:\n\n    ${typed}\n\nand then run the same command again.`,
  );
}

/** The system's own Redis would start at once and at each boot; the project starts its own when it is needed. */
function disableRedisHint(packages) {
  return packages.includes('redis-server') ? ' && sudo systemctl disable --now redis-server' : '';
}
