import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogEntry } from './log-entry.ts';
import { LogFiles, type LogQuery } from './log-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fileOf = (day: string) => join(folder, `app-${day}.log`);
const line = (timestamp: string, message: string, level = 'INFO') =>
  `${JSON.stringify({ level, timestamp, message })}\n`;

async function messages(query: LogQuery = {}) {
  const found: string[] = [];
  const take = (entries: readonly LogEntry[]) => void found.push(...entries.map(({ message }) => message));
  return { found, ...(await new LogFiles(folder).read(query, take)) };
}

describe('The files of the log', () => {
  it('are read from the oldest day to the newest, and nothing else in the folder', async () => {
    writeFileSync(fileOf('2026-02-02'), line('2026-02-02T00:00:01.000Z', 'third'));
    writeFileSync(
      fileOf('2026-02-01'),
      line('2026-02-01T09:00:00.000Z', 'first') + line('2026-02-01T23:59:59.000Z', 'second'),
    );
    writeFileSync(join(folder, 'notes.log'), line('2026-02-01T10:00:00.000Z', 'other'));
    expect(await messages()).toEqual({ found: ['first', 'second', 'third'], unreadable: 0 });
  });

  it('are none where there is no folder', async () => {
    expect(new LogFiles(join(folder, 'missing')).names()).toEqual([]);
  });

  it('give the lines since a time, also where that is in a day before', async () => {
    writeFileSync(
      fileOf('2026-02-01'),
      line('2026-02-01T09:00:00.000Z', 'old') + line('2026-02-01T23:59:59.000Z', 'late'),
    );
    writeFileSync(fileOf('2026-02-02'), line('2026-02-02T00:00:01.000Z', 'today'));
    expect((await messages({ since: Date.parse('2026-02-01T23:00:00Z') })).found).toEqual(['late', 'today']);
    expect((await messages({ since: Date.parse('2026-02-02T00:00:00Z') })).found).toEqual(['today']);
  });

  it('give every line since a time, wherever it is in a large file', async () => {
    const start = Date.parse('2026-02-01T00:00:00Z');
    const lines = Array.from({ length: 8_000 }, (_, index) =>
      line(new Date(start + index * 10_000).toISOString(), `${index} ${'–'.repeat(index % 90)}`),
    );
    writeFileSync(fileOf('2026-02-01'), lines.join(''));
    for (const first of [0, 1, 3_999, 7_990, 7_999]) {
      const { found } = await messages({ since: start + first * 10_000 });
      expect([found.length, found[0]?.split(' ')[0]]).toEqual([8_000 - first, String(first)]);
    }
  });

  it('hold no more in memory than a part of a file', async () => {
    writeFileSync(fileOf('2026-02-01'), line('2026-02-01T00:00:00.000Z', 'x'.repeat(1_000)).repeat(5_000));
    const counts: number[] = [];
    await new LogFiles(folder).read({}, async (entries) => {
      counts.push(entries.length);
      await Promise.resolve();
    });
    expect(Math.max(...counts)).toBeLessThan(300);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5_000);
  });

  it('give a level and the more urgent ones', async () => {
    const levels = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];
    writeFileSync(fileOf('2026-02-01'), levels.map((level) => line('2026-02-01T00:00:00.000Z', level, level)).join(''));
    expect((await messages({ level: 'WARNING' })).found).toEqual(['WARNING', 'ERROR', 'CRITICAL']);
  });

  it('may have lines that are no JSON or not ours, which are counted, and a torn last one, which is not', async () => {
    const good = line('2026-02-01T00:00:00.000Z', 'good');
    const torn = good.slice(0, 30);
    writeFileSync(fileOf('2026-02-01'), `${torn}\nKilled\n{"level":"odd"}\n\n[1]\n${good}${torn}`);
    expect(await messages()).toEqual({ found: ['good'], unreadable: 4 });
  });

  it('may have a line that is too long, behind which they are read on', async () => {
    const good = line('2026-02-01T00:00:00.000Z', 'good');
    writeFileSync(fileOf('2026-02-01'), `${line('2026-02-01T00:00:00.000Z', 'x'.repeat(5_000_000))}${good}`);
    expect(await messages()).toEqual({ found: ['good'], unreadable: 1 });
  });
});

describe('Following the log', () => {
  async function following(files: LogFiles, work: (found: string[]) => Promise<void>) {
    const stop = new AbortController();
    const found: string[] = [];
    const take = (entries: readonly LogEntry[]) => void found.push(...entries.map(({ message }) => message));
    const ended = files.follow({}, take, stop.signal);
    try {
      await work(found);
    } finally {
      stop.abort();
      await ended;
    }
  }

  it('begins with what comes, goes on with the next day, and gives a line once it is complete', async () => {
    const [first, second] = [fileOf('2026-02-01'), fileOf('2026-02-02')];
    writeFileSync(first, line('2026-02-01T00:00:00.000Z', 'before'));
    await following(new LogFiles(folder, 5), async (found) => {
      const half = line('2026-02-01T23:59:58.000Z', '半分');
      appendFileSync(first, Buffer.from(half).subarray(0, -6));
      appendFileSync(second, line('2026-02-02T00:00:00.000Z', 'next day'));
      await vi.waitFor(() => expect(found).toEqual(['next day']));
      appendFileSync(first, Buffer.from(half).subarray(-6));
      await vi.waitFor(() => expect(found).toEqual(['next day', '半分']));
    });
  });

  it('goes on where the reading before it has ended', async () => {
    writeFileSync(fileOf('2026-02-01'), line('2026-02-01T00:00:00.000Z', 'before'));
    const files = new LogFiles(folder, 5);
    await files.read({}, () => undefined);
    appendFileSync(fileOf('2026-02-01'), line('2026-02-01T00:00:01.000Z', 'between'));
    await following(files, (found) => vi.waitFor(() => expect(found).toEqual(['between'])));
  });

  it('begins anew with a file that was emptied, and waits for one that is not there yet', async () => {
    await following(new LogFiles(folder, 5), async (found) => {
      writeFileSync(fileOf('2026-02-01'), line('2026-02-01T00:00:00.000Z', 'a long first line'));
      await vi.waitFor(() => expect(found).toHaveLength(1));
      truncateSync(fileOf('2026-02-01'));
      appendFileSync(fileOf('2026-02-01'), line('2026-02-01T00:00:01.000Z', 'new'));
      await vi.waitFor(() => expect(found).toEqual(['a long first line', 'new']));
    });
  });
});
