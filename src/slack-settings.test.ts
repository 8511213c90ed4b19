import { expect, it } from 'vitest';
import type { SettingProblem } from './service-settings.ts';
import { readSlackSettings } from './slack-settings.ts';

const SET = {
  SLACK_SIGNING_SECRET: '8f742231b10e8888abcd990000000005',
  SLACK_BOT_TOKEN: 'xoxb-17653672481-19874698323',
  SLACK_COMMAND_USER: 'ann@example.org',
  PUBLIC_URL: 'https://video.example.org',
};

function read(env: Readonly<Record<string, string>>) {
  const problems: SettingProblem[] = [];
  return {
    settings: readSlackSettings(env, problems),
    problems: problems.map(({ setting, message }) => [setting, message]),
  };
}

it('Without its settings Slack has no command', () => {
  expect(read({})).toEqual({ settings: undefined, problems: [] });
  expect(read({ PUBLIC_URL: SET.PUBLIC_URL, SLACK_BOT_TOKEN: ' ' })).toEqual({ settings: undefined, problems: [] });
});

it('Answers go to Slack alone, and elsewhere only where a test says so', () => {
  const { settings, problems } = read(SET);
  expect(problems).toEqual([]);
  expect(settings).toMatchObject({
    user: SET.SLACK_COMMAND_USER,
    apiUrl: 'https://slack.com',
    hooksUrl: 'https://hooks.slack.com',
  });
  expect(read({ ...SET, SLACK_BASE_URL: 'http://127.0.0.1:9/' }).settings).toMatchObject({
    apiUrl: 'http://127.0.0.1:9',
    hooksUrl: 'http://127.0.0.1:9',
  });
});

it.each(Object.keys(SET))('%s is needed where the others are set', (missing) => {
  const { problems } = read({ ...SET, [missing]: '' });
  expect(problems).toEqual([[missing, expect.stringMatching(/^must be set with SLACK_/)]]);
});

it.each([
  ['SLACK_SIGNING_SECRET', 'a'.repeat(31)],
  ['SLACK_SIGNING_SECRET', 'g'.repeat(32)],
  ['SLACK_BOT_TOKEN', 'xoxp-17653672481-19874698323'],
  ['SLACK_COMMAND_USER', 'ann'],
  ['SLACK_COMMAND_USER', 'video_0123456789abcdefghijklmnop'],
  ['SLACK_BASE_URL', 'slack.com'],
])('%s is refused as %s, and not repeated', (setting, value) => {
  const { problems } = read({ ...SET, [setting]: value });
  expect(problems).toEqual([[setting, expect.stringMatching(/^must /)]]);
  expect(problems.join()).not.toContain(value);
});

it('The account may be named by its id', () => {
  const user = `user_${'0'.repeat(26)}`;
  expect(read({ ...SET, SLACK_COMMAND_USER: user }).settings?.user).toBe(user);
});
