import { beforeAll, expect, it } from 'vitest';
import { openNotifiers } from '../../../src/command-services.ts';
import { loadConfig } from '../../../src/config.ts';
import { headersOf, plainTextOf } from '../../fakes/smtp.ts';
import { useNotifiedServices } from './fake-services.ts';
import { notice, notification } from './notices.ts';

const services = useNotifiedServices();

const HOSTILE =
  'a *title* <!channel> @everyone [click](http://evil.example) <b>&\r\nBcc: eve@example.org\u202Egpj.exe\u0000';

beforeAll(async () => {
  const channels = await openNotifiers(loadConfig({ NODE_ENV: 'test', ...services().settings }));
  const alerts = [notice({ message: HOSTILE, actionRequired: HOSTILE, service: HOSTILE, errorCode: HOSTILE })];
  const outcomes = await channels.sendNow(notification({ title: HOSTILE, alerts, text: `${HOSTILE}\n${HOSTILE}` }));
  expect(outcomes.filter(({ error }) => error !== null)).toEqual([]);
});

const sent = (service: 'slack' | 'discord' | 'pagerDuty' | 'twilio' | 'webhook') =>
  services()[service].requests[0]?.body.toString('utf8') ?? '';

it('A text from outside mentions no channel and has no markup in Slack', () => {
  // The fake refuses markup as Slack reads it; here is what remains of it.
  expect(sent('slack')).toContain(
    'a *title* &lt;!channel&gt; @everyone [click](http://evil.example) &lt;b&gt;&amp; Bcc',
  );
  expect(sent('slack')).not.toContain('"type":"mrkdwn"');
});

it('A text from outside mentions no one and has no markup in Discord', () => {
  expect(JSON.parse(sent('discord'))).toMatchObject({
    embeds: [{ title: expect.stringContaining('a \\*title\\* \\<!channel\\> \\@everyone \\[click\\]\\(http://evil') }],
    allowed_mentions: { parse: [] },
  });
});

it('A text from outside adds no header and no markup to a mail', () => {
  const [mail] = services().smtp.mails;
  if (!mail) throw new Error('There is no mail.');
  expect(headersOf(mail)).not.toMatch(/^Bcc/im);
  expect(mail.to).toEqual(['ann@example.org', 'bea@example.org']);
  expect(plainTextOf(mail)).toContain('a *title* <!channel>');
  const html = mail.data.slice(mail.data.indexOf('<!doctype html>')).replaceAll('=\r\n', '');
  expect(html).toContain('&#60;!channel&#62;');
  expect(html).not.toMatch(/<(?:b|!channel)>/);
});

it('A text from outside is one line of an SMS, and changes no other field of its form', () => {
  const fields = new URLSearchParams(sent('twilio'));
  expect([...fields.keys()]).toEqual(['To', 'From', 'Body']);
  expect(fields.get('Body')).toMatch(/^Auto Video P0: a \*title\* [^\r\n]+$/);
});

it('No service gets a control character, or one that turns round the text after it', () => {
  for (const service of ['slack', 'discord', 'pagerDuty', 'twilio'] as const) {
    const body = decodeURIComponent(sent(service));
    expect(body, service).toContain('@everyone');
    expect(body, service).not.toMatch(/\\u0000|\\r|\p{Cc}|\u202E/u);
  }
});

it('A program gets the text as it is, in JSON', () => {
  expect(JSON.parse(sent('webhook'))).toMatchObject({ data: { title: HOSTILE } });
});
