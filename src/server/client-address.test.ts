import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clientAddressBehind, type TrustedProxies } from './client-address.ts';

const PEER = '10.0.0.9';

function addressOf(trusted: TrustedProxies, forwarded?: string, peer: string | undefined = PEER): string | null {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  const request = new IncomingMessage(socket);
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return clientAddressBehind(trusted)(request);
}

describe('The client address of a request', () => {
  it('is that of the peer where no proxy is trusted, whatever the headers say', () => {
    expect(addressOf(null)).toBe(PEER);
    expect(addressOf(null, '203.0.113.7')).toBe(PEER);
  });

  it('is an IPv4 address also where the socket takes both kinds', () => {
    expect(addressOf(null, undefined, '::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(addressOf(1, '::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(addressOf(null, undefined, '::ffff:7f00:1')).toBe('::ffff:7f00:1');
  });

  it('is behind one proxy what that proxy saw, and not what the client wrote before it', () => {
    expect(addressOf(1, '203.0.113.7')).toBe('203.0.113.7');
    expect(addressOf(1, '127.0.0.1, 203.0.113.7')).toBe('203.0.113.7');
  });

  it('is behind two proxies what the outer one saw', () => {
    expect(addressOf(2, '1.2.3.4, 203.0.113.7, 10.0.0.8')).toBe('203.0.113.7');
    expect(addressOf(2, '203.0.113.7')).toBe('203.0.113.7');
  });

  it('is read through trusted networks only', () => {
    expect(addressOf(['10.0.0.0/8'], '1.2.3.4, 203.0.113.7, 10.1.1.1')).toBe('203.0.113.7');
    expect(addressOf(['192.168.0.0/16'], '203.0.113.7')).toBe(PEER);
    expect(addressOf(['loopback'], '203.0.113.7', '127.0.0.1')).toBe('203.0.113.7');
  });

  it.each([
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[::ffff:203.0.113.7]:4711', '203.0.113.7'],
    ['2001:db8::4711', '2001:db8::4711'],
    ['1.2.3.4, 203.0.113.7:4711', '203.0.113.7'],
  ])('is without its port where a proxy writes "%s"', (forwarded, address) => {
    expect(addressOf(1, forwarded)).toBe(address);
    expect(addressOf(['10.0.0.0/8'], forwarded)).toBe(address);
  });

  it('is read through trusted networks also where their proxies have ports', () => {
    expect(addressOf(['10.0.0.0/8'], '203.0.113.7:4711, 10.1.1.1:4712')).toBe('203.0.113.7');
    expect(addressOf(['10.0.0.0/8', 'fc00::/7'], '203.0.113.7, [fc00::1]:4712')).toBe('203.0.113.7');
  });

  it.each([
    'unknown',
    '',
    ' ',
    '203.0.113.7:',
    '203.0.113.7:http',
    '203.0.113.777:80',
    '[2001:db8::1',
    '[unknown]:80',
    'x'.repeat(10_000),
    `[${':'.repeat(10_000)}`,
  ])('is that of the proxy where the header says "%s"', (forwarded) => {
    expect(addressOf(1, forwarded)).toBe(PEER);
  });
});
