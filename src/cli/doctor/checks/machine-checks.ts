import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../../config.ts';
import { AppError } from '../../../errors.ts';
import { localUrl } from '../../../local-url.ts';
import { Ffmpeg } from '../../../media/process/ffmpeg.ts';
import { Machine } from '../../../monitoring/machine-usage.ts';
import { isFiring, readLiveProcesses } from '../doctor-sql.ts';
import { type Check, failed, type Outcome, ok, warning } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { disk, nearest } from './disk-check.ts';

const MEMORY_WARNING_PERCENT = 80;
const MEMORY_CRITICAL_PERCENT = 90;
const ANSWER_MS = 3_000;
/** An alert whose cause goes on was seen within this time; the cause is looked for every 30 s. */
const ROUND_SECONDS = 45;

/** Settings, disk, storage, FFmpeg, memory and port of this machine. */
export function machineChecks(installation: Installation): Check[] {
  const { config, problems } = installation;
  return [
    { name: 'settings', run: async () => settingsOf(problems) },
    { name: 'disk', run: () => disk(config.dataDir) },
    { name: 'storage', run: () => storage(config) },
    { name: 'FFmpeg', run: () => ffmpeg(installation) },
    { name: 'memory', run: async () => memory() },
    { name: 'server', run: () => server(installation) },
  ];
}

function settingsOf(problems: readonly string[]): Outcome | Outcome[] {
  if (problems.length === 0) return ok('All settings can be used.');
  return problems.map((sentence) => failed(sentence, '.env.example'));
}

/** Writes, reads and removes a small file where films are stored. */
async function storage({ dataDir }: Config): Promise<Outcome> {
  const files = join(dataDir, 'files');
  const folder = nearest(files);
  const file = join(folder, `.doctor-${randomUUID()}`);
  const bytes = Buffer.alloc(64 * 1_024, 7);
  try {
    await writeFile(file, bytes, { mode: 0o600, flush: true });
    if (!bytes.equals(await readFile(file)))
      return failed(`${folder} gives other bytes than were written.`, 'check the disk');
    return ok(folder === files ? 'Files can be written and read.' : `Files can be written below ${folder}.`);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    const known: Readonly<Record<string, [string, string]>> = {
      ENOSPC: ['The disk is full', 'docs/operations/disk-full.md'],
      EDQUOT: ['The disk quota is used up', 'docs/operations/disk-full.md'],
      EROFS: [
        'The disk is read-only: the system may have found an error on it',
        'mount -o remount,rw, after checking the disk',
      ],
      EACCES: ['This account may not write there', `chown -R "$(id -u)" ${folder}`],
      EPERM: ['This account may not write there', `chown -R "$(id -u)" ${folder}`],
    };
    const [cause, mend] = known[code] ?? [`Writing failed (${code})`, 'check the disk'];
    return failed(`${cause}: ${folder}.`, mend);
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}

async function ffmpeg({ config: { ffmpegPath, ffprobePath }, migrated }: Installation): Promise<Outcome> {
  // Running processes keep the settings that they were started with.
  const failing = migrated().then(
    async (db) => await isFiring(db.sql(), 'ffmpeg-failing', ROUND_SECONDS),
    () => false,
  );
  try {
    const { version } = await new Ffmpeg({ ffmpegPath, ffprobePath }).version();
    if (!(await failing.catch(() => false))) return ok(`FFmpeg ${version} runs.`);
    const found = `FFmpeg ${version} runs here, but a running process reports that its FFmpeg is missing or fails`;
    return warning(`${found}; it may have been started with other settings.`, 'restart every process');
  } catch (thrown) {
    const given = [
      ...(ffmpegPath === 'ffmpeg' ? [] : [`FFMPEG_PATH, which is ${ffmpegPath}`]),
      ...(ffprobePath === 'ffprobe' ? [] : [`FFPROBE_PATH, which is ${ffprobePath}`]),
    ].join(', and ');
    const mend = given === '' ? 'node scripts/bootstrap.mjs, or set FFMPEG_PATH' : `mend or unset ${given}`;
    return failed(AppError.from(thrown).message, `${mend}; then restart every process`);
  }
}

function memory(): Outcome {
  const { memoryPercent } = new Machine().read();
  if (memoryPercent === null) return ok('The system does not say how much memory is used.');
  const found = `${memoryPercent.toFixed(0)} % of the memory of this machine or container is used.`;
  const mend = 'lower WORKER_CONCURRENCY or PROGRAMS_AT_ONCE, or add memory';
  if (memoryPercent > MEMORY_CRITICAL_PERCENT) return failed(found, mend);
  return memoryPercent > MEMORY_WARNING_PERCENT ? warning(found, mend) : ok(found);
}

/** A server that is alive may be without its PostgreSQL, or be of another DATA_DIR. */
async function readiness(url: string, port: number): Promise<Outcome> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) });
  await response.body?.cancel();
  if (response.ok) return ok(`A server answers at ${url}.`);
  return failed(
    `The server at ${url} is not ready (${response.status}): its PostgreSQL does not answer, or it is about to end.`,
    `see PostgreSQL below; where that is ok, another installation has the port: ss -ltnp 'sport = :${port}'`,
  );
}

/** Whether an API answers at PORT, or something else does. */
async function server({ config, migrated }: Installation): Promise<Outcome> {
  const url = localUrl(config);
  if (config.port === 0) return ok('PORT is 0: each start takes a free port.');
  try {
    const response = await fetch(`${url}/livez`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const text = (await response.text()).slice(0, 100);
    if (response.ok && text === '{"status":"alive"}') return await readiness(url, config.port);
    return failed(`Another program answers at ${url}.`, `set PORT, or stop it: ss -ltnp 'sport = :${config.port}'`);
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'TimeoutError')
      return failed(`What listens at ${url} does not answer in 3 s.`, `restart it: ss -ltnp 'sport = :${config.port}'`);
  }
  const elsewhere = await migrated().then(
    async (db) => (await readLiveProcesses(db.sql())).filter(({ kind }) => kind !== 'worker').length,
    () => 0,
  );
  return elsewhere > 0
    ? ok(`No server runs at ${url}; ${elsewhere} with an API ${elsewhere === 1 ? 'reports' : 'report'} elsewhere.`)
    : warning(`No server runs at ${url}.`, 'autovideo start');
}
