import { describe, expect, it } from 'vitest';
import { networkOf, widerNetworkOf } from './client-network.ts';

describe('The network by which a client is counted', () => {
  it('is an IPv4 address itself', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
  });

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::5:6:7:8:9', '2001:db8:0:5::/64'],
    ['2001:db8::5:6:7:8', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1:2:3::192.0.2.1', '1:2:3:0::/64'],
    ['1:2:3:4:5:6:192.0.2.1', '1:2:3:4::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['fe80:1:2:3:4:5:6:7%eth0', 'fe80:1:2:3::/64'],
  ])('is of %s the first 64 bits, %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it.each([
    ['2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['0:0:0:0::/64', '0:0:0::/48'],
    ['203.0.113.7', '203.0.113.7'],
    ['unknown', 'unknown'],
  ])('%s is in the wider network %s', (network, wider) => {
    expect(widerNetworkOf(network)).toBe(wider);
  });

  it('is the same for all clients without an address', () => {
    expect(networkOf(null)).toBe('unknown');
  });
});
