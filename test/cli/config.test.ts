import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configCommand } from '../../src/cli/commands/config.command.ts';
import { listSettings } from '../../src/setting-list.ts';

const SECRET = 'Geheim0123456789abcdefGeheim0123456789';
/** Names that can be credentials, or contain personal data or the addresses of webhooks. */
const SENSITIVE =
  /KEY|TOKEN|SECRET|PASSWORD|DSN|HEADERS|SID|WEBHOOK_URL|PING_URL|EMAIL|_TO\b|_TO_|TWILIO_FROM|DATABASE_URL|REDIS_URL|REPLICA_URLS|SMTP_URL|BASE_URL|ENDPOINT|APP_URL|PUBLIC_URL/;

interface Output {
  readonly text: string;
  readonly error: string;
}

async function run(
  environment: Record<string, string>,
  file: string | null = null,
  ...words: string[]
): Promise<Output> {
  const printed: string[] = [];
  const command = configCommand({
    environment: () => environment,
    file: () => file,
    print: (text) => void printed.push(text),
  });
  let error = '';
  await command.parseAsync(words, { from: 'user' }).catch((thrown: unknown) => {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  });
  return { text: printed.join('\n'), error };
}

const rowOf = ({ text }: Output, name: string) =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${name} `))
    ?.split(/ {2,}/);

/** The settings that .env.example describes, with their defaults. */
const DOCUMENTED = new Map(
  Array.from(
    readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z][A-Z0-9_]+)=(.*)$/gm),
    ([, name = '', value = '']) => [name, value],
  ),
);
const OF_COMPOSE = [
  'POSTGRES_PASSWORD',
  'REDIS_PASSWORD',
  'GRAFANA_PASSWORD',
  'GRAFANA_PORT',
  'ALERTMANAGER_SLACK_URL',
];
/** What depends on the machine. */
const COMPUTED = ['WORKER_CONCURRENCY', 'PROGRAMS_AT_ONCE'];

describe('autovideo config', () => {
  it('shows each setting of .env.example with the default that is written there', async () => {
    const { settings } = listSettings({});
    const shown = new Map(settings.map(({ name, value }) => [name, value ?? '']));
    const missing = [...DOCUMENTED.keys()].filter((name) => !shown.has(name) && !OF_COMPOSE.includes(name));
    expect(missing).toEqual([]);
    const hidden = new Set(settings.filter(({ isSecret }) => isSecret).map(({ name }) => name));
    const comparable = [...DOCUMENTED].filter(
      ([name, value]) => shown.has(name) && !hidden.has(name) && !COMPUTED.includes(name) && value !== '',
    );
    expect(comparable.length).toBeGreaterThan(40);
    for (const [name, value] of comparable) expect([name, shown.get(name)]).toEqual([name, value]);
  });

  it('shows where each value comes from: the environment wins, then .env, then the default', async () => {
    const output = await run({ PORT: '9000', HOST: '' }, 'PORT=1\nLOG_LEVEL=warn\nHOST=0.0.0.0\n');
    expect(rowOf(output, 'PORT')).toEqual(['PORT', '9000', 'environment']);
    expect(rowOf(output, 'LOG_LEVEL')).toEqual(['LOG_LEVEL', 'warn', '.env']);
    // A variable without a value hides the line of the file, as it does at a start.
    expect(rowOf(output, 'HOST')).toEqual(['HOST', '127.0.0.1', 'default']);
    expect(rowOf(output, 'DATABASE_URL')).toEqual(['DATABASE_URL', 'unset', 'default']);
    expect(output.error).toBe('');
  });

  it('shows addresses without credentials and parameters', async () => {
    const output = await run({
      DATABASE_URL: `postgres://av:${SECRET}@db.example.org:5432/films?password=${SECRET}`,
      DATABASE_REPLICA_URLS: `postgres://av:${SECRET}@one/films, postgres://av:${SECRET}@two/films`,
    });
    expect(rowOf(output, 'DATABASE_URL')?.[1]).toBe('postgres://db.example.org:5432/films');
    expect(rowOf(output, 'DATABASE_REPLICA_URLS')?.[1]).toBe('postgres://one/films,postgres://two/films');
  });

  it('shows no secret, whether right or wrong, in the table, in JSON and in errors', async () => {
    const names = listSettings({})
      .settings.map(({ name }) => name)
      .filter((name) => SENSITIVE.test(name) && !name.endsWith('_MIN_PRIORITY'));
    expect(names.length).toBeGreaterThan(50);
    const plantings = [
      (_name: string) => SECRET,
      (name: string) =>
        /URL|ENDPOINT/.test(name) ? `https://${SECRET}:${SECRET}@host/?key=${SECRET}` : `k1:${SECRET}`,
      (name: string) => (/URL|ENDPOINT/.test(name) ? `postgres://u:${SECRET}@host:99999999/` : ` ${SECRET}\u0000`),
    ];
    for (const plant of plantings)
      for (const words of [[], ['--json'], ['--set']]) {
        const planted = Object.fromEntries(names.map((name) => [name, plant(name)]));
        const { text, error } = await run(planted, null, ...words);
        expect(text).toContain('OPENAI_API_KEY');
        expect(`${text}${error}`).not.toContain(SECRET.slice(0, 8));
      }
  });

  it('names each wrong setting with its reason, marks it, and fails', async () => {
    const output = await run({ PORT: '99999', MAIL_FROM: 'no address', OPENAI_PRIORITY: '-1' });
    expect(rowOf(output, 'PORT')).toEqual(['PORT', '99999 (wrong)', 'environment']);
    expect(output.error.split('\n').map((line) => line.split(':')[0])).toEqual([
      'MAIL_FROM',
      'OPENAI_PRIORITY',
      'PORT',
    ]);
  });

  it('names the secrets that production needs, and creates none', async () => {
    const { error } = await run({ NODE_ENV: 'production', DATA_DIR: '/nowhere', JWT_SECRET: 'j'.repeat(32) });
    expect(error).toContain('LINK_SECRET, ENCRYPTION_KEYS');
    const folder = join(import.meta.dirname, 'no-such-folder');
    expect([(await run({ DATA_DIR: folder })).error, existsSync(folder)]).toEqual(['', false]);
  });

  it('names a line of .env that is no setting', async () => {
    const output = await run({}, `OPENAI_APIKEY=${SECRET}\nPOSTGRES_PASSWORD=x\n`);
    expect(output.text).toContain('OPENAI_APIKEY in .env is no setting: nothing reads it.');
    expect(output.text).not.toMatch(new RegExp(`${SECRET}|POSTGRES_PASSWORD`));
  });

  it('shows with --set what is not left at its default alone, as JSON where scripts read it', async () => {
    const { text } = await run({ PORT: '9000', OPS_TOKEN: SECRET }, null, '--set', '--json');
    expect(JSON.parse(text)).toEqual({
      settings: [
        { name: 'OPS_TOKEN', value: null, isSet: true, isSecret: true, problem: null, source: 'environment' },
        { name: 'PORT', value: '9000', isSet: true, isSecret: false, problem: null, source: 'environment' },
      ],
      unknown: [],
      problem: null,
    });
  });
});
