import { beforeEach, describe, expect, it } from 'vitest';
import { providersCommand } from '../../src/cli/commands/providers.command.ts';
import { openProviders } from '../../src/command-services.ts';
import { loadConfig } from '../../src/config.ts';
import { AppError } from '../../src/errors.ts';
import { useInstallation } from '../helpers/fixtures.ts';
import { fakeProviders } from '../helpers/media/fake-providers.ts';
import { testProvider } from '../helpers/media/test-provider.ts';

// None of these commands may need Redis.
const installation = useInstallation({ REDIS_URL: 'redis://127.0.0.1:1', GROQ_API_KEY: 'gsk-secret' });
let output: string[] = [];
beforeEach(() => {
  output = [];
});

const refusing = testProvider<object, never>({
  name: 'groq',
  service: 'GROQ',
  call: async () => {
    throw new AppError('GROQ_INVALID_API_KEY', 'Groq does not accept the key: check GROQ_API_KEY.');
  },
});
const contentProviders = { ...fakeProviders(), plainText: [refusing] };

async function run(...words: string[]): Promise<string> {
  const open = () => openProviders(loadConfig(installation.settings), { contentProviders });
  const command = providersCommand({ open, print: (text) => void output.push(text) });
  for (const each of [command, ...command.commands])
    each.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  await command.parseAsync(words, { from: 'user' });
  return output.join('\n');
}

describe('autovideo providers', () => {
  it('shows each provider with its state, the one that is tried first on top', async () => {
    const lines = (await run()).split('\n').map((line) => line.split(/ {2,}/));
    expect(lines[0]).toEqual(['PROVIDER', 'CONFIGURED', 'ENABLED', 'PRIORITY', 'CIRCUIT', 'HEALTH', 'CAPABILITIES']);
    expect(lines[1]?.slice(0, 4)).toEqual(['openai_compatible', 'no', 'yes', '100']);
    expect(lines).toContainEqual(['groq', 'yes', 'yes', '40', 'CLOSED', 'UNKNOWN', 'TEXT, TRANSCRIPTION, ANALYSIS']);
    expect(lines.at(-1)?.[0]).toBe('fake');
    expect(output.join()).not.toContain('gsk-secret');
  });

  it('list --json gives the same to programs', async () => {
    const found: unknown = JSON.parse(await run('list', '--json'));
    expect(found).toContainEqual({
      name: 'fake',
      capabilities: ['TEXT', 'SPEECH', 'IMAGE', 'ANALYSIS'],
      configured: true,
      enabled: true,
      priority: 0,
      health: 'UNKNOWN',
      circuit: 'CLOSED',
      models: ['f1'],
      lastError: null,
    });
  });

  it('test shows what the provider has made', async () => {
    const [message, reply] = (await run('test', 'fake', '--prompt', 'Bees dance.')).split('\n');
    expect([message, reply]).toEqual([expect.stringMatching(/^fake answered in \d+ ms\.$/), expect.any(String)]);
  });

  it('test fails with the provider’s error', async () => {
    await expect(run('test', 'groq')).rejects.toMatchObject({ code: 'GROQ_INVALID_API_KEY' });
    expect(output).toEqual([]);
  });

  it('test says what to set where a key is missing', async () => {
    const message = 'The provider claude is not configured: set CLAUDE_API_KEY.';
    await expect(run('test', 'claude')).rejects.toThrow(message);
  });
});
