/** A part of a text that is written otherwise. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly host: string;
}

/** A text with the hosts of its addresses, and what was changed. */
export interface ShortText {
  readonly text: string;
  /** Where an offset of the original is in the text, in UTF-16 units; within an address, where that begins. */
  readonly offsetOf: (offset: number) => number;
}

/** Characters of addresses; Chinese ones end them. */
const RUN = /[!-~\p{Script=Latin}]+/gu;
const SCHEME = /^https?:\/\//iu;
const WWW = /^www\./iu;
const LABEL = /^[\p{Script=Latin}\d-]{1,63}$/u;
const PORT = /^\d{1,5}$/u;
const OPENING = /[("'<[{]/u;
const CLOSING = /[)"'>\]},.;:!?]/u;
/** The ends of hosts. Without a scheme, "Node.js/Express" looks like an address. */
const DOMAINS = new Set(
  'com org net edu gov int info io dev app uk de at ch fr es pt br it eu nl be se dk fi pl cz ie us ca au nz jp kr cn tw hk sg mx ar cl'.split(
    ' ',
  ),
);

/**
 * A text in which only the host of each web address is left: "example.org" for "https://www.example.org/a?b=c". Addresses of
 * e-mail stay whole. Null if two different addresses would look the same.
 */
export function withHosts(text: string): ShortText | null {
  const changes: Change[] = [];
  const others = new Set<string>();
  const addresses = new Map<string, string>();
  for (const { start, end } of bareRuns(text)) {
    const address = text.slice(start, end);
    const host = hostOf(address);
    if (host === null) others.add(address);
    else if ((addresses.get(host) ?? address) !== address) return null;
    else {
      changes.push({ start, end, host });
      addresses.set(host, address);
    }
  }
  if (changes.some(({ host }) => others.has(host))) return null;
  let end = 0;
  const parts = changes.flatMap((change) => {
    const before = text.slice(end, change.start);
    end = change.end;
    return [before, change.host];
  });
  return { text: [...parts, text.slice(end)].join(''), offsetOf: (offset) => movedOffset(offset, changes) };
}

/** Runs of characters of addresses, without brackets, quotation marks and punctuation around them. */
function bareRuns(text: string): { readonly start: number; readonly end: number }[] {
  return Array.from(text.matchAll(RUN), ({ 0: run, index }) => {
    let [start, end] = [0, run.length];
    while (start < end && OPENING.test(run.charAt(start))) start += 1;
    while (end > start && CLOSING.test(run.charAt(end - 1))) end -= 1;
    return { start: index + start, end: index + end };
  });
}

/** The host of a web address that has more than a host; null for anything else. */
function hostOf(address: string): string | null {
  const bare = address.replace(SCHEME, '').replace(WWW, '');
  const [authority = ''] = bare.split(/[/?#]/u, 1);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const [name = '', port, ...more] = host.split(':');
  const labels = name.split('.');
  const isHost =
    more.length === 0 && labels.every((label) => LABEL.test(label)) && (port === undefined || PORT.test(port));
  if (!isHost || host === address) return null;
  if (SCHEME.test(address)) return host;
  return labels.length > 1 && DOMAINS.has(labels.at(-1) ?? '') && host === authority ? host : null;
}

function movedOffset(offset: number, changes: readonly Change[]): number {
  let moved = 0;
  for (const { start, end, host } of changes) {
    if (offset <= start) break;
    if (offset < end) return start + moved;
    moved += host.length - (end - start);
  }
  return offset + moved;
}
