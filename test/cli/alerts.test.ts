import { beforeEach, describe, expect, it } from 'vitest';
import { alertsCommand } from '../../src/cli/commands/alerts.command.ts';
import { openNotifiers } from '../../src/command-services.ts';
import { loadConfig } from '../../src/config.ts';
import { useNotifiedServices } from '../services/alerts/fake-services.ts';

const services = useNotifiedServices();
let output: string[] = [];
beforeEach(() => {
  output = [];
  services().slack.requests.length = 0;
});

async function run(words: readonly string[], settings?: Record<string, string>): Promise<string[]> {
  // None of these commands may need PostgreSQL or Redis.
  const none = { NODE_ENV: 'test', DATABASE_URL: 'postgres://127.0.0.1:1/none', REDIS_URL: 'redis://127.0.0.1:1' };
  const open = () => openNotifiers(loadConfig({ ...none, ...(settings ?? services().settings) }));
  const command = alertsCommand({ open, print: (text) => void output.push(text) });
  for (const each of [command, ...command.commands])
    each.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  await command.parseAsync([...words], { from: 'user' });
  return output.join('\n').split('\n');
}

describe('autovideo alerts test', () => {
  it('sends through each notifier, shows what came of it, and leaves no incident open', async () => {
    const lines = (await run(['test'])).map((line) => line.split(/ {2,}/));
    expect(lines).toEqual([
      ['NOTIFIER', 'RESULT'],
      ['slack', 'sent'],
      ['discord', 'sent'],
      ['email', 'sent'],
      ['pagerduty', 'sent'],
      ['sms', 'sent'],
      ['webhook', 'sent'],
    ]);
    expect(services().slack.requests).toHaveLength(1);
    expect([...services().incidents.values()]).toEqual(['resolve']);
  });

  it('NOTIFIER sends through this one, with all its targets', async () => {
    const lead = { ALERT_TWILIO_TO_LEAD: '+14155550102' };
    expect(await run(['test', 'sms'], { ...services().settings, ...lead })).toEqual([
      'NOTIFIER  RESULT',
      'sms       sent',
      'sms-lead  sent',
    ]);
    expect(services().slack.requests).toEqual([]);
    await expect(run(['test', 'fax'])).rejects.toThrow('No notifier fax is set. Set are: slack, discord,');
  });

  it('fails where one could not be sent, and says why', async () => {
    services().slack.replyWith({ status: 404, body: 'no_service' });
    await expect(run(['test'])).rejects.toThrow('1 of 6 could not be sent.');
    expect(output.join()).toContain('slack      Slack answered 404 (no_service).');
    expect(output.join()).toContain('discord    sent');
  });

  it('says what to set where there is no notifier', async () => {
    await expect(run(['test'], {})).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
