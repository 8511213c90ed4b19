import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { readServiceSettings, SERVICES, type SettingProblem } from './service-settings.ts';

const read = (env: Record<string, string>) => {
  const problems: SettingProblem[] = [];
  return { services: readServiceSettings(env, problems), problems };
};

describe('The settings of external services', () => {
  it('may all be omitted: then none is configured', () => {
    const { services, problems } = read({});
    expect(problems).toEqual([]);
    expect(Object.values(services).filter(({ configured }) => configured)).toEqual([]);
    expect(services.D_ID).toMatchObject({ name: 'd_id', configured: false, concurrency: 2, timeoutMs: 600_000 });
  });

  it('have their key in .env.example, each service', () => {
    const example = readFileSync('.env.example', 'utf8');
    for (const service of Object.keys(SERVICES)) {
      const name = service === 'POLLY' ? 'AWS_SECRET_ACCESS_KEY' : `${service}_API_KEY`;
      expect(example, name).toContain(`#${name}=\n`);
    }
  });

  it('reach the containers of docker compose: every key that .env.example names', () => {
    const keys = readFileSync('.env.example', 'utf8').matchAll(
      /^#((?:[A-Z_]+_API_KEY|AWS_[A-Z_]+|AZURE_SPEECH_REGION|OPENAI_COMPATIBLE_[A-Z_]+))=/gm,
    );
    const compose = readFileSync('docker-compose.yml', 'utf8');
    const names = Array.from(keys, ([, name = '']) => name);
    expect(names.length).toBeGreaterThan(12);
    for (const name of names) expect(compose, name).toContain(`    ${name}: \${${name}:-}\n`);
  });

  it('are read as given', () => {
    const { services } = read({
      OPENAI_API_KEY: ' sk-1 ',
      OPENAI_BASE_URL: 'https://proxy.example.org/v1/',
      OPENAI_PRIORITY: '7',
      OPENAI_TIMEOUT_MS: '9000',
      OPENAI_CONCURRENCY: '3',
      OPENAI_TEXT_MODEL: 'gpt-x',
    });
    expect(services.OPENAI).toMatchObject({
      configured: true,
      apiKey: 'sk-1',
      baseUrl: 'https://proxy.example.org/v1',
      priority: 7,
      timeoutMs: 9_000,
      concurrency: 3,
      models: { TEXT: 'gpt-x' },
    });
  });

  it.each([
    ['CLAUDE', { ANTHROPIC_API_KEY: 'k' }],
    ['GEMINI', { GOOGLE_GENERATIVE_AI_API_KEY: 'k' }],
    ['REPLICATE', { REPLICATE_API_TOKEN: 'k' }],
    ['AZURE_SPEECH', { SPEECH_KEY: 'k', SPEECH_REGION: 'westeurope' }],
    ['POLLY', { AWS_SECRET_ACCESS_KEY: 'k', AWS_ACCESS_KEY_ID: 'AKIA', AWS_DEFAULT_REGION: 'eu-central-1' }],
    ['OPENAI_COMPATIBLE', { OPENAI_COMPATIBLE_BASE_URL: 'http://127.0.0.1:11434/v1' }],
  ] as const)('of %s may have the names that its own tools use: %o', (service, env) => {
    expect(read(env).services[service].configured).toBe(true);
  });

  it('prefer our name of a key to the service’s own', () => {
    expect(read({ CLAUDE_API_KEY: 'ours', ANTHROPIC_API_KEY: 'theirs' }).services.CLAUDE.apiKey).toBe('ours');
  });

  it.each([
    ['POLLY', { AWS_SECRET_ACCESS_KEY: 'k', AWS_REGION: 'eu-central-1' }],
    ['POLLY', { AWS_SECRET_ACCESS_KEY: 'k', AWS_ACCESS_KEY_ID: 'AKIA' }],
    ['AZURE_SPEECH', { AZURE_SPEECH_API_KEY: 'k' }],
    ['OPENAI_COMPATIBLE', { OPENAI_COMPATIBLE_API_KEY: 'k' }],
    ['OPENAI', { OPENAI_API_KEY: '  ' }],
  ] as const)('of %s are incomplete without the other parts of its key: %o', (service, env) => {
    expect(read(env).services[service].configured).toBe(false);
  });

  it.each([
    ['OPENAI_API_KEY', 'a key with blanks'],
    ['OPENAI_API_KEY', 'schlüssel'],
    ['OPENAI_BASE_URL', 'ftp://example.org'],
    ['OPENAI_PRIORITY', '0'],
    ['OPENAI_PRIORITY', '1001'],
    ['OPENAI_TIMEOUT_MS', '99'],
    ['OPENAI_CONCURRENCY', 'many'],
    ['OPENAI_TEXT_MODEL', 'a b'],
    ['AZURE_SPEECH_REGION', 'https://x'],
  ])('that are wrong stop the start with a sentence that names them and repeats no value: %s=%s', (setting, value) => {
    const { problems } = read({ [setting]: value });
    expect(problems.map((problem) => problem.setting)).toEqual([setting]);
    expect(() => loadConfig({ [setting]: value })).toThrow(`The setting ${setting} is wrong:`);
    expect(() => loadConfig({ [setting]: value })).not.toThrow(value);
  });

  it.each([
    ['OPENAI_PRIORITY', ['1', '1000']],
    ['OPENAI_TIMEOUT_MS', ['100', '3600000']],
    ['OPENAI_CONCURRENCY', ['1', '1000']],
  ])('may have the smallest and the largest value: %s', (setting, values) => {
    for (const value of values) expect(read({ [setting]: value }).problems).toEqual([]);
  });
});
