import { BlockList, isIP } from 'node:net';

/** IPv4 networks that are not the public internet (IANA IPv4 Special-Purpose Address Registry, and multicast). */
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  // Between a provider and its customers; some clouds have their metadata there.
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/**
 * Within the public part of IPv6, 2000::/3: networks for protocols and examples, and 6to4, whose addresses contain one of IPv4.
 * NAT64 (64:ff9b::/96) contains one too, and is outside that part.
 */
const SPECIAL_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [network, prefix] of SPECIAL_IPV4) special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of SPECIAL_IPV6) special.addSubnet(network, prefix, 'ipv6');

const publicIpv6 = new BlockList();
publicIpv6.addSubnet('2000::', 3, 'ipv6');
const ipv4InIpv6 = new BlockList();
ipv4InIpv6.addSubnet('::ffff:0:0', 96, 'ipv6');

/**
 * False for an address that may belong to this machine or its network: private, loopback, link-local, shared, multicast and
 * reserved ones, also where IPv6 contains an IPv4 address. False for what is no address.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4');
    case 6:
      // BlockList compares an IPv4 address within IPv6 with its networks of IPv4.
      return (
        !special.check(address, 'ipv6') && (ipv4InIpv6.check(address, 'ipv6') || publicIpv6.check(address, 'ipv6'))
      );
    default:
      return false;
  }
}
