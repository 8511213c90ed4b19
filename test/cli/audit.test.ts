import { beforeEach, describe, expect, it } from 'vitest';
import { auditCommand } from '../../src/cli/commands/audit.command.ts';
import { queueCommand } from '../../src/cli/commands/queue.command.ts';
import { recoverCommand } from '../../src/cli/commands/recover.command.ts';
import { openAccounts, openJobServices } from '../../src/command-services.ts';
import { loadConfig } from '../../src/config.ts';
import { useInstallation } from '../helpers/fixtures.ts';

const installation = useInstallation({ REDIS_URL: 'redis://127.0.0.1:1' });
let output: string[] = [];
beforeEach(() => {
  output = [];
});
const print = (text: string) => void output.push(text);
const config = () => loadConfig(installation.settings);
const verify = async () =>
  await auditCommand({ open: () => openAccounts(config()), print }).parseAsync(['verify'], { from: 'user' });
const jobs = { open: () => openJobServices(config()), print };

describe('autovideo audit verify', () => {
  it('follows what operators do at the command line, and fails at the entry that was changed', async () => {
    await queueCommand(jobs).parseAsync(['pause', '--queue', 'VIDEO'], { from: 'user' });
    await queueCommand(jobs).parseAsync(['resume', '--queue', 'VIDEO'], { from: 'user' });
    await recoverCommand(jobs).parseAsync(['--dry-run'], { from: 'user' });
    await queueCommand(jobs).parseAsync(['clear', '--queue', 'VIDEO'], { from: 'user' });
    output = [];
    await verify();
    expect(output).toEqual([
      '3 entries fit, 0 of them without the personal data of deleted accounts.',
      expect.stringMatching(/^Hash of the last entry: [0-9a-f]{64}$/),
    ]);
    const { db } = installation;
    const entries = await db.em().execute('select action, target, actor_id, details from audit_log order by seq');
    const byOperator = { actor_id: null, details: { via: 'command line' } };
    expect(entries).toMatchObject([
      { action: 'queue.pause', target: 'VIDEO', ...byOperator },
      { action: 'queue.resume', target: 'VIDEO', ...byOperator },
      { action: 'queue.clear', target: 'VIDEO', ...byOperator },
    ]);
    await db.em().execute('alter table audit_log disable trigger all');
    await db.em().execute("update audit_log set target = 'AI' where seq = 2");
    await expect(verify()).rejects.toMatchObject({
      code: 'DATABASE_ERROR',
      message: 'The audit log was changed at entry 2: the content was changed.',
    });
  });
});
