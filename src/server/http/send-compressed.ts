import type { IncomingMessage, ServerResponse } from 'node:http';
import { compressed, encodingFor } from './compression.ts';

export interface CompressibleResponse {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly status: number;
  readonly headers: string[];
}

/** Sends a large answer of the fast path, compressed where the client takes that. */
export async function sendCompressed(
  text: string,
  bytes: number,
  { request, response, status, headers }: CompressibleResponse,
): Promise<void> {
  addVary(headers, 'accept-encoding');
  const encoding = encodingFor(request.headers['accept-encoding']);
  const body = encoding === null ? text : await compressed(text, encoding);
  if (encoding !== null) headers.push('content-encoding', encoding);
  response.writeHead(status, [...headers, 'content-length', String(typeof body === 'string' ? bytes : body.length)]);
  response.end(body);
}

/** One header, as Fastify's routes write it. */
function addVary(headers: string[], name: string): void {
  const at = headers.indexOf('vary');
  if (at < 0) headers.push('vary', name);
  else headers[at + 1] = `${headers[at + 1]}, ${name}`;
}
