import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openNotifiers } from '../../../src/command-services.ts';
import { loadConfig } from '../../../src/config.ts';
import { createLogger } from '../../../src/monitoring/logger.ts';
import { queueNotification } from '../../../src/services/alerts/notification-store.ts';
import { NotifierChannels } from '../../../src/services/alerts/notifier-channels.ts';
import { TestApp } from '../../helpers/app.ts';
import { useProcesses } from '../../helpers/fixtures.ts';
import { until } from '../../helpers/until.ts';
import { useNotifiedServices } from './fake-services.ts';
import { notification } from './notices.ts';

const services = useNotifiedServices();
const processes = useProcesses({}, { fakeContent: true });
const ORIGINAL = ['slack', 'discord', 'pagerDuty', 'twilio', 'webhook'] as const;

beforeEach(() => {
  for (const name of ORIGINAL) services()[name].requests.length = 0;
  services().smtp.mails.length = 0;
});

const queue = (title: string) =>
  processes.installation.db.transaction((em) => queueNotification(em, notification({ title }), 'on_call'));
const left = async () =>
  (await processes.installation.db.sql().selectFrom('alert_deliveries').select('notifier').execute()).map(
    ({ notifier }) => notifier,
  );

describe('A notification', () => {
  it('is sent by every service from an installation that runs, and no line of its log shows a secret', async () => {
    const app = await TestApp.start({
      worker: false,
      installation: processes.installation,
      settings: services().settings,
    });
    try {
      services().slack.replyWith({ status: 503, headers: { 'retry-after': '1' }, body: 'secretOfSlack' }, 'hang up');
      services().discord.replyWith({ status: 429, body: { message: 'slow down', retry_after: 0.4, global: false } });
      services().twilio.replyWith({ status: 500, body: { code: 20_500, message: 'oops' } });
      services().smtp.refuses = true;
      await queue('All of them');
      await until('the others have it at once', () =>
        (['pagerDuty', 'webhook'] as const).every((name) => services()[name].requests.length === 1),
      );
      await until('the mail server has refused it', () => app.log.some(({ notifier }) => notifier === 'email'));
      services().smtp.refuses = false;
      const due = () => processes.installation.db.em().execute('update alert_deliveries set next_at = now()');
      await until('all have it', async () => {
        await due();
        return (await left()).length === 0;
      });
      expect(services().slack.requests.length).toBeGreaterThanOrEqual(3);
      expect(services().smtp.mails).toHaveLength(1);
      const lines = app.log.filter((line) => 'notifier' in line);
      expect(lines.map(({ notifier, level, err }) => [notifier, level, messageOf(err)])).toEqual(
        expect.arrayContaining([
          ['slack', 'WARNING', 'Slack answered 503.'],
          ['slack', 'WARNING', 'Slack cannot be reached (UND_ERR_SOCKET).'],
          ['discord', 'WARNING', 'Discord answered 429.'],
          ['sms', 'WARNING', 'Twilio answered 500 (code 20500).'],
          ['email', 'WARNING', 'The mail server answered 451 (EENVELOPE).'],
        ]),
      );
      expect(app.log).toContainEqual(
        expect.objectContaining({
          level: 'INFO',
          notification: 'firing',
          message: 'P0: All of them',
          alerts: ['alert_1'],
        }),
      );
      const { ALERT_PAGERDUTY_ROUTING_KEY: key = '' } = services().settings;
      expect(JSON.stringify(app.log)).not.toMatch(/secretOf|s3cret@mail|whsec_/);
      expect(JSON.stringify(app.log)).not.toContain(key);
    } finally {
      await app.close();
    }
  }, 120_000);

  it('that a killed process was sending is sent by the next one', async () => {
    services().slack.replyWith('hang');
    const settings = { ...services().settings, ALERT_DISCORD_WEBHOOK_URL: '' };
    const first = await processes.start('serve', { settings });
    await queue('Over a restart');
    await until('Slack has the request', () => services().slack.requests.length === 1);
    await until('the others have it', async () => (await left()).join() === 'slack');
    await first.kill('SIGKILL');
    expect(await left()).toEqual(['slack']);
    await processes.installation.db.em().execute('update alert_deliveries set next_at = now()');
    const second = await processes.start('worker', { settings });
    await until('Slack has it', async () => (await left()).length === 0);
    await second.kill('SIGKILL');
    expect(services().slack.requests).toHaveLength(2);
    expect(services().pagerDuty.requests).toHaveLength(1);
  }, 120_000);
});

describe('Without a database, sendNow', () => {
  let channels: NotifierChannels;
  beforeAll(async () => {
    const settings = { ...services().settings, DATABASE_URL: 'postgres://127.0.0.1:1/none' };
    channels = await openNotifiers(loadConfig({ NODE_ENV: 'test', ...settings }));
  });

  it('sends through every notifier, and once more where one has failed for a moment', async () => {
    services().slack.replyWith({ status: 500, body: 'rollup_error' });
    services().webhook.replyWith({ status: 410 }, { status: 410 }, { status: 410 });
    services().twilio.replyWith({ status: 400, body: { code: 21_211, message: 'wrong' } });
    const outcomes = await channels.sendNow(notification());
    const failed = outcomes.flatMap(({ notifier, error }) => (error ? [[notifier, error.message]] : []));
    expect(failed).toEqual([
      ['sms', 'Twilio answered 400 (code 21211).'],
      ['webhook', 'The webhook answered 410.'],
    ]);
    const counts = ORIGINAL.map((name) => services()[name].requests.length);
    expect(counts).toEqual([2, 1, 1, 1, 3]);
  });

  it('logs what it could not send', async () => {
    const lines: string[] = [];
    const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
    const failing = channels.all().filter(({ name }) => name === 'sms');
    const own = new NotifierChannels({ levels: { on_call: failing, lead: [], architect: [] }, log });
    services().twilio.replyWith({ status: 400 });
    await own.sendNow(notification());
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'ERROR', notifier: 'sms', priority: 'P0', message: 'a notification could not be sent' },
    ]);
    expect(lines.join()).not.toContain('secretOf');
  });
});

function messageOf(err: unknown): unknown {
  return typeof err === 'object' && err !== null && 'message' in err ? err.message : undefined;
}
