import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Bytes from which an answer is compressed. What is smaller fits into the first ten segments of a connection (RFC 6928) and arrives no earlier. */
export const COMPRESS_FROM = 14_600;

export type Encoding = 'br' | 'gzip';

/** Text of any kind; pictures, sound and films are compressed already. */
const COMPRESSIBLE = /^(?:text\/|application\/(?:[\w.-]{1,64}\+)?(?:json|javascript)\b)/;

// Both run in libuv's threads. Brotli at 4 makes 145 KB of schema smaller than gzip does, in about the same time.
const byBrotli = promisify(brotliCompress);
const byGzip = promisify(gzip);
const BROTLI_QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** The encoding that a client prefers (RFC 9110 §12.5.3); null where it takes neither. */
export function encodingFor(accept: string | readonly string[] | undefined): Encoding | null {
  if (typeof accept !== 'string') return null;
  const weights = new Map(accept.split(',').map(weighed));
  const any = weights.get('*') ?? 0;
  const [br, gz] = [weights.get('br') ?? any, weights.get('gzip') ?? any];
  if (br <= 0 && gz <= 0) return null;
  return br >= gz ? 'br' : 'gzip';
}

function weighed(part: string): [string, number] {
  const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
  const quality = parameters.find((text) => text.startsWith('q='))?.slice(2);
  return [name, quality === undefined ? 1 : Number(quality) || 0];
}

export async function compressed(body: string | Buffer, encoding: Encoding): Promise<Buffer> {
  return encoding === 'br' ? await byBrotli(body, BROTLI_QUALITY) : await byGzip(body);
}

/** Compresses large texts that routes answer with. Streams (files, events) pass as they are. */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload: unknown, done) => {
    const body = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : null;
    if (body === null || sizeOf(body) < COMPRESS_FROM || !isCompressible(reply)) return done(null, payload);
    addVary(reply, 'accept-encoding');
    const encoding = encodingFor(request.headers['accept-encoding']);
    if (encoding === null) return done(null, payload);
    compressed(body, encoding).then((bytes) => {
      reply.header('content-encoding', encoding).header('content-length', String(bytes.length));
      done(null, bytes);
    }, done);
  });
}

function sizeOf(body: string | Buffer): number {
  // A text has at least as many bytes as UTF-16 units, and is mostly shorter than the limit by far.
  return typeof body === 'string' && body.length * 3 >= COMPRESS_FROM ? Buffer.byteLength(body) : body.length;
}

function isCompressible(reply: FastifyReply): boolean {
  return !reply.hasHeader('content-encoding') && COMPRESSIBLE.test(String(reply.getHeader('content-type') ?? ''));
}

function addVary(reply: FastifyReply, name: string): void {
  const before = reply.getHeader('vary');
  reply.header('vary', before === undefined ? name : `${String(before)}, ${name}`);
}
