import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logsCommand } from '../../src/cli/commands/logs.command.ts';
import { AppError } from '../../src/errors.ts';
import { createLogger } from '../../src/monitoring/logger.ts';

let folder: string;
let [output, notes]: [string, string[]] = ['', []];
let isReading = true;
let stop: AbortController;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-command-'));
  [output, notes, isReading, stop] = ['', [], true, new AbortController()];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes today's file with the logger of the program, and a line that another one wrote. */
function writeLog(write: (logger: ReturnType<typeof createLogger>) => void): void {
  const lines: string[] = [];
  write(createLogger({ level: 'trace', destination: { write: (line) => void lines.push(line) } }));
  writeFileSync(join(folder, `app-${new Date().toISOString().slice(0, 10)}.log`), `Killed\n${lines.join('')}`);
}

async function run(...words: string[]): Promise<string> {
  const command = logsCommand({
    folder: () => folder,
    print: async (text) => {
      output += text;
      return isReading;
    },
    note: (text) => void notes.push(text),
    listenForStop: () => ({ signal: stop.signal, close: () => undefined }),
  });
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  await command.parseAsync(words, { from: 'user' });
  return output;
}

describe('autovideo logs', () => {
  it('shows each line with what it says, without stacks, and escapes what could change the terminal', async () => {
    const title = 'Bees\u001b]0;owned\u0007\u009b2J \u202egpj.exe';
    writeLog((logger) => {
      logger.error({ err: new AppError('FFMPEG_FAILED', 'FFmpeg failed.'), title }, 'an attempt failed');
      logger.info('第二行 👩‍👩‍👧');
    });
    const [first, second, ...others] = (await run()).split('\n');
    expect(first).toMatch(
      /^\d{4}-\d\d-\d\dT\S+Z ERROR +an attempt failed {2}FFMPEG_FAILED: FFmpeg failed\. {2}\{"title":"Bees/,
    );
    expect(second).toMatch(/INFO +第二行 👩‍👩‍👧$/);
    expect([others, output.match(/(?!\n)\p{Cc}|\u202e/u)]).toEqual([[''], null]);
    output = '';
    const [json = ''] = (await run('--json', '--level', 'error')).split('\n');
    expect([JSON.parse(json)['title'], json.match(/\p{Cc}|\u202e/u)]).toEqual([title, null]);
  });

  it('ends when its reader has gone', async () => {
    writeLog((logger) => logger.info('ready'));
    isReading = false;
    expect(await run('--follow', '--since', '1h')).toMatch(/ready\n$/);
  });

  it('counts lines by the code of their error, their message or their level', async () => {
    writeLog((logger) => {
      for (let count = 0; count < 3; count++)
        logger.error({ err: new AppError('FFMPEG_FAILED', 'FFmpeg failed.') }, 'an attempt failed');
      logger.warn({ error_code: 'STALLED' }, 'an alert');
      logger.info('ready');
    });
    const time = String.raw`\d{4}-\d\d-\d\dT\S+Z`;
    expect((await run('--by', 'code')).trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^COUNT +FIRST +LAST +CODE$/),
      expect.stringMatching(`^3 +${time} +${time} +FFMPEG_FAILED$`),
      expect.stringMatching(`^1 +${time} +${time} +\\(no code\\)$`),
      expect.stringMatching(`^1 +${time} +${time} +STALLED$`),
    ]);
    expect(notes).toEqual(['1 line is not of this program, and left out.']);
    output = '';
    expect(JSON.parse(await run('--by', 'message', '--level', 'warn', '--json'))).toMatchObject([
      { key: 'an attempt failed', count: 3 },
      { key: 'an alert', count: 1 },
    ]);
    output = '';
    expect(await run('--by', 'level', '--since', '2100-01-01')).toBe('No line fits.\n');
  });

  it('says that nothing fits, but not among JSON lines', async () => {
    writeLog((logger) => logger.info('ready'));
    expect(await run('--since', '2100-01-01')).toBe('');
    expect(await run('--level', 'error')).toBe('');
    expect(await run('--since', '2100-01-01', '--json')).toBe('');
    const remarks = notes.filter((note) => !note.includes('not of this program'));
    expect(remarks).toEqual([
      'No log lines since 2100-01-01T00:00:00.000Z: --since 1d looks further back.',
      expect.stringMatching(/^No log lines of level error or more urgent since \S+Z: --since 1d looks further back\.$/),
    ]);
  });

  it('advises a longer time than the one that was asked for, and none after a month', async () => {
    writeLog((logger) => logger.info('ready'));
    for (const since of ['2h', '1d', '7d', '40d']) await run('--level', 'fatal', '--since', since);
    const advice = notes.filter((note) => !note.includes('not of this program')).map((note) => /Z(.*)/.exec(note)?.[1]);
    const longer = (days: number) => `: --since ${days}d looks further back.`;
    expect(advice).toEqual([longer(1), longer(7), longer(30), '.']);
  });

  it('says where the log would be and how to have one, where there is none', async () => {
    await expect(run()).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: `There is no log in ${folder}. It is written with LOG_FILE=true, and in production by default.`,
    });
  });

  it.each([
    ['--follow', '--by', 'code'],
    ['--since', 'yesterday'],
    ['--since', '2 weeks'],
    ['--level', 'loud'],
    ['--by', 'user'],
  ])('refuses %s %s %s', async (...words) => {
    writeLog((logger) => logger.info('ready'));
    await expect(run(...words)).rejects.toBeInstanceOf(CommanderError);
  });
});
