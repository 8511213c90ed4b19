import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { createLogger } from './monitoring/logger.ts';
import { readNotifierSettings } from './notifier-settings.ts';
import type { SettingProblem } from './service-settings.ts';

function read(env: Record<string, string>) {
  const problems: SettingProblem[] = [];
  const settings = readNotifierSettings(env, problems);
  return { settings, problems, wrong: problems.map(({ setting }) => setting) };
}

const SID = `AC${'0123456789abcdef'.repeat(2)}`;
const SECRET = Buffer.alloc(32, 5).toString('base64');
const TWILIO = {
  ALERT_TWILIO_ACCOUNT_SID: SID,
  ALERT_TWILIO_AUTH_TOKEN: 'token-of-twilio',
  ALERT_TWILIO_FROM: '+14155550100',
  ALERT_TWILIO_TO: '+886912345678',
};
const MAIL = { SMTP_URL: 'smtps://mail.example.org', MAIL_FROM: 'a@b.org' };

/** A setting, a wrong and a right value, and what else has to be set. */
const CASES: readonly (readonly [string, string, string, Record<string, string>?])[] = [
  ['ALERT_SLACK_WEBHOOK_URL', 'hooks.slack.com/services/T0/B0/x', 'https://hooks.slack.com/services/T0/B0/x'],
  ['ALERT_SLACK_WEBHOOK_URL', 'https://me:pass@hooks.slack.com/x', 'http://127.0.0.1:9/x'],
  ['ALERT_DISCORD_WEBHOOK_URL_LEAD', 'ftp://discord.com/x', 'https://discord.com/api/webhooks/1/x'],
  ['ALERT_EMAIL_TO', 'ann', 'ann@example.org, bea@example.org', MAIL],
  ['ALERT_EMAIL_TO', 'ann@example.org\nBcc: eve@example.org', 'ann@example.org', MAIL],
  ['ALERT_EMAIL_TO_ARCHITECT', Array(21).fill('a@b.org').join(), Array(20).fill('a@b.org').join(), MAIL],
  ['ALERT_PAGERDUTY_ROUTING_KEY', 'short', 'R0123456789abcdefR0123456789abcd'],
  ['ALERT_PAGERDUTY_BASE_URL', 'events.eu.pagerduty.com', 'https://events.eu.pagerduty.com/'],
  ['ALERT_TWILIO_ACCOUNT_SID', 'AC1', SID, TWILIO],
  ['ALERT_TWILIO_AUTH_TOKEN', 'with blank', 'token', TWILIO],
  ['ALERT_TWILIO_FROM', '+1 415', 'AutoVideo', TWILIO],
  ['ALERT_TWILIO_TO', '0912345678', '+886912345678,+14155550101', TWILIO],
  ['ALERT_WEBHOOK_URL', 'javascript:alert(1)', 'https://example.org/hook', { ALERT_WEBHOOK_SECRET: SECRET }],
  ['ALERT_WEBHOOK_SECRET', 'too short', `whsec_${SECRET}`, { ALERT_WEBHOOK_URL: 'https://example.org/hook' }],
  ['ALERT_SLACK_MIN_PRIORITY', 'P3', 'P1'],
];

describe('The settings of notifiers', () => {
  it.each(CASES.map(([name, wrong, right, others = {}]) => ({ name, wrong, right, others })))(
    '$name=$wrong prevents the start, and =$right does not',
    ({ name, wrong, right, others }) => {
      expect(read({ ...others, [name]: wrong }).wrong).toEqual([name]);
      expect(() => loadConfig({ ...others, [name]: wrong })).toThrow(name);
      expect(read({ ...others, [name]: right }).wrong).toEqual([]);
      expect(() => loadConfig({ NODE_ENV: 'test', ...others, [name]: right })).not.toThrow();
    },
  );

  it('that are of no use without each other are named where one is missing', () => {
    for (const name of Object.keys(TWILIO)) {
      const { problems } = read({ ...TWILIO, [name]: '' });
      const message = expect.stringMatching(/^must be set with ALERT_TWILIO_/);
      expect(problems).toEqual([{ setting: name, message }]);
    }
    expect(read({ ALERT_WEBHOOK_URL: 'https://example.org' }).wrong).toEqual(['ALERT_WEBHOOK_SECRET']);
    expect(read({ ALERT_WEBHOOK_SECRET: SECRET }).wrong).toEqual(['ALERT_WEBHOOK_URL']);
    expect(read({ ALERT_EMAIL_TO: 'ann@example.org' }).wrong).toEqual(['SMTP_URL']);
    expect(() => loadConfig({ ALERT_TWILIO_ACCOUNT_SID: SID })).toThrow(
      'The setting ALERT_TWILIO_AUTH_TOKEN is wrong: must be set with ALERT_TWILIO_ACCOUNT_SID. See .env.example.',
    );
  });

  it('of a level replace those of the level before', () => {
    const { targets } = read({
      ALERT_SLACK_WEBHOOK_URL: 'https://hooks.slack.com/all',
      ALERT_EMAIL_TO: 'ann@example.org',
      ALERT_EMAIL_TO_LEAD: 'lea@example.org',
      ALERT_TWILIO_TO_ARCHITECT: '+14155550102',
      ...MAIL,
    }).settings;
    expect(Object.values(targets).map(({ slackUrl }) => slackUrl)).toEqual(
      Array(3).fill('https://hooks.slack.com/all'),
    );
    expect(Object.values(targets).map(({ emailTo }) => emailTo.join())).toEqual([
      'ann@example.org',
      'lea@example.org',
      'lea@example.org',
    ]);
    expect(Object.values(targets).map(({ phones }) => phones.join())).toEqual(['', '', '+14155550102']);
  });

  it('let only P0 wake people, unless they say otherwise', () => {
    const { minPriority } = read({ ALERT_PAGERDUTY_MIN_PRIORITY: 'P1' }).settings;
    expect(minPriority).toEqual({
      SLACK: 'P2',
      DISCORD: 'P2',
      EMAIL: 'P2',
      PAGERDUTY: 'P1',
      TWILIO: 'P0',
      WEBHOOK: 'P2',
    });
  });

  it('are all documented in .env.example, with their defaults, and no others are', () => {
    const documented = new Map(
      Array.from(
        readFileSync('.env.example', 'utf8').matchAll(/^#(ALERT_[A-Z_]+)=(.*)$/gm),
        ([, name = '', value = '']) => [name, value],
      ),
    );
    const wrong = Object.fromEntries([...documented.keys()].map((name) => [name, 'no, this is wrong']));
    const own = new Set(read(wrong).wrong.filter((name) => name.startsWith('ALERT_')));
    expect([...own].toSorted()).toEqual([...documented.keys()].toSorted());
    const asked = new Set<string>();
    const env = new Proxy({}, { get: (_, name) => void asked.add(String(name)) });
    readNotifierSettings(env, []);
    const levels = [...asked].filter((name) => name.startsWith('ALERT_') && !/_(?:LEAD|ARCHITECT)$/.test(name));
    expect(levels.toSorted()).toEqual([...documented.keys()].toSorted());
    const defaults = Object.fromEntries([...documented].filter(([, value]) => value !== ''));
    expect(read(defaults).settings).toEqual(read({}).settings);
  });

  it('are in no line of the log', () => {
    const settings = { ...TWILIO, ...MAIL, ALERT_EMAIL_TO: 's3cret@example.org', ALERT_WEBHOOK_SECRET: SECRET };
    const config = loadConfig({
      NODE_ENV: 'test',
      ...settings,
      ALERT_TWILIO_AUTH_TOKEN: 's3cret',
      ALERT_SLACK_WEBHOOK_URL: 'https://hooks.slack.com/s3cret',
      ALERT_DISCORD_WEBHOOK_URL_LEAD: 'https://discord.com/s3cret',
      ALERT_PAGERDUTY_ROUTING_KEY: 's3cret0123456789abcdefR012345678',
      ALERT_WEBHOOK_URL: 'https://example.org/s3cret',
    });
    const lines: string[] = [];
    const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
    const { notifiers } = config;
    logger.info({ config }, 'nested');
    logger.info({ notifiers, ...notifiers.targets, twilio: notifiers.twilio }, 'at the top');
    logger.info({ targets: notifiers.targets, parts: { webhookSecret: notifiers.webhookSecret } }, 'in between');
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toMatch(/s3cret|\+886|"data":\[5,5/);
  });

  it('never show a secret value', () => {
    const { problems } = read({
      ALERT_SLACK_WEBHOOK_URL: 's3cret',
      ALERT_PAGERDUTY_ROUTING_KEY: 's3cret',
      ALERT_WEBHOOK_SECRET: 's3cret',
      ALERT_TWILIO_AUTH_TOKEN: 's3cret s3cret',
    });
    expect(problems.length).toBeGreaterThan(4);
    expect(JSON.stringify(problems)).not.toContain('s3cret');
  });
});
