import { beforeEach, describe, expect, it } from 'vitest';
import { keysCommand } from '../../src/cli/commands/keys.command.ts';
import { openAccounts } from '../../src/command-services.ts';
import { loadConfig } from '../../src/config.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import { useInstallation } from '../helpers/fixtures.ts';

// None of these commands may need Redis.
const installation = useInstallation({ REDIS_URL: 'redis://127.0.0.1:1' });
let output: string[] = [];
beforeEach(() => {
  output = [];
});

async function runCommand(word: string, encryptionKeys?: string): Promise<string[]> {
  const keys = encryptionKeys === undefined ? {} : { ENCRYPTION_KEYS: encryptionKeys };
  const config = () => loadConfig({ ...installation.settings, ...keys });
  const command = keysCommand({
    config,
    open: () => openAccounts(config()),
    print: (text) => void output.push(text),
  });
  await command.parseAsync([word], { from: 'user' });
  return output;
}

describe('autovideo keys', () => {
  it('prints a new entry that ENCRYPTION_KEYS takes, a different one each time', async () => {
    await runCommand('new');
    const [entry = '', other] = await runCommand('new');
    expect(entry).toMatch(/^k[0-9a-f]{6}:[A-Za-z0-9+/]{43}=$/);
    expect(other).not.toBe(entry);
    expect(loadConfig({ ...installation.settings, ENCRYPTION_KEYS: entry }).encryptionKeys).toHaveLength(1);
  });

  it('encrypts stored fields anew, so that the old key can go', async () => {
    const old = installation.settings['ENCRYPTION_KEYS'] ?? '';
    const [entry = ''] = await runCommand('new');
    const first = await openAccounts(loadConfig(installation.settings));
    await first.accounts.createUser({ username: 'ann', email: 'ann@example.org', password: PASSWORD, role: 'CREATOR' });
    await first.close();
    output = [];
    const [table = '', ...sentences] = await runCommand('rotate', `${entry},${old}`);
    expect(table).toMatch(/^users\.email_encrypted +1 +0$/m);
    expect(sentences).toEqual([
      `Every field is encrypted with the key ${entry.split(':')[0]}.`,
      'No field needs k1 any more: remove it from ENCRYPTION_KEYS.',
    ]);
    const later = await openAccounts(loadConfig({ ...installation.settings, ENCRYPTION_KEYS: entry }));
    const user = await later.users.findByIdentifier('ann@example.org');
    expect(user && later.users.privateFacts(user).email).toBe('ann@example.org');
    await later.close();
  });

  it('fails where a key is missing, and says what to do', async () => {
    await expect(runCommand('rotate')).rejects.toThrow('add the key that encrypted them to ENCRYPTION_KEYS');
    expect(output[0]).toMatch(/^users\.email_encrypted +0 +1$/m);
  });
});
