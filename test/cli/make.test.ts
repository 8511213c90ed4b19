import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { Api } from '../../src/cli/make/server/api.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import { TestApp } from '../helpers/app.ts';
import type { Client } from '../helpers/client.ts';
import { useApp } from '../helpers/fixtures.ts';
import { CancelVideoDocument, VideosDocument } from '../helpers/generated/documents.ts';
import { createTestInstallation } from '../helpers/installation.ts';
import { childrenOf } from '../helpers/processes.ts';
import { type MakeRun, runMake } from './run-make.ts';

const SLOW = 120_000;

let folder: string;
let ann: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'make-test-'));
  return async () => {
    await rm(folder, { recursive: true, force: true });
    expect(await childrenOf(process.pid)).toEqual([]);
  };
});
const app = useApp();
beforeAll(async () => {
  ann = await app.signedIn('ann');
});

/** The same at the running server of these tests, signed in as ann. */
const runMakeAtServer = (options: MakeRun) =>
  runMake({ url: app.url, user: 'ann', env: { AUTOVIDEO_PASSWORD: PASSWORD }, ...options });

const SMALL = { resolution: '480', aspect: 'square' } as const;
const SHORT = { ...SMALL, stdin: 'A short text about tea.', script: '-' } as const;

describe('The make command alone', () => {
  it(
    'makes a playable film, shows every stage, and leaves nothing running',
    async () => {
      const installation = await createTestInstallation();
      const out = join(folder, 'own');
      const captionsFile = join(folder, 'own.srt');
      const { lines, failure } = await runMake({ ...SHORT, env: installation.settings, out, captionsFile });
      expect(failure).toBeNull();

      const steps = lines.filter((line) => /^ *\d+ % /.test(line));
      const percents = steps.map((line) => Number.parseInt(line, 10));
      expect(percents).toEqual(percents.toSorted((one, other) => one - other));
      expect(percents.at(-1)).toBe(100);
      const order = [
        'Writing',
        'Speaking',
        'Spoke scene 1 of 1',
        'Drawing',
        'Drew scene 1 of 1',
        'captions',
        'Assembling',
        'Checking',
        'ready',
      ];
      const places = order.map((word) => steps.findIndex((line) => line.includes(word)));
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      expect(places).not.toContain(-1);
      expect(lines.join('\n')).toMatch(/Title +A short text about tea\n/);
      expect(lines.join('\n')).toMatch(
        /File +\S*own\n +Captions +\S*own\.srt\n +Length +\d+\.\d s {2}\(480 × 480, en\)/,
      );
      expect(lines.join('\n')).not.toContain('\x1b');

      const film = await probe(out);
      expect(film.streams.map(({ codec_type }) => codec_type).toSorted()).toEqual(['audio', 'video']);
      expect(Number(film.format.duration)).toBeGreaterThan(1);
      expect(await readFile(captionsFile, 'utf8')).toMatch(/^1\n00:00:0.*tea/s);

      expect((await stat(join(installation.dataDir, 'demo-account.json'))).mode & 0o777).toBe(0o600);
      // The server's first real start shows the first administrator's password: the make command must not create that
      // account.
      const later = await TestApp.start({ installation, worker: false });
      expect(later.app.firstAdmin).not.toBeNull();
      await later.close();
      await installation.remove();
    },
    SLOW,
  );
});

describe('The make command with a running server', () => {
  it(
    'makes the film, which never replaces another file without --force',
    async () => {
      const into = await mkdtemp(join(folder, 'into-'));
      const first = await runMakeAtServer({ ...SHORT, title: 'Green Tea', out: into });
      expect(first.failure).toBeNull();
      expect(await readdir(into)).toEqual(['green-tea.mp4']);
      expect(first.text).toContain(`${app.url}/graphql`);

      const newest = await ann.ask(VideosDocument, { first: 1 });
      const watch = newest.videos?.edges[0]?.node.id ?? '';
      await runMakeAtServer({ watch, out: into });
      expect((await readdir(into)).toSorted()).toEqual(['green-tea-2.mp4', 'green-tea.mp4']);

      const out = join(into, 'green-tea.mp4');
      await writeFile(out, 'precious');
      const refused = await runMakeAtServer({ watch, out });
      expect(refused.failure).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('--force') });
      expect(await readFile(out, 'utf8')).toBe('precious');
      expect((await runMakeAtServer({ watch, out, force: true })).failure).toBeNull();
      expect((await stat(out)).size).toBe((await stat(join(into, 'green-tea-2.mp4'))).size);
    },
    SLOW,
  );

  it.each<[string, MakeRun, RegExp]>([
    ['a language without a voice', { ...SHORT, language: 'ja' }, /^--language: No voice .* Available: .*en.*zh-TW/s],
    ['an unknown voice', { ...SHORT, voice: 'unknown' }, /^--voice: .* Available: .*en/s],
    ['a speed', { ...SHORT, speed: 2.01 }, /^--speed: This must be between 0.5 and 2/],
    ['a length', { ...SHORT, duration: 4 }, /^--duration: This must be between 5/],
    ['music', { ...SHORT, music: 'loud' }, /^--music: There is no music of this mood/],
    ['a text', { ...SHORT, stdin: 'x'.repeat(20_001) }, /^--script: This has 20,001 characters/],
    [
      'a scene',
      { ...SMALL, scenes: '-', stdin: '[{"narration":"One."},{"narration":" "}]' },
      /^--scenes, scene 2, narration: /,
    ],
    ['two invalid options', { ...SHORT, speed: 3, title: 'x'.repeat(201) }, /^--title: .*\n--speed: /],
  ])('names the typed option in the error for %s', async (_what, options, sentence) => {
    const { failure, text } = await runMakeAtServer(options);
    expect(failure).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(sentence) });
    expect(text).toBe('');
  });

  it('says how to set up a text provider, if the topic needs one', async () => {
    const { failure, text } = await runMakeAtServer({ ...SMALL, topic: 'How bees find home' });
    const message = expect.stringMatching(
      /^--topic: This installation has no text provider .* OPENAI_API_KEY \(docs\/providers\.md\)\.$/,
    );
    expect(failure).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message });
    expect(text).toBe('');
  });

  it('warns about a language that is not that of the text, beside the progress', async () => {
    const accepted = new AbortController();
    const { warnings, text } = await runMakeAtServer({
      ...SHORT,
      stdin: 'Das Museum öffnet um neun und schließt, wenn der letzte Besucher gegangen ist.',
      language: 'en',
      signal: accepted.signal,
      onPrint: (printed) => printed.includes('Accepted') && accepted.abort(),
    });
    // Its film would only delay the next ones.
    const id = (await ann.ask(VideosDocument, { first: 1 })).videos?.edges[0]?.node.id ?? '';
    expect((await ann.ask(CancelVideoDocument, { id })).cancelVideo?.userErrors).toEqual([]);
    expect(warnings).toMatch(/^Warning: The text seems to be in German \(de\), .* English \(en\).*\n$/);
    expect(text).not.toContain('Warning');
  });

  it.each<[string, MakeRun, string, RegExp]>([
    [
      'is not running',
      { ...SHORT, url: 'http://127.0.0.1:9' },
      'API_UNREACHABLE',
      /^No server answers at http:\/\/127.0.0.1:9:/,
    ],
    ['has an invalid address', { ...SHORT, url: 'video.example' }, 'INVALID_INPUT', /is not a server address/],
    [
      'has another password',
      { ...SHORT, env: { AUTOVIDEO_PASSWORD: 'wrong' } },
      'API_UNAUTHENTICATED',
      /password is wrong/,
    ],
    ['gets no password', { ...SHORT, env: {} }, 'INVALID_INPUT', /AUTOVIDEO_PASSWORD/],
    ['knows no such video', { watch: 'video_none' }, 'NOT_FOUND', /no video video_none/],
  ])('that %s is reported with a message', async (_what, options, code, sentence) => {
    const { failure } = await runMakeAtServer(options);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(sentence) });
  });

  it('is rejected with a wrong token or without credentials', async () => {
    const token = await runMake({ ...SHORT, url: app.url, token: 'made-up' });
    expect(token.failure).toMatchObject({ code: 'API_UNAUTHENTICATED', message: expect.stringContaining('--token') });
    const fromEnvironment = await runMake({ ...SHORT, url: app.url, env: { AUTOVIDEO_TOKEN: 'made-up' } });
    expect(fromEnvironment.failure).toMatchObject({ code: 'API_UNAUTHENTICATED' });
    const withoutCredentials = await runMake({ ...SHORT, url: app.url });
    expect(withoutCredentials.failure).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('requires a sign-in'),
    });
  });

  it('can also be given by its GraphQL address', async () => {
    const { signal } = new AbortController();
    for (const url of [app.url, `${app.url}/`, `${app.url}/graphql`, `${app.url}/graphiql?x=1`])
      expect(new Api(url, signal).url).toBe(app.url);
  });
});

describe('Stopping the make command', () => {
  it(
    'stops watching but not the video, and prints how to continue',
    async () => {
      const stopping = new AbortController();
      const onPrint = (text: string) => text.includes('Speaking') && stopping.abort(new Error('stop'));
      const stopped = await runMakeAtServer({ ...SHORT, signal: stopping.signal, onPrint });
      expect(stopped.failure).not.toBeNull();
      const [, command = '', id = ''] = /(autovideo make --url \S+ --watch (\S+))/.exec(stopped.text) ?? [];
      expect(command).toContain(app.url);
      const out = join(folder, 'watched.mp4');
      const watched = await runMakeAtServer({ watch: id, out });
      expect(watched.failure).toBeNull();
      expect((await stat(out)).size).toBeGreaterThan(10_000);
    },
    SLOW,
  );
});

describe('A video that cannot be made', () => {
  it(
    'is reported with the reason and the log file, and leaves no file',
    async () => {
      const installation = await createTestInstallation({ FFMPEG_PATH: '/nowhere/ffmpeg' });
      const into = await mkdtemp(join(folder, 'failed-'));
      const { failure } = await runMake({ ...SHORT, env: installation.settings, out: into });
      expect(failure).toMatchObject({
        code: 'VIDEO_FAILED',
        message: expect.stringMatching(/could not be made: .*FFMPEG_NOT_FOUND.*\n.*make\.log under [0-9a-f]{32}/s),
      });
      expect(await readdir(into)).toEqual([]);
      await installation.remove();
    },
    SLOW,
  );
});

interface Probe {
  readonly streams: readonly { readonly codec_type: string }[];
  readonly format: { readonly duration: string };
}

async function probe(path: string): Promise<Probe> {
  const args = ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', path];
  const { stdout } = await promisify(execFile)('ffprobe', args);
  return JSON.parse(stdout);
}
