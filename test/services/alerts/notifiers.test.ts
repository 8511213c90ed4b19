import { beforeEach, describe, expect, it } from 'vitest';
import { openNotifiers } from '../../../src/command-services.ts';
import { loadConfig } from '../../../src/config.ts';
import type { Notification } from '../../../src/services/alerts/notification.ts';
import type { FakeService } from '../../fakes/fake-service.ts';
import { headersOf, plainTextOf } from '../../fakes/smtp.ts';
import { useNotifiedServices } from './fake-services.ts';
import { notice, notification } from './notices.ts';

const services = useNotifiedServices();

async function send(changed: Partial<Notification>, settings: Record<string, string> = {}) {
  const channels = await openNotifiers(loadConfig({ NODE_ENV: 'test', ...services().settings, ...settings }));
  const outcomes = await channels.sendThrough(channels.for(notification(changed), 'on_call'), notification(changed), 1);
  return Object.fromEntries(outcomes.map(({ notifier, error }) => [notifier, error?.message ?? null]));
}

const last = ({ requests }: FakeService) => requests.at(-1);
const fieldsOf = (service: FakeService) => new URLSearchParams(last(service)?.body.toString('utf8'));
const lastMail = () => {
  const mail = services().smtp.mails.at(-1);
  if (!mail) throw new Error('There is no mail.');
  return mail;
};

beforeEach(() => {
  const { slack, discord, pagerDuty, twilio, webhook, smtp } = services();
  for (const service of [slack, discord, pagerDuty, twilio, webhook]) service.requests.length = 0;
  smtp.mails.length = 0;
});

describe('An urgent alert', () => {
  it('is taken by every service that is set', async () => {
    expect(await send({})).toEqual({
      log: null,
      slack: null,
      discord: null,
      email: null,
      pagerduty: null,
      sms: null,
      webhook: null,
    });
  });

  it('is blocks in Slack', async () => {
    await send({});
    const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
    expect(last(services().slack)?.json()).toEqual({
      text: 'P0: OpenAI does not accept the key.',
      mrkdwn: false,
      blocks: [
        { type: 'header', text: plain('P0: OpenAI does not accept the key.') },
        { type: 'section', text: plain('OpenAI does not accept the key.\n→ Check OPENAI_API_KEY.') },
        {
          type: 'context',
          elements: [
            plain(
              'openai · OPENAI_INVALID_API_KEY · since 2026-11-30 09:00 UTC · 3 times · answer by 2026-11-30 09:05 UTC',
            ),
          ],
        },
      ],
    });
  });

  it('is an embed in Discord, which is asked whether it was stored', async () => {
    await send({});
    expect(last(services().discord)?.path).toMatch(/\?wait=true$/);
    expect(last(services().discord)?.json()).toEqual({
      embeds: [
        {
          title: 'P0: OpenAI does not accept the key.',
          description:
            '**OpenAI does not accept the key.**\nCheck OPENAI\\_API\\_KEY.\nopenai · OPENAI\\_INVALID\\_API\\_KEY · since 2026-11-30 09:00 UTC · 3 times · answer by 2026-11-30 09:05 UTC',
          color: 0xd1242f,
        },
      ],
      allowed_mentions: { parse: [] },
    });
  });

  it('is one mail to all addresses', async () => {
    await send({});
    expect(lastMail().to).toEqual(['ann@example.org', 'bea@example.org']);
    expect(headersOf(lastMail())).toMatch(/^Subject: \[Auto Video\] P0: OpenAI does not accept the key\.$/m);
    expect(plainTextOf(lastMail()).replaceAll('\r\n', '\n')).toContain(
      'P0: OpenAI does not accept the key.\n\nOpenAI does not accept the key.\nTo do: Check OPENAI_API_KEY.\n(openai',
    );
  });

  it('is an incident of its own in PagerDuty, which its acknowledgement and its end change', async () => {
    const alerts = [notice(), notice({ id: 'alert_2', service: null, errorCode: null, rule: 'no-worker' })];
    await send({ alerts });
    expect(last(services().pagerDuty)?.json()).toMatchObject({
      event_action: 'trigger',
      dedup_key: 'autovideo-alert_2',
      payload: {
        summary: 'P0: OpenAI does not accept the key.',
        source: 'video.example.org',
        severity: 'critical',
        class: 'no-worker',
        timestamp: '2026-11-30T09:00:12.000Z',
      },
    });
    await send({ kind: 'escalated', alerts });
    const states = () => [...services().incidents.values()];
    expect(states()).toEqual(['trigger', 'trigger']);
    await send({ kind: 'acknowledged', alerts: alerts.slice(0, 1) });
    expect(states()).toEqual(['acknowledge', 'trigger']);
    await send({ kind: 'resolved', alerts });
    expect(states()).toEqual(['resolve', 'resolve']);
  });

  it('that the database is lost is one incident, whichever process reports it, and ends whichever alert is stored', async () => {
    const lost = (id: string) => ({ alerts: [notice({ id, rule: 'database-lost', service: 'postgresql' })] });
    await send(lost('alert_7'));
    await send(lost('alert_8'));
    expect(last(services().pagerDuty)?.json()).toMatchObject({
      dedup_key: 'autovideo-database-lost-video.example.org',
    });
    expect(services().incidents.get('autovideo-database-lost-video.example.org')).toBe('trigger');
    await send({ kind: 'resolved', ...lost('alert_9') });
    expect(services().incidents.get('autovideo-database-lost-video.example.org')).toBe('resolve');
  });

  it('that PagerDuty refuses keeps no other from being sent', async () => {
    const { pagerDuty } = services();
    const alerts = ['alert_3', 'alert_4', 'alert_5'].map((id) => notice({ id }));
    pagerDuty.replyWith({ status: 400 }, { status: 202 }, { status: 503 });
    expect(await send({ alerts })).toMatchObject({ pagerduty: 'PagerDuty answered 503.' });
    pagerDuty.replyWith({ status: 202 }, { status: 202 }, { status: 400 });
    expect(await send({ alerts })).toMatchObject({ pagerduty: 'PagerDuty answered 400.' });
    expect(pagerDuty.requests).toHaveLength(6);
  });

  it('is a short SMS', async () => {
    await send({ alerts: [notice({ actionRequired: 'x'.repeat(600) })] });
    const fields = fieldsOf(services().twilio);
    expect([fields.get('From'), fields.get('To')]).toEqual(['+14155550100', '+886912345678']);
    expect(fields.get('Body')).toMatch(/^Auto Video P0: OpenAI does not accept the key\. > x+…$/);
    expect(fields.get('Body')).toHaveLength(320);
  });

  it('is sent by a messaging service of Twilio, and to each phone', async () => {
    const settings = { ALERT_TWILIO_FROM: `MG${'a'.repeat(32)}`, ALERT_TWILIO_TO: '+14155550101,+14155550102' };
    expect(await send({}, settings)).toMatchObject({ sms: null, 'sms-2': null });
    const to = services().twilio.requests.map(({ body }) => new URLSearchParams(body.toString('utf8')).get('To'));
    expect(to.toSorted()).toEqual(['+14155550101', '+14155550102']);
    expect(fieldsOf(services().twilio).get('MessagingServiceSid')).toBe(`MG${'a'.repeat(32)}`);
  });

  it('is signed JSON for any other program', async () => {
    await send({});
    expect(last(services().webhook)?.json()).toEqual({ type: 'alert.firing', data: notification() });
    const other = { ALERT_WEBHOOK_SECRET: Buffer.alloc(32, 6).toString('base64') };
    expect(await send({}, other)).toMatchObject({ webhook: 'The webhook answered 401.' });
  });
});

describe('What is less urgent', () => {
  it('wakes no one up: no summary and no report goes to PagerDuty or as an SMS', async () => {
    const quiet = ['log', 'slack', 'discord', 'email', 'webhook'];
    for (const changed of [
      { kind: 'digest', priority: 'P1' },
      { kind: 'report', priority: 'P2', alerts: [], text: 'Videos: 12\nFailed: 1' },
    ] as const)
      expect(Object.keys(await send(changed))).toEqual(quiet);
    const loud = {
      ALERT_PAGERDUTY_MIN_PRIORITY: 'P2',
      ALERT_TWILIO_MIN_PRIORITY: 'P2',
      ALERT_SLACK_MIN_PRIORITY: 'P0',
    };
    expect(Object.keys(await send({ kind: 'digest', priority: 'P1' }, loud))).toEqual([
      'log',
      'discord',
      'email',
      'sms',
      'webhook',
    ]);
  });

  it('has the lines of a report everywhere', async () => {
    await send({ kind: 'report', priority: 'P2', title: 'Daily report', alerts: [], text: 'Videos: 12\nFailed: 1' });
    expect(last(services().slack)?.body.toString()).toContain('Videos: 12\\nFailed: 1');
    expect(last(services().discord)?.body.toString()).toContain('Videos: 12\\nFailed: 1');
    expect(plainTextOf(lastMail())).toContain('Videos: 12\r\nFailed: 1');
  });

  it('an acknowledgement is no mail and no SMS', async () => {
    expect(Object.keys(await send({ kind: 'acknowledged' }))).toEqual([
      'log',
      'slack',
      'discord',
      'pagerduty',
      'webhook',
    ]);
  });
});

describe('A hundred alerts that begin at once', () => {
  it('are one message within the limits of each service', async () => {
    const alerts = Array.from({ length: 100 }, (_, index) =>
      notice({ id: `alert_${index}`, message: `${index} ${'<*&'.repeat(400)}`, actionRequired: '_'.repeat(900) }),
    );
    expect(Object.values(await send({ alerts, title: '&<>'.repeat(90) })).filter((error) => error !== null)).toEqual(
      [],
    );
    expect(services().slack.requests).toHaveLength(1);
    expect(last(services().slack)?.body.toString()).toContain('and 80 more');
    expect(last(services().discord)?.body.toString()).toMatch(/and 9\d more/);
    expect(services().smtp.mails).toHaveLength(1);
    expect(services().pagerDuty.requests).toHaveLength(100);
  });
});
