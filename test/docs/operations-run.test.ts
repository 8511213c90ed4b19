import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildProgram } from '../../src/cli/program.ts';
import { reportErrors } from '../../src/cli/report-errors.ts';
import { useApp } from '../helpers/fixtures.ts';
import { useNotifiedServices } from '../services/alerts/fake-services.ts';
import { commandsIn, PAGES, wordsOf } from './page-commands.ts';

const services = useNotifiedServices();
const app = useApp(() => ({
  settings: { ...services().settings, OPS_TOKEN: 'operators-of-these-tests-0123456789' },
}));
let folder: string;
let archive: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autovideo-pages-'));
  archive = join(folder, 'before-move.backup');
  await mkdir(join(folder, 'usb'));
  await writeFile(join(folder, 'phrase.txt'), 'correct horse battery staple\n');
  const now = new Date().toISOString();
  const line = { time: now, level: 'ERROR', message: 'a stage failed', err: { code: 'FFMPEG_FAILED' } };
  await mkdir(join(app.installation.dataDir, 'logs'), { recursive: true });
  await writeFile(join(app.installation.dataDir, 'logs', `app-${now.slice(0, 10)}.log`), `${JSON.stringify(line)}\n`);
  await run(['backup', '--to', archive]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Why a command of the pages is not run here. */
const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  [/^(?:start|serve|worker)\b/, 'serves until it is ended: test/cli/process-group.test.ts'],
  [/^make\b/, 'makes a film: test/cli/make.test.ts'],
  [/^logs --follow/, 'runs until it is ended: test/cli/logs.test.ts'],
  [/^restore (?!.*--(?:verify|dry-run))/, 'replaces the database of the running app: test/cli/backup.test.ts'],
  [/^heap (?:snapshot|compare|remove)/, 'needs a process of its own: test/cli/heap.test.ts'],
  [/^deploy check --after --film/, 'makes a film: test/cli/deploy.test.ts'],
];

/** The names that a page leaves to its reader. */
function filledIn(words: readonly string[]): string[] {
  const given: Readonly<Record<string, string>> = {
    FILE: archive,
    NAME: 'local',
    'phrase.txt': join(folder, 'phrase.txt'),
    '/mnt/usb/': join(folder, 'usb'),
    '/tmp/': folder,
    '/mnt/large/before-move.backup': join(folder, 'moved.backup'),
    'support.tar.gz': join(folder, 'support.tar.gz'),
  };
  const filled = words.map((word) => given[word] ?? word);
  // By default it writes where the command is run.
  return filled.join(' ') === 'support-bundle' ? [...filled, '--to', join(folder, 'bundle.tar.gz')] : filled;
}

/** Commands that have to fail in this installation, with a sentence that says why and what to do. */
const REFUSED: readonly (readonly [RegExp, RegExp])[] = [
  [/^providers test (?!local|NAME)/, /^The provider \w+ is not configured: set [A-Z]/],
  [/^queue clear --waiting/, /--yes/],
  [/^deploy rollback/, /0\.1\.0/],
];

class Exited extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`ended with ${status}`);
    this.status = status;
  }
}

interface Ended {
  readonly status: number;
  readonly output: string;
}

/** A command in this process, with the settings of the app's installation. */
async function run(words: readonly string[]): Promise<Ended> {
  const { settings } = app.installation;
  const address = { PORT: new URL(app.url).port, PUBLIC_URL: app.url, UPTIME_PING_URL: `${app.url}/livez` };
  for (const [name, value] of Object.entries({ ...settings, ...address })) vi.stubEnv(name, value);
  let output = '';
  const write = (text: Uint8Array | string, ...rest: unknown[]): boolean => {
    output += String(text);
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(write),
    vi.spyOn(process.stderr, 'write').mockImplementation(write),
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Exited(Number(code ?? 0));
    }),
  ];
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await reportErrors(async () => {
      try {
        await buildProgram(0o600).parseAsync([...words], { from: 'user' });
      } catch (thrown) {
        if (!(thrown instanceof Exited)) throw thrown;
        process.exitCode = thrown.status;
      }
    });
    return { status: Number(process.exitCode ?? 0), output };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

const written = [
  ...new Set(
    PAGES.flatMap(commandsIn)
      .filter(({ text }) => text.startsWith('autovideo '))
      .map(({ text }) => wordsOf(text).slice(1).join(' ')),
  ),
];
const statements = [
  ...new Set(
    PAGES.flatMap((page) =>
      Array.from(readFileSync(page, 'utf8').matchAll(/^```sql\n(.*?)^```$/gms), ([, text = '']) => text),
    ),
  ),
];
const isLeftOut = (text: string) => LEFT_OUT.some(([pattern]) => pattern.test(text));

describe('The commands of pages for operators', () => {
  it('are all run here, or left out for a reason that still applies', () => {
    expect(written.length).toBeGreaterThan(60);
    for (const [pattern] of [...LEFT_OUT, ...REFUSED]) expect(written).toContainEqual(expect.stringMatching(pattern));
  });

  it.each(written.filter((text) => !isLeftOut(text)))('run in an installation: autovideo %s', async (text) => {
    const { status, output } = await run(filledIn(wordsOf(text)));
    const refused = REFUSED.find(([pattern]) => pattern.test(text));
    expect(output).not.toMatch(/INTERNAL_ERROR|^ {4}at /m);
    if (refused)
      expect({ status, output }).toEqual({
        status: expect.toBeOneOf([1, 2]),
        output: expect.stringMatching(refused[1]),
      });
    else expect({ status, output }).toEqual({ status: 0, output: expect.any(String) });
  });

  it.each(statements)('and their SQL is run by PostgreSQL: %s', async (text) => {
    await expect(app.installation.db.em().execute(text)).resolves.toEqual(expect.any(Array));
  });
});
