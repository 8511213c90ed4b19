import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address.ts';

describe('An address of the public internet', () => {
  it.each(['93.184.216.34', '8.8.8.8', '172.15.255.255', '172.32.0.1', '100.63.255.255', '223.255.255.255'])(
    'may be %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each(['2606:2800:220:1::1', '2a00:1450:4001:81b::200e', '::ffff:8.8.8.8', '::ffff:808:808'])(
    'may be %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ['this machine', ['0.0.0.0', '127.0.0.1', '127.255.255.254', '::', '::1']],
    ['a private network', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1']],
    ['a link', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'fec0::1']],
    ['the network of a provider', ['100.64.0.1', '100.100.100.200', '100.127.255.255']],
    ['a group', ['224.0.0.1', '239.255.255.255', 'ff02::1', '255.255.255.255']],
    [
      'protocols, examples and tests',
      ['192.0.0.8', '192.0.2.1', '198.18.0.1', '203.0.113.9', '2001:db8::1', '3fff::1'],
    ],
    ['IPv4 within IPv6', ['::ffff:127.0.0.1', '::ffff:a00:1', '::ffff:169.254.169.254', '0:0:0:0:0:ffff:c0a8:0101']],
    ['a translation to IPv4', ['64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001:0:53aa:64c::1', '::7f00:1']],
    ['the future', ['240.0.0.1', '4000::1', 'e000::1', '100::1']],
    ['nothing', ['', 'localhost', '127.1', '8.8.8', '2130706433']],
  ])('is not that of %s: %j', (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});
