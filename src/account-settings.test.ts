import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAccountSettings } from './account-settings.ts';
import { loadConfig } from './config.ts';
import type { SettingProblem } from './service-settings.ts';

function problemsOf(env: Record<string, string>): string[] {
  const problems: SettingProblem[] = [];
  readAccountSettings(env, problems);
  return problems.map(({ setting }) => setting);
}

describe('The settings of accounts', () => {
  it.each([
    ['ADMIN_EMAIL', 'admin', 'admin@example.org'],
    ['ADMIN_PASSWORD', 'x'.repeat(11), 'x'.repeat(12)],
    ['DEFAULT_ROLE', 'ADMIN', 'PREMIUM'],
    ['SESSIONS_PER_USER', '0', '1'],
    ['SESSIONS_PER_USER', '1001', '1000'],
    ['MAIL_FROM', 'a@b.org\nBcc: c@d.org', 'Auto Video <video@example.org>'],
    ['MAIL_FROM', 'Auto Video', 'video@example.org'],
    ['APP_URL', 'javascript:alert(1)', 'https://app.example.org/'],
  ])('%s=%s prevents the start, and =%s does not', (name, wrong, right) => {
    expect(problemsOf({ [name]: wrong })).toEqual([name]);
    expect(() => loadConfig({ [name]: wrong })).toThrow(name);
    expect(problemsOf({ [name]: right })).toEqual([]);
  });

  it('are all documented in .env.example', () => {
    const source = readFileSync('src/account-settings.ts', 'utf8').matchAll(/\bread\('([A-Z_]+)'/g);
    const documented = readFileSync('.env.example', 'utf8');
    const names = Array.from(source, ([, name = '']) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !documented.includes(`#${name}=`))).toEqual([]);
  });

  it('need a sender with a mail server', () => {
    expect(problemsOf({ SMTP_URL: 'http://mail.example.org', MAIL_FROM: 'a@b.org' })).toEqual(['SMTP_URL']);
    expect(problemsOf({ SMTP_URL: 'smtps://a:b@mail.example.org:465' })).toEqual(['MAIL_FROM']);
    expect(problemsOf({ SMTP_URL: 'smtps://a:b@mail.example.org:465', MAIL_FROM: 'a@b.org' })).toEqual([]);
  });

  it('never show a secret value', () => {
    const problems: SettingProblem[] = [];
    readAccountSettings({ SMTP_URL: 'hush://a:secret@x', ADMIN_PASSWORD: 'secret' }, problems);
    expect(problems).toHaveLength(2);
    expect(JSON.stringify(problems)).not.toContain('secret');
  });
});
