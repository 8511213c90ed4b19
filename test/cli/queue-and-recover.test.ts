import { CommanderError } from 'commander';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import { queueCommand } from '../../src/cli/commands/queue.command.ts';
import { recoverCommand } from '../../src/cli/commands/recover.command.ts';
import { openJobServices } from '../../src/command-services.ts';
import { loadConfig } from '../../src/config.ts';
import { Job } from '../../src/entities/job.ts';
import { AppError } from '../../src/errors.ts';
import { encodeId } from '../../src/ids.ts';
import { faultsOf } from '../helpers/accounts.ts';
import { useInstallation } from '../helpers/fixtures.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';

// None of these commands may need Redis.
const installation = useInstallation({ REDIS_URL: 'redis://127.0.0.1:1' });
let videoServices: ReturnType<typeof videoServicesOn>;
let owner: Viewer;
let output: string[] = [];
let opened = 0;
/** What the operator answers; undefined where there is no terminal. */
let answer: boolean | undefined;
let questions: string[] = [];
/** What happens while the operator thinks. */
let meanwhile: () => Promise<unknown> = async () => undefined;
beforeAll(() => {
  videoServices = videoServicesOn(installation.db);
});
beforeEach(async () => {
  [output, questions, answer] = [[], [], undefined];
  meanwhile = async () => undefined;
  owner = await ownerOn(installation.db);
  await installation.db.em().execute('delete from videos');
});

const terminal = {
  open: async () => {
    const operations = await openJobServices(loadConfig(installation.settings));
    opened++;
    const close = async () => {
      opened--;
      await operations.close();
    };
    return { ...operations, close };
  },
  print: (text: string) => void output.push(text),
  get confirm() {
    const given = answer;
    if (given === undefined) return undefined;
    return async (question: string) => {
      questions.push(question);
      await meanwhile();
      return given;
    };
  },
};

/** The output of a command; commander's own errors are thrown instead of ending the process. */
async function runCommand(...words: string[]): Promise<string[]> {
  const [name, ...rest] = words;
  const command = name === 'queue' ? queueCommand(terminal) : recoverCommand(terminal);
  for (const each of [command, ...command.commands])
    each.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  await command.parseAsync(rest, { from: 'user' });
  expect(opened).toBe(0);
  return output;
}

async function failed(viewer = owner): Promise<string> {
  const { id } = await videoServices.accept(viewer);
  await videoServices
    .worker(async () => {
      throw new AppError('FFMPEG_FAILED', 'FFmpeg failed.');
    })
    .onNotification('VIDEO');
  return id;
}

const jobOf = (videoId: string) => installation.db.em().findOneOrFail(Job, { videoId });

describe('autovideo queue', () => {
  it('list shows every queue, or the given one', async () => {
    await videoServices.accept(owner);
    await installation.db.em().execute("update jobs set available_at = now() - interval '62 seconds'");
    const [table = ''] = await runCommand('queue', 'list');
    const [heading, video, ...others] = table.split('\n');
    expect(heading?.split(/\s+/)).toEqual('QUEUE STATE WAITING DELAYED ACTIVE DONE FAILED OLDEST WORKERS'.split(' '));
    expect(video).toMatch(/^VIDEO +NORMAL +1 +0 +0 +0 +0 +1 min \d+ s +0$/);
    expect(others.map((line) => line.split(' ')[0])).toEqual(['AI', 'SOCIAL', 'ANALYTICS']);
    output = [];
    expect((await runCommand('queue', 'list', '--queue', 'AI'))[0]?.split('\n')).toEqual([
      expect.stringMatching(/^QUEUE/),
      expect.stringMatching(/^AI .* – +0$/),
    ]);
  });

  it('pause and resume change one queue, or all', async () => {
    await runCommand('queue', 'pause', '--queue', 'VIDEO');
    await runCommand('queue', 'list');
    expect(output[0]).toBe('VIDEO is paused; running jobs are finished.');
    expect(output[1]?.match(/PAUSED/g)).toHaveLength(1);
    await videoServices.accept(owner);
    output = [];
    await runCommand('queue', 'resume');
    expect(output).toEqual([
      'VIDEO is resumed; 1 job waits.',
      ...['AI', 'SOCIAL', 'ANALYTICS'].map((name) => `${name} is resumed; 0 jobs wait.`),
    ]);
  });

  it('retry runs failed jobs again', async () => {
    const id = await failed();
    expect(await runCommand('queue', 'retry', '--queue', 'VIDEO')).toEqual(['VIDEO: 1 failed job runs again.']);
    expect(await jobOf(id)).toMatchObject({ status: 'WAITING' });
  });

  it('retry reports refusals after the retried jobs', async () => {
    await failed();
    await installation.db
      .em()
      .execute("update ai_quotas set used = 50 where user_id = ? and period = 'DAILY'", [owner.userId]);
    await failed(await ownerOn(installation.db));
    expect(await faultsOf(runCommand('queue', 'retry'))).toEqual([['QUOTA_EXCEEDED', undefined]]);
    expect(output).toEqual([
      'VIDEO: 1 failed job runs again.',
      ...['AI', 'SOCIAL', 'ANALYTICS'].map((name) => `${name}: 0 failed jobs run again.`),
    ]);
    expect(opened).toBe(0);
  });

  it('clear hides failed jobs', async () => {
    const id = await failed();
    expect(await runCommand('queue', 'clear', '--queue', 'VIDEO')).toEqual(['VIDEO: 1 failed job is no longer shown.']);
    expect(await jobOf(id)).toMatchObject({ status: 'FAILED', clearedAt: expect.any(Date) });
  });

  it('active shows who makes what, and since when', async () => {
    const { id } = await videoServices.accept(owner);
    const worker = '019a0000-0000-7000-8000-0000000000f1';
    const em = installation.db.em();
    await em.execute("insert into workers (id, hostname, pid, slots) values (?, 'maker', 4711, 1)", [worker]);
    await em.execute(
      `update jobs set status = 'ACTIVE', attempt = 1, worker_id = ?, lease_expires_at = now() + interval '1 hour',
        claimed_at = now() - interval '125 seconds', heartbeat_at = now() where video_id = ?`,
      [worker, id],
    );
    await em.execute("update videos set status = 'PROCESSING', current_stage = 'SPEECH' where id = ?", [id]);
    const job = encodeId('job', (await jobOf(id)).id);
    const [table = ''] = await runCommand('queue', 'active');
    expect(table.split('\n')).toEqual([
      expect.stringMatching(/^QUEUE +JOB +VIDEO +WORKER +STAGE +FOR +HEARTBEAT$/),
      expect.stringMatching(
        `^VIDEO +${job} +${encodeId('video', id)} +maker:4711 +SPEECH +2 min( \\d+ s)? +\\d+ s ago$`,
      ),
    ]);
    output = [];
    const [json = ''] = await runCommand('queue', 'active', '--json', '--queue', 'VIDEO');
    expect(JSON.parse(json)).toMatchObject([
      { id: job, videoId: encodeId('video', id), workerHost: 'maker', workerPid: 4711, stage: 'SPEECH', attempts: 1 },
    ]);
    output = [];
    expect(await runCommand('queue', 'active', '--queue', 'AI')).toEqual(['No worker has a job.']);
  });

  it('clear --waiting shows what waits, asks, and cancels it', async () => {
    const { id } = await videoServices.accept(owner);
    const { id: delayed } = await videoServices.accept(owner);
    await installation.db
      .em()
      .execute("update jobs set available_at = now() + interval '1 hour' where video_id = ?", [delayed]);
    answer = false;
    expect(await runCommand('queue', 'clear', '--waiting')).toEqual([
      'VIDEO: 1 waiting, and 1 that wait for their next attempt.',
      'Nothing was changed.',
    ]);
    expect(questions).toHaveLength(1);
    expect(await jobOf(id)).toMatchObject({ status: 'WAITING' });
    [output, answer] = [[], true];
    expect((await runCommand('queue', 'clear', '--waiting', '--queue', 'VIDEO')).at(-1)).toBe(
      'VIDEO: 2 waiting jobs are canceled.',
    );
    for (const video of [id, delayed]) expect(await jobOf(video)).toMatchObject({ status: 'CANCELED' });
    [output, questions] = [[], []];
    expect(await runCommand('queue', 'clear', '--waiting')).toEqual(['No job waits.']);
    expect(questions).toEqual([]);
  });

  it('clear --waiting needs --yes where it cannot ask, and asks nothing with it', async () => {
    const { id } = await videoServices.accept(owner);
    await expect(runCommand('queue', 'clear', '--waiting')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('--yes'),
    });
    expect(await jobOf(id)).toMatchObject({ status: 'WAITING' });
    answer = false;
    await runCommand('queue', 'clear', '--waiting', '--yes');
    expect([await jobOf(id), questions]).toMatchObject([{ status: 'CANCELED' }, []]);
  });

  it.each([['list'], ['active'], ['failed'], ['pause'], ['resume'], ['retry'], ['clear']])(
    '%s refuses an unknown queue',
    async (name) => {
      await expect(runCommand('queue', name, '--queue', 'FILMS')).rejects.toBeInstanceOf(CommanderError);
      expect(output).toEqual([]);
    },
  );
});

describe('autovideo recover', () => {
  async function stuck(seconds: number): Promise<string> {
    const { id } = await videoServices.accept(owner);
    await installation.db
      .em()
      .execute("update videos set status = 'PROCESSING', current_stage = 'SPEECH' where id = ?", [id]);
    await installation.db
      .em()
      .execute(
        "update jobs set status = 'ACTIVE', lease_expires_at = now() - make_interval(secs => ?) where video_id = ?",
        [seconds, id],
      );
    return id;
  }

  it('queues videos again that have been stalled for an hour', async () => {
    const id = await stuck(3_665);
    await stuck(3_500);
    expect(await runCommand('recover')).toEqual([
      `${encodeId('video', id)}  SPEECH  for 1 h 1 min`,
      '1 video queued again; now waits for another worker.',
    ]);
    expect(await jobOf(id)).toMatchObject({ status: 'WAITING' });
  });

  it('uses the given timeout, and with --dry-run changes nothing', async () => {
    const ids = [await stuck(120), await stuck(90)];
    const lines = await runCommand('recover', '--timeout', '60', '--dry-run');
    // The command takes seconds on a busy machine.
    expect(lines).toEqual([
      expect.stringMatching(`^${encodeId('video', ids[0] ?? '')}  SPEECH  for 2 min( \\d+ s)?$`),
      expect.stringMatching(`^${encodeId('video', ids[1] ?? '')}  SPEECH  for 1 min [3-5]\\d s$`),
      '2 videos would be queued again.',
    ]);
    for (const id of ids) expect(await jobOf(id)).toMatchObject({ status: 'ACTIVE' });
  });

  it('at a terminal shows the videos and asks, and recovers those alone that it has shown', async () => {
    const id = await stuck(3_665);
    answer = false;
    expect(await runCommand('recover')).toEqual([
      expect.stringMatching(`^VIDEO .*\n${encodeId('video', id)} +SPEECH +0 % +1 h 1 min +never$`),
      'Nothing was changed.',
    ]);
    expect(questions).toEqual(['Take it from its worker, and queue it again?']);
    expect(await jobOf(id)).toMatchObject({ status: 'ACTIVE' });
    [output, answer] = [[], true];
    let later = '';
    meanwhile = async () => {
      later = await stuck(3_700);
    };
    expect((await runCommand('recover')).at(-1)).toBe('1 video queued again; now waits for another worker.');
    expect([await jobOf(id), await jobOf(later)]).toMatchObject([{ status: 'WAITING' }, { status: 'ACTIVE' }]);
  });

  it('with --yes or --dry-run asks nothing', async () => {
    answer = false;
    const id = await stuck(3_665);
    expect((await runCommand('recover', '--dry-run')).at(-1)).toBe('1 video would be queued again.');
    await runCommand('recover', '--yes');
    expect([await jobOf(id), questions]).toMatchObject([{ status: 'WAITING' }, []]);
  });

  it('reports that no video is stalled', async () => {
    expect(await runCommand('recover', '--timeout', '90')).toEqual([
      'No video has been stalled for more than 1 min 30 s.',
    ]);
  });

  it.each(['-1', 'soon', '1.5', '', '1234567890'])('refuses the time "%s"', async (time) => {
    await expect(runCommand('recover', `--timeout=${time}`)).rejects.toBeInstanceOf(CommanderError);
  });
});
