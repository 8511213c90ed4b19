import { describe, expect, it } from 'vitest';
import { isOperator as isOperatorWith, operatorAccess } from './operators.ts';

const TOKEN = 'a-token-of-operators-long-enough';
const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) => ({
  headers: { host: 'localhost:8000', ...headers },
  socket: { remoteAddress },
});
type From = ReturnType<typeof from>;
const isOperator = (request: From, opsToken: string | undefined, isBehindProxy = false) =>
  isOperatorWith(request, { opsToken, isBehindProxy });

describe('A request of an operator', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('comes from %s, this machine itself', (address) => {
    expect(isOperator(from(address), undefined)).toBe(true);
    expect(isOperator(from(address), TOKEN)).toBe(true);
  });

  it.each(['10.0.0.7', '128.0.0.1', '::ffff:10.0.0.7', '2001:db8::1', '127.example.org', undefined])(
    'does not come from %s',
    (address) => {
      expect(isOperator(from(address), undefined)).toBe(false);
    },
  );

  it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'])(
    'does not come through a proxy of this machine that sends the header %s',
    (header) => {
      expect(isOperator(from('127.0.0.1', { [header]: '127.0.0.1' }), TOKEN)).toBe(false);
      expect(isOperator(from('127.0.0.1', { [header]: '127.0.0.1', authorization: `Bearer ${TOKEN}` }), TOKEN)).toBe(
        true,
      );
    },
  );

  it('has the token, and may come from anywhere', () => {
    const shows = (authorization: string, token: string | undefined = TOKEN) =>
      isOperator(from('10.0.0.7', { authorization }), token);
    expect(shows(`Bearer ${TOKEN}`)).toBe(true);
    for (const wrong of [`Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, 'Bearer ', '', 'Basic x', 'Bearer undefined'])
      expect(shows(wrong)).toBe(false);
    expect(isOperator(from('10.0.0.7', { authorization: 'Bearer undefined' }), undefined)).toBe(false);
  });

  it.each(['localhost', 'localhost:8000', 'LOCALHOST', '127.0.0.1:8000', '[::1]:8000'])(
    'names this machine as its host: %s',
    (host) => {
      expect(isOperator(from('127.0.0.1', { host }), undefined)).toBe(true);
    },
  );

  it.each([
    'video.example.org',
    'localhost.example.org',
    '127.0.0.1.example.org',
    '[2001:db8::1]',
    '',
    '10.0.0.7:8000',
  ])('does not name another host: %s', (host) => {
    expect(isOperator(from('127.0.0.1', { host }), undefined)).toBe(false);
    expect(isOperator(from('127.0.0.1', { host, authorization: `Bearer ${TOKEN}` }), TOKEN)).toBe(true);
  });

  it('needs the token where the settings say that there is a proxy', () => {
    expect(isOperator(from('127.0.0.1'), TOKEN, true)).toBe(false);
    expect(isOperator(from('127.0.0.1', { authorization: `Bearer ${TOKEN}` }), TOKEN, true)).toBe(true);
    expect(operatorAccess({ opsToken: TOKEN, publicUrl: 'https://example.org' }).isBehindProxy).toBe(true);
    expect(operatorAccess({ opsToken: TOKEN, trustProxy: 1 }).isBehindProxy).toBe(true);
    expect(operatorAccess({ opsToken: TOKEN, trustProxy: null }).isBehindProxy).toBe(false);
  });
});
