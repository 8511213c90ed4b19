import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import { queueCommand } from '../../src/cli/commands/queue.command.ts';
import { recoverCommand } from '../../src/cli/commands/recover.command.ts';
import { openJobServices } from '../../src/command-services.ts';
import { loadConfig } from '../../src/config.ts';
import { Job } from '../../src/entities/job.ts';
import { AppError, type ErrorCode } from '../../src/errors.ts';
import { encodeId } from '../../src/ids.ts';
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
let moreSettings: Readonly<Record<string, string>> = {};
beforeAll(() => {
  videoServices = videoServicesOn(installation.db);
});
beforeEach(async () => {
  [output, questions, answer] = [[], [], undefined];
  owner = await ownerOn(installation.db);
  await installation.db.em().execute('delete from videos');
});

const terminal = {
  open: async () => {
    const operations = await openJobServices(loadConfig({ ...installation.settings, ...moreSettings }));
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

async function failed(viewer = owner, code: ErrorCode = 'FFMPEG_FAILED'): Promise<string> {
  const { id } = await videoServices.accept(viewer);
  await videoServices
    .worker(async () => {
      throw new AppError(code, 'It failed.');
    })
    .onNotification('VIDEO');
  return id;
}

const jobOf = (videoId: string) => installation.db.em().findOneOrFail(Job, { videoId });

describe('autovideo queue, where jobs fail', () => {
  it('failed shows what has failed, how often, and the page of each error', async () => {
    expect(await runCommand('queue', 'failed')).toEqual(['No failed job is shown.']);
    const id = await failed();
    await failed(owner, 'OPENAI_TIMEOUT');
    await failed(owner, 'OPENAI_TIMEOUT');
    output = [];
    const [table = ''] = await runCommand('queue', 'failed');
    expect(table.split('\n')).toEqual([
      expect.stringMatching(/^QUEUE +JOBS +ERROR +LAST +PAGE$/),
      expect.stringMatching(/^VIDEO +2 +OPENAI_TIMEOUT +\S+Z +docs\/operations\/timeout\.md$/),
      expect.stringMatching(/^VIDEO +1 +FFMPEG_FAILED +\S+Z +docs\/operations\/alerts\.md#ffmpeg-failing$/),
    ]);
    output = [];
    const [json = ''] = await runCommand('queue', 'failed', '--json', '--queue', 'VIDEO');
    expect(JSON.parse(json)).toContainEqual(
      expect.objectContaining({
        videoId: encodeId('video', id),
        errorCode: 'FFMPEG_FAILED',
        errorMessage: 'It failed.',
      }),
    );
  });

  it('retry warns and asks where the provider of the failures still fails, and needs --yes where it cannot ask', async () => {
    const id = await failed(owner, 'GROQ_TIMEOUT');
    const em = installation.db.em();
    await em.execute(
      "insert into provider_states (name, failures, retry_at) values ('groq', 9, now() + interval '1 hour')",
    );
    moreSettings = { GROQ_API_KEY: 'gsk_not_a_key' };
    try {
      await expect(runCommand('queue', 'retry')).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(/autovideo providers test groq.*--yes/),
      });
      expect(output).toEqual([
        '1 of VIDEO failed with GROQ_TIMEOUT, and groq still fails. Mend it first: docs/operations/timeout.md',
      ]);
      answer = false;
      expect((await runCommand('queue', 'retry', '--queue', 'VIDEO')).at(-1)).toBe('Nothing was changed.');
      expect(questions).toHaveLength(1);
      expect(await jobOf(id)).toMatchObject({ status: 'FAILED' });
      expect((await runCommand('queue', 'retry', '--queue', 'AI')).at(-1)).toBe('AI: 0 failed jobs run again.');
      await runCommand('queue', 'retry', '--queue', 'VIDEO', '--yes');
      expect([await jobOf(id), questions.length]).toMatchObject([{ status: 'WAITING' }, 1]);
    } finally {
      moreSettings = {};
      await em.execute('delete from provider_states');
    }
  });

  it('list, active and recover show what waits for its next attempt, and the error of the last one', async () => {
    const { id } = await videoServices.accept(owner);
    await installation.db
      .em()
      .execute(
        "update jobs set available_at = now() + interval '90 seconds', error_code = 'OPENAI_TIMEOUT' where video_id = ?",
        [id],
      );
    const line = expect.stringMatching(
      /^VIDEO: 1 job waits for its next attempt, in 1 min( \d+ s)? \(\S+Z\); its last error is OPENAI_TIMEOUT\. See docs\/operations\/timeout\.md\.$/,
    );
    for (const words of [['queue', 'list'], ['queue', 'active'], ['recover']]) {
      output = [];
      expect((await runCommand(...words)).at(-1), words.join(' ')).toEqual(line);
    }
    output = [];
    expect((await runCommand('queue', 'list', '--queue', 'AI')).join()).not.toContain('next attempt');
  });
});
