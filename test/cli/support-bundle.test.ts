import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { supportBundleCommand } from '../../src/cli/commands/support-bundle.command.ts';
import { diagnosedSettings } from '../../src/cli/doctor/diagnosed-settings.ts';
import { diagnosedInstallation } from '../../src/cli/doctor/installation.ts';
import { lastLogLines } from '../../src/cli/support/log-tail.ts';
import { redacted, redactedLine, secretValues } from '../../src/cli/support/redaction.ts';
import { useInstallation } from '../helpers/fixtures.ts';
import type { Settings } from '../helpers/installation.ts';

const installation = useInstallation();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autovideo-support-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = promisify(execFile);

async function bundleOf(settings: Settings, name: string, to = join(folder, `${name}.tar.gz`)) {
  const printed: (string | Buffer)[] = [];
  const finished = Promise.withResolvers<void>();
  const command = supportBundleCommand({
    parts: () => ({
      installation: diagnosedInstallation(diagnosedSettings(settings)),
      env: settings,
      doctor: { statusPages: {} },
    }),
    print: (output) => printed.push(output),
    finish: () => finished.resolve(),
  });
  await command.exitOverride().parseAsync(['--to', to], { from: 'user' });
  await finished.promise;
  return { to, printed };
}

/** Unpacked as by a person who has only tar. */
async function unpacked(file: string): Promise<Record<string, string>> {
  const { stdout } = await run('tar', ['-tzf', file]);
  const names = stdout.trim().split('\n');
  const texts = names.map(async (name) => [
    name.replace('autovideo-support/', ''),
    (await run('tar', ['-xOzf', file, name])).stdout,
  ]);
  return Object.fromEntries(await Promise.all(texts));
}

/** Secrets as they look, each in another place. */
const PLANTED = {
  password: 'correct-horse-battery',
  encoded: 'p@ss/word 1',
  openai: 'sk-proj-A1b2C3d4E5f6G7h8I9j0',
  azure: '0123456789abcdef0123456789abcdef',
  slack: 'T00000001/B00000002/xyzXYZ123456789012345678',
  ping: '5a3f9c1e77b24c0d9e8f',
  dsn: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  header: 'tempo-collector-key',
  foreign: 'ghp_ThisIsOfAnotherProgram1234',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  unknownKey: 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg==',
  logged: 'a-password-in-the-log',
  email: 'ada.lovelace@example.org',
  phone: '+14155550199',
  query: 'signature-of-a-link-77',
} as const;

const planted = (): Settings => ({
  ...installation.settings,
  ADMIN_PASSWORD: PLANTED.password,
  ADMIN_EMAIL: PLANTED.email,
  OPENAI_API_KEY: PLANTED.openai,
  OPENAI_BASE_URL: 'http://127.0.0.1:1',
  SPEECH_KEY: PLANTED.azure,
  SMTP_URL: `smtp://mailer:${encodeURIComponent(PLANTED.encoded)}@127.0.0.1:1`,
  MAIL_FROM: `Auto Video <${PLANTED.email}>`,
  ALERT_SLACK_WEBHOOK_URL: `http://127.0.0.1:1/services/${PLANTED.slack}`,
  UPTIME_PING_URL: `http://127.0.0.1:1/${PLANTED.ping}`,
  SENTRY_DSN: `http://${PLANTED.dsn}@127.0.0.1:1/42`,
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
  OTEL_EXPORTER_OTLP_HEADERS: `Authorization=Bearer%20${PLANTED.header}`,
  PORT: 'not a port',
  GITHUB_TOKEN: PLANTED.foreign,
});

const LINES = [
  JSON.stringify({
    level: 'ERROR',
    timestamp: '2026-01-31T12:00:00.000Z',
    trace_id: '0af7651916cd43dd8448eb211c80319c',
    videoId: '019a0000-0000-7000-8000-000000000001',
    message: `The call failed with ${PLANTED.openai} at http://u:${PLANTED.password}@host/a?sig=${PLANTED.query}`,
    request: {
      headers: { authorization: `Bearer ${PLANTED.jwt}` },
      list: [PLANTED.azure, { password: PLANTED.logged }],
    },
  }),
  `plain text: token=${PLANTED.logged} Bearer ${PLANTED.jwt} ${PLANTED.unknownKey} ${PLANTED.email} ${PLANTED.phone}`,
  `{"broken": "http://host/x?token=${PLANTED.query}", "slack": "https://hooks.slack.com/services/${PLANTED.slack}"`,
  `Error: refused\n    at connect (${PLANTED.encoded})`.replace('\n', '\\n'),
];

describe('autovideo support-bundle', () => {
  it('has what support needs and none of the secrets, wherever they were', async () => {
    await mkdir(join(installation.dataDir, 'logs'));
    const many = Array.from({ length: 150 }, (_, line) => JSON.stringify({ level: 'INFO', message: `line ${line}` }));
    await writeFile(join(installation.dataDir, 'logs', 'app-2026-01-30.log'), 'an older day\n');
    await writeFile(join(installation.dataDir, 'logs', 'app-2026-01-31.log'), `${[...many, ...LINES].join('\n')}\n`);
    const { to, printed } = await bundleOf(planted(), 'full');
    expect(printed).toEqual([`${to} is written. Read it before you pass it on: tar -xzf ${to}\n`]);
    expect((await stat(to)).mode & 0o777).toBe(0o600);
    const files = await unpacked(to);
    for (const [name, text] of Object.entries(files)) {
      for (const [kind, secret] of Object.entries(PLANTED))
        for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
          expect(text.includes(form), `${kind} in ${name}`).toBe(false);
      expect(text, name).not.toMatch(/T00000001|xyzXYZ|dozjgNry/);
    }
    expect(Object.keys(files)).toEqual([
      ...[
        'README.txt',
        'doctor.json',
        'settings.json',
        'versions.json',
        'resources.json',
        'queues.json',
        'schema.json',
      ],
      'log.jsonl',
    ]);
    const json = (name: string) => JSON.parse(files[name] ?? '');
    expect(json('doctor.json')).toContainEqual(
      expect.objectContaining({ check: 'settings', status: 'failed', message: expect.stringContaining('PORT') }),
    );
    expect(files['doctor.json']).toMatch(/"SMTP[\w, ]* \(127\.0\.0\.1:1\): Refused/);
    expect(json('settings.json')).toMatchObject({
      OPENAI_API_KEY: 'set',
      GROQ_API_KEY: 'unset',
      LOG_FILE: 'unset',
      PORT: 'set',
    });
    expect(json('settings.json')).not.toHaveProperty('GITHUB_TOKEN');
    expect(json('versions.json')).toMatchObject({
      node: process.version,
      postgres: expect.stringMatching(/^\d+/),
      redis: expect.stringMatching(/^\d+/),
      ffmpeg: expect.stringMatching(/^\w/),
    });
    expect(json('resources.json')).toMatchObject({ memory: { totalBytes: expect.any(Number) }, processes: [] });
    expect(json('queues.json')).toMatchObject({ activeWorkers: 0, queues: [{ name: 'VIDEO' }, {}, {}, {}] });
    expect(json('schema.json')).toMatchObject({ pending: [] });
    const lines = (files['log.jsonl'] ?? '').trim().split('\n');
    expect(lines).toHaveLength(100);
    expect(lines[0]).toBe('{"level":"INFO","message":"line 54"}');
    expect(JSON.parse(lines[96] ?? '')).toMatchObject({
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      videoId: '019a0000-0000-7000-8000-000000000001',
      message: expect.stringMatching(/^The call failed with \[removed\] at http:\/\//),
    });
  });

  it('has the last lines of a log that ends with a line of several megabytes', async () => {
    const logs = join(folder, 'long', 'logs');
    await mkdir(logs, { recursive: true });
    const lines = Array.from({ length: 120 }, (_, line) => `line ${line}`);
    const long = `long ${'x'.repeat(3_000_000)}`;
    await writeFile(join(logs, 'app-2026-01-31.log'), `${[...lines, long].join('\n')}\n`);
    expect(await lastLogLines(join(folder, 'long'), 100)).toEqual([...lines.slice(-99), long]);
    await writeFile(join(logs, 'app-2026-02-01.log'), `first\n${'x'.repeat(17_000_000)}\n`);
    expect(await lastLogLines(join(folder, 'long'), 100)).toEqual([
      '{"note":"The last line of the log is longer than 16 MB, and left out."}',
    ]);
  });

  it('is made while PostgreSQL and Redis are away, and to standard output', async () => {
    const away = {
      NODE_ENV: 'test',
      DATA_DIR: folder,
      DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c',
      REDIS_URL: 'redis://127.0.0.1:1',
    };
    const { printed } = await bundleOf(away, '', '-');
    const file = join(folder, 'away.tar.gz');
    await writeFile(file, printed[0] ?? '');
    const files = await unpacked(file);
    expect(JSON.parse(files['queues.json'] ?? '')).toEqual({
      error: expect.stringContaining('PostgreSQL cannot be reached'),
    });
    expect(files['log.jsonl']).toContain('There is no log file on this machine');
  });

  it('replaces no file', async () => {
    const file = join(folder, 'there');
    await writeFile(file, 'mine');
    await expect(bundleOf({ NODE_ENV: 'test', DATA_DIR: folder }, '', file)).rejects.toThrow(
      `${file} cannot be written: it is there already.`,
    );
    expect(await readFile(file, 'utf8')).toBe('mine');
  });
});

describe('Redaction', () => {
  it('leaves what support needs', () => {
    for (const text of [
      'The video 019a0000-0000-7000-8000-000000000001 failed at ASSEMBLY after 12 s.',
      'PostgreSQL (db.example.org:5432): Refused: nothing listens at port 5432.',
      'No server runs at http://127.0.0.1:8000.',
      'at Object.run (/app/dist/main.js:10:20)',
      'DISK_SPACE_INSUFFICIENT',
    ])
      expect(redacted(text, [])).toBe(text);
    expect(redactedLine('{"level":"INFO","tokens":12,"count":3}', [])).toBe(
      '{"level":"INFO","tokens":"[removed]","count":3}',
    );
  });

  it('takes the values of settings with the name of a secret, and the secrets in addresses', () => {
    const values = secretValues({
      ENCRYPTION_KEYS: 'new:AAAABBBBCCCC,old:DDDDEEEEFFFF',
      DATABASE_URL: 'postgres://autovideo:s3cretpw@db/video',
      DATA_DIR: '/var/lib/autovideo',
      SHORT_TOKEN: 'abc',
      ALERT_WEBHOOK_URL: 'https://hooks.example.org/services/T0000001',
    });
    expect(values).toEqual(expect.arrayContaining(['AAAABBBBCCCC', 'DDDDEEEEFFFF', 's3cretpw', 'T0000001']));
    for (const harmless of ['autovideo', '/var/lib/autovideo', 'abc', 'services', 'hooks.example.org'])
      expect(values).not.toContain(harmless);
  });
});
