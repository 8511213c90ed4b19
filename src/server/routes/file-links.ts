import { basename, dirname, extname } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LinkVerdict, SignedFile } from '../../storage/link-verdict.ts';
import { normalized } from '../../unicode.ts';
import { failure } from '../failures.ts';
import type { FileSource, LinkVerifier } from '../ports.ts';

/** Types that browsers may show; any other file is only saved. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.srt': 'application/x-subrip; charset=utf-8',
  '.vtt': 'text/vtt; charset=utf-8',
  '.ass': 'text/x-ssa; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
};

export interface FileLinkOptions {
  readonly links: LinkVerifier;
  readonly storage: FileSource;
}

/** GET and HEAD /files/<key>?…: the file that a link was signed for, whole or in ranges. The link is the permission. */
export async function serveFileLinks(app: FastifyInstance, { links, storage }: FileLinkOptions): Promise<void> {
  await app.register(fastifyStatic, {
    serve: false,
    cacheControl: false,
    etag: false,
    lastModified: false,
    index: false,
  });
  app.get('/files/*', { errorHandler: answerFileError, config: { crossOrigin: true } }, async (request, reply) => {
    const verdict = links.verify(request.raw.url ?? '');
    if (verdict.state !== 'valid') return refuse(request, reply, verdict.state);
    if ((await storage.stat(verdict.file.key)) === null)
      return reply
        .code(404)
        .header('cache-control', 'no-store')
        .send(failure('NOT_FOUND', 'This file is no longer here.', request.id));
    return sendFile(request, reply, verdict.file, await storage.localPath(verdict.file.key));
  });
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: SignedFile, path: string): FastifyReply {
  const headers = headersFor(file);
  reply.headers(headers);
  if (namesIn(request.headers['if-none-match']).includes(headers.etag)) return reply.code(304).send();
  // @fastify/static knows only its own ETags; this one is made from the key, whose content never changes (RFC 9110 §13.1.5).
  if (request.headers['if-range'] === headers.etag) delete request.raw.headers['if-range'];
  return reply.sendFile(basename(path), dirname(path), { contentType: false });
}

function namesIn(list: string | undefined): string[] {
  return list?.split(',').map((name) => name.trim().replace(/^W\//, '')) ?? [];
}

/** An error must not keep the headers that describe the file. */
function answerFileError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  for (const name of ['content-type', 'content-disposition', 'etag']) reply.removeHeader(name);
  reply.header('cache-control', 'no-store');
  if (error.statusCode !== 416) throw error;
  if ('headers' in error && typeof error.headers === 'object') reply.headers({ ...error.headers });
  return reply.code(416).send(failure('BAD_USER_INPUT', 'The file has no such part.', request.id));
}

function refuse(request: FastifyRequest, reply: FastifyReply, state: Exclude<LinkVerdict['state'], 'valid'>) {
  reply.header('cache-control', 'no-store');
  if (state === 'expired')
    return reply.code(410).send(failure('LINK_EXPIRED', 'This link has ended: ask for a new one.', request.id));
  return reply.code(403).send(failure('FORBIDDEN', 'This link is not one of ours, or was changed.', request.id));
}

function headersFor({ key, download, name }: SignedFile) {
  const type = CONTENT_TYPES[extname(key)];
  return {
    'content-type': type ?? 'application/octet-stream',
    'content-disposition': disposition(
      type !== undefined && download === null ? 'inline' : 'attachment',
      download ?? name ?? basename(key),
    ),
    // A browser caches the file, but revalidates it each time: its video may have been deleted meanwhile. The
    // answer is 304 without a body, as a key's content never changes.
    'cache-control': 'private, no-cache',
    etag: `"${Buffer.from(key).toString('base64url')}"`,
    // The link is the permission: any page that has it may show the file.
    'cross-origin-resource-policy': 'cross-origin',
    'content-security-policy': "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'",
  };
}

/** RFC 6266: an ASCII name for old clients, and the true one in UTF-8 (RFC 8187). */
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const utf8 = encodeURIComponent(name.toWellFormed().replace(/[\p{Cc}/\\]/gu, '_')).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${asciiOf(name)}"; filename*=UTF-8''${utf8}`;
}

/** "file" replaces a name of which only the extension is left, as of one in Chinese. */
function asciiOf(name: string): string {
  const extension = asciiOnly(extname(name));
  const stem = asciiOnly(name.slice(0, name.length - extname(name).length));
  return `${/[a-z\d]/i.test(stem) ? stem : 'file'}${extension}`;
}

function asciiOnly(text: string): string {
  return normalized(text, 'NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\%/]/g, '_')
    .trim();
}
