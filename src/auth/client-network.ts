import { isIPv6 } from 'node:net';

/**
 * The network by which a client is counted: an IPv4 address itself, of IPv6 the first 64 bits, because a provider gives each
 * customer at least that many addresses (RFC 6177). Clients without an address are counted together.
 */
export function networkOf(address: string | null): string {
  if (address === null) return 'unknown';
  return isIPv6(address) ? `${firstGroups(address).join(':')}::/64` : address;
}

/** The /48 that an IPv6 network of `networkOf` is in; any other text as it is. */
export function widerNetworkOf(network: string): string {
  if (!network.endsWith('::/64')) return network;
  return `${network.split(':').slice(0, GROUPS_OF_WIDER_NETWORK).join(':')}::/48`;
}

const GROUPS_OF_WIDER_NETWORK = 3;
const GROUPS_OF_NETWORK = 4;
const GROUPS = 8;

/** The first four groups of an IPv6 address, without leading zeros. */
function firstGroups(address: string): string[] {
  const [withoutZone = ''] = address.toLowerCase().split('%');
  const [before = '', after = ''] = withoutZone.split('::');
  const head = groupsOf(before);
  const tail = groupsOf(after);
  const zeros = withoutZone.includes('::') ? Math.max(0, GROUPS - head.length - tail.length) : 0;
  const groups = [...head, ...new Array<string>(zeros).fill('0'), ...tail];
  return groups.slice(0, GROUPS_OF_NETWORK).map((group) => group.replace(/^0{1,3}(?=.)/, ''));
}

/** An IPv4 address at the end takes the place of two groups. */
function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? [group, group] : [group]));
}
