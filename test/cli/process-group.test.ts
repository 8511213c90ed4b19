import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { useProcesses } from '../helpers/fixtures.ts';
import { childrenOf, SpawnedApp } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const processes = useProcesses();
const { installation } = processes;
let app: SpawnedApp;
beforeAll(async () => {
  app = await processes.start('start', { settings: { WEB_CONCURRENCY: '2' } });
}, 120_000);

/** Ids of the processes that run the command. */
async function pidsOf(command: 'serve' | 'worker'): Promise<number[]> {
  const children = await childrenOf(app.pid);
  return children.filter(({ line }) => line.trim().endsWith(command)).map(({ pid }) => pid);
}
const areUp = async () => (await pidsOf('serve')).length === 2 && (await pidsOf('worker')).length === 1;
const get = (path: string, signal?: AbortSignal) => fetch(`${app.url}${path}`, signal && { signal });

/** What the log file says of starts that have failed, the latest last. */
async function failedStarts(): Promise<{ err: { code: string; message: string }; mend: string; stack?: string }[]> {
  const folder = join(installation.dataDir, 'logs');
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  const lines = files.flatMap((text) => text.split('\n')).filter((line) => line.startsWith('{"level":"CRITICAL"'));
  return lines.map((line) => JSON.parse(line)).filter(({ message }) => message === 'the process did not start');
}

describe('WEB_CONCURRENCY=2', () => {
  it('ends with the reason if its first process cannot start, which is in the log file too', async () => {
    const settings = { WEB_CONCURRENCY: '2', MUSIC_DIR: join(installation.dataDir, 'none'), LOG_FILE: 'true' };
    await expect(processes.start('start', { settings })).rejects.toThrow(
      /ended at its start:.*The folder of MUSIC_DIR cannot be read/s,
    );
    expect(await failedStarts()).toEqual([
      expect.objectContaining({
        err: expect.objectContaining({
          code: 'CONFIG_INVALID',
          message: expect.stringContaining('The folder of MUSIC_DIR cannot be read'),
        }),
        mend: 'docs/operations/settings.md',
      }),
    ]);
  }, 120_000);

  it('writes to the log file that its port is taken, and which page says what to do', async () => {
    const [, port] = /:(\d+)$/.exec(app.url) ?? [];
    const settings = { LOG_FILE: 'true', METRICS_PORT: port ?? '' };
    await expect(processes.start('serve', { settings })).rejects.toThrow('cannot be opened');
    expect((await failedStarts()).at(-1)).toMatchObject({
      err: {
        code: 'CONFIG_INVALID',
        message: expect.stringMatching(`^Port ${port} .* change HOST or METRICS_PORT\\.$`),
      },
      mend: 'docs/operations/port-taken.md',
    });
  }, 120_000);

  it('finds out that its port is taken before it touches the database', async () => {
    const port = Number(new URL(app.url).port);
    const settings = { DATABASE_URL: 'postgresql://user@127.0.0.1:1/none' };
    const second = await SpawnedApp.start(installation, 'start', { port, settings });
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain(`Port ${port} of 127.0.0.1 cannot be opened, something listens there already`);
  }, 120_000);

  it('serves with two processes on one port, next to a worker, and prints the greeting once', async () => {
    await until('all are up', areUp, 60);
    expect(app.output.split('\n').filter((line) => line.startsWith('GraphQL '))).toEqual([
      `GraphQL   ${app.url}/graphql`,
    ]);
  });

  it('returns the metrics of all processes from any of them', async () => {
    await until('all answer requests', async () => (await get('/metrics')).ok, 60);
    const latest = new Date(Date.now() - 60_000);
    const task = { name: 'group-test', schedule: '-', next_due_at: latest, last_succeeded_at: latest };
    await installation.db.sql().insertInto('scheduled_tasks').values(task).execute();
    const text = await (await get('/metrics')).text();
    const value = (metric: string) => Number(new RegExp(`^${metric} (\\S+)$`, 'm').exec(text)?.[1]);
    const each = await Promise.all([...(await pidsOf('serve')), ...(await pidsOf('worker'))].map(residentBytes));
    // One process has about a third; their memory changes between the two readings.
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(0.7 * each.reduce((sum, one) => sum + one, 0));
    // A timestamp is the same in every process, and not added up.
    const lastSuccess = value('scheduled_task_last_success_timestamp_seconds\\{task="group-test"\\}');
    expect(lastSuccess).toBeCloseTo(latest.getTime() / 1_000, 0);
  });

  it('continues to answer when one process is killed, and starts another', async () => {
    const [pid = -1] = await pidsOf('serve');
    process.kill(pid, 'SIGKILL');
    await until('the process has ended', async () => !(await pidsOf('serve')).includes(pid));
    // The killed process's connections are closed, and a request in transit to it is never answered; the next one goes
    // to the other process.
    await until(
      'the other answers',
      () =>
        get('/readyz', AbortSignal.timeout(2_000)).then(
          ({ ok }) => ok,
          () => false,
        ),
      5,
    );
    await until('there are two again', areUp, 60);
    expect(await pidsOf('serve')).not.toContain(pid);
  });

  it('exits cleanly with all processes on a stop signal', async () => {
    const members = [...(await pidsOf('serve')), ...(await pidsOf('worker'))];
    expect(await app.kill('SIGTERM')).toBe(0);
    expect(members.filter(isThere)).toEqual([]);
  });

  it('reports once why it cannot start, and does not retry', async () => {
    const settings = { WEB_CONCURRENCY: '2', REDIS_URL: 'redis://:secret-word@', LOG_FILE: 'true' };
    await expect(processes.start('serve', { settings })).rejects.toThrow('REDIS_URL');
    const found = (await failedStarts()).filter(({ err }) => err.message.includes('REDIS_URL'));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ err: { code: 'CONFIG_INVALID' }, mend: 'docs/operations/settings.md' });
    expect(JSON.stringify(found)).not.toContain('secret-word');
  });
});

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return 1_024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // ESRCH: it has exited
  }
}
