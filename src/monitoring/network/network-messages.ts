import type { NetworkTarget } from './network-target.ts';

export type ProbeStep = 'lookup' | 'connect' | 'tls';

type Sentence = (target: NetworkTarget) => string;

const RESOLVER = 'check the DNS server of this machine or container (/etc/resolv.conf)';
const notTls: Sentence = ({ setting }) =>
  `TLS: what answers at this port does not speak TLS: check http or https, and the port${named(setting)}.`;

/** By the code of the error. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  ENOTFOUND: ({ host, setting }) => `DNS knows no host ${host}: check the name${named(setting)}.`,
  EAI_AGAIN: ({ host }) => `DNS does not answer for ${host}: ${RESOLVER}.`,
  ECONNREFUSED: ({ port, setting }) =>
    `Refused: nothing listens at port ${port}. Start it, or check the port${named(setting)}.`,
  ECONNRESET: () => 'It closed the connection at once: it is starting, overloaded, or a proxy refuses.',
  EHOSTUNREACH: () => 'The host cannot be reached: it is down, or in another network.',
  ENETUNREACH: () => 'This machine or container has no route to it: check its network.',
  ETIMEDOUT: (target) => lateMessage(target, 'connect'),
  CERT_HAS_EXPIRED: ({ host }) =>
    `TLS: the certificate of ${host} has expired. Renew it; of an outside service, check the clock of this machine.`,
  CERT_NOT_YET_VALID: () => 'TLS: the certificate is not valid yet: check the clock of this machine.',
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host, setting }) =>
    `TLS: the certificate is for another name than ${host}: check the name${named(setting)}.`,
  ERR_SSL_WRONG_VERSION_NUMBER: notTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: notTls,
  EPROTO: notTls,
};
const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);
const STEPS = { lookup: 'DNS', connect: 'Connecting', tls: 'TLS' } as const;

/** What is wrong and what to do where the time was over in a step. */
export function lateMessage({ host, setting }: NetworkTarget, step: ProbeStep): string {
  if (step === 'lookup') return `DNS does not answer for ${host}: ${RESOLVER}.`;
  if (step === 'tls') return 'It accepts the connection and does not answer: it hangs, or does not speak TLS.';
  return `Timed out: a firewall drops the connection, the host is down, or the address is wrong${named(setting)}.`;
}

/** What is wrong and what to do where a step failed. */
export function failureMessage(target: NetworkTarget, step: ProbeStep, thrown: unknown): string {
  const code = errorCodeOf(thrown);
  if (UNTRUSTED.has(code))
    return 'TLS: the certificate is not from an authority that is trusted here: set NODE_EXTRA_CA_CERTS to the file of its authority.';
  return SENTENCES[code]?.(target) ?? `${STEPS[step]} failed (${code}): check the address${named(target.setting)}.`;
}

/** As Node throws it. */
export function errorCodeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

function named(setting: string | null): string {
  return setting === null ? '' : ` in ${setting}`;
}
