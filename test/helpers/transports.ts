import { SocketClient } from '../server/socket-client.ts';
import type { Operation } from './input-paths.ts';

/** An error as clients receive it. */
export interface ClientError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly unknown[];
  readonly extensions: { readonly code: string; readonly traceId?: string };
}

/** A result as received. */
export interface ClientResult {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly ClientError[];
}

/** Sends an operation and returns its first result. */
export type Send = (operation: Operation) => Promise<ClientResult>;

/** A transport to the API at `url`, for a caller with this access token, or a guest. */
export interface Transport {
  readonly send: Send;
  close(): Promise<void>;
}

/** As most clients send it: Apollo serves an operation at its first request, the fast path at later ones. */
export function httpTransport(url: string, token: string | null): Transport {
  const send: Send = async (operation) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization(token) },
      body: JSON.stringify(operation),
    });
    return parseResult(await response.json());
  };
  return { send, close: async () => undefined };
}

/** All operations over one socket. */
export async function socketTransport(url: string, token: string | null): Promise<Transport> {
  const client = await SocketClient.connect(`${url.replace('http', 'ws')}/graphql`, authorization(token));
  let last = 0;
  const send: Send = async ({ query, variables }) => {
    const id = String(++last);
    client.subscribe(id, query, variables);
    const { type, payload } = await Promise.race([client.gets('next', id), client.gets('error', id)]);
    client.send({ id, type: 'complete' });
    return type === 'error' ? parseResult({ errors: payload }) : parseResult(payload);
  };
  return { send, close: () => client.leave() };
}

export function streamTransport(url: string, token: string | null): Transport {
  const send: Send = async (operation) => {
    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...authorization(token) },
      body: JSON.stringify(operation),
    });
    return parseResult(JSON.parse(await firstData(response)));
  };
  return { send, close: async () => undefined };
}

/** The first event of a stream, which is then ended. */
async function firstData(response: Response): Promise<string> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    const data = /^data: (.+)$/m.exec(text)?.[1];
    if (data !== undefined && text.includes('\n\n', text.indexOf(data))) return data;
  }
  // A refusal before the stream begins is plain JSON.
  return text;
}

function authorization(token: string | null): { authorization?: string } {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

function parseResult(value: unknown): ClientResult {
  if (isClientResult(value)) return value;
  throw new TypeError(`That is no result: ${JSON.stringify(value)}.`);
}

function isClientResult(value: unknown): value is ClientResult {
  return typeof value === 'object' && value !== null && ('data' in value || 'errors' in value);
}
