import type { Socket } from 'node:net';
import { failure } from '../failures.ts';
import { traceIdFrom } from '../trace-id.ts';
import type { HttpCounts } from './http-counts.ts';
import type { SecurityHeaders } from './security-headers.ts';

/** What Node's parser says of a request that no route gets to see. */
const REFUSALS: Readonly<Record<string, readonly [status: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers of the request are too large.'],
};
const MALFORMED = ['400 Bad Request', 'This is not a valid HTTP request.'] as const;

/** Answers a request that is late, too large or not HTTP, as every refusal is answered, and closes its connection. */
export function malformedRefuser(
  headers: SecurityHeaders,
  counts: HttpCounts,
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, message] = REFUSALS[error.code ?? ''] ?? MALFORMED;
    counts.malformedRefused(Number.parseInt(status, 10));
    const traceId = traceIdFrom(undefined);
    const body = JSON.stringify(failure('BAD_USER_INPUT', message, traceId));
    const lines = [
      `HTTP/1.1 ${status}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `x-trace-id: ${traceId}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ];
    socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroySoon());
  };
}
