import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DailyLog } from './daily-log.ts';
import { createLogger } from './logger.ts';

let folder: string;
let now: Date;
const faults: unknown[] = [];
const open = () => new DailyLog({ folder, onFault: (thrown) => faults.push(thrown), now: () => now });
const read = (day: string) => readFileSync(join(folder, `app-${day}.log`), 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daily-log-'));
  now = new Date('2026-03-01T23:59:59Z');
  faults.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('Each day of UTC has a file of its own, which only its owner may read', () => {
  const log = open();
  expect(readdirSync(folder)).toEqual([]);
  log.write('one\n');
  now = new Date('2026-03-02T00:00:00Z');
  log.write('two\n');
  log.close();
  expect([read('2026-03-01'), read('2026-03-02')]).toEqual(['one\n', 'two\n']);
  expect(statSync(join(folder, 'app-2026-03-01.log')).mode & 0o777).toBe(0o600);
});

it('Processes that share a file append whole lines, also after a restart', () => {
  const [first, second] = [open(), open()];
  for (const line of ['a', 'b']) {
    first.write(`first ${line}\n`);
    second.write(`second ${line}\n`);
  }
  first.close();
  open().write('after a restart\n');
  expect(read('2026-03-01')).toBe('first a\nsecond a\nfirst b\nsecond b\nafter a restart\n');
});

it('Thirty files are kept, and nothing else is removed', () => {
  for (let day = 1; day <= 31; day++)
    writeFileSync(join(folder, `app-2026-01-${String(day).padStart(2, '0')}.log`), '');
  writeFileSync(join(folder, 'notes.txt'), '');
  open().write('new\n');
  const names = readdirSync(folder).sort();
  expect(names).toHaveLength(31);
  expect(names[0]).toBe('app-2026-01-03.log');
  expect(names.slice(-2)).toEqual(['app-2026-03-01.log', 'notes.txt']);
});

it('A line that cannot be written is left out, said once, and the next one is tried', () => {
  const log = open();
  rmSync(folder, { recursive: true });
  log.write('lost\n');
  log.write('lost too\n');
  expect(faults).toHaveLength(1);
  mkdirSync(folder);
  log.write('kept\n');
  expect(read('2026-03-01')).toBe('kept\n');
});

it('The file has the same lines as the output, as JSON, without secrets', () => {
  const output: string[] = [];
  const destination = { write: (line: string) => void output.push(line) };
  const logger = createLogger({ level: 'info', pretty: true, destination, others: [open()] });
  logger.info({ token: 'secret-value', videoId: 'v1' }, 'started');
  expect(JSON.parse(read('2026-03-01'))).toMatchObject({
    level: 'INFO',
    message: 'started',
    token: '[secret]',
    videoId: 'v1',
  });
  expect(output.join('')).toContain('INFO');
  expect(read('2026-03-01') + output.join('')).not.toContain('secret-value');
});
