import { SocketClient } from '../server/socket-client.ts';

/** A GraphQL request as an attacker may form it. */
export interface Attack {
  readonly query: string;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

export interface Outcome {
  /** Null on a WebSocket. */
  readonly status: number | null;
  readonly retryAfter: string | null;
  /** The answer; on an event stream the first one. */
  readonly text: string;
}

/** Sends a request to the API at `url`, as the owner of the token or as a guest. */
export type Way = (url: string, attack: Attack, token?: string | null) => Promise<Outcome>;

const bearer = (token?: string | null) => (token ? { authorization: `Bearer ${token}` } : {});

/** Any body, to any path. */
export async function postBody(url: string, body: string, token?: string | null): Promise<Outcome> {
  const headers = { 'content-type': 'application/json', ...bearer(token) };
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
}

const overSocket: Way = async (url, { query, variables, extensions }, token) => {
  const client = await SocketClient.connect(`${url.replace('http', 'ws')}/graphql`, bearer(token));
  client.send({ id: '1', type: 'subscribe', payload: { query, variables, extensions } });
  const { payload } = await Promise.race([client.gets('next'), client.gets('error')]);
  await client.leave();
  return { status: null, retryAfter: null, text: JSON.stringify(payload) };
};

/** The ways of an operation. The fast path takes what has been sent three times; Apollo what has an empty list of extensions. */
export const WAYS: readonly (readonly [string, Way])[] = [
  ['the fast path', (url, attack, token) => postBody(`${url}/graphql`, JSON.stringify(attack), token)],
  ['Apollo', (url, attack, token) => postBody(`${url}/graphql`, JSON.stringify({ extensions: {}, ...attack }), token)],
  ['an event stream', (url, attack, token) => postBody(`${url}/graphql/stream`, JSON.stringify(attack), token)],
  ['a WebSocket', overSocket],
];
