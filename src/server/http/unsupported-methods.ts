import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { failure } from '../failures.ts';
import type { Cors } from './cors.ts';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

interface ServedPath {
  readonly methods: Set<string>;
  readonly config: FastifyContextConfig;
}

/**
 * Answers every method that a path does not serve: 405 with `Allow` (RFC 9110 §15.5.6), OPTIONS with 204, which is also the
 * answer to a preflight. Call it before the routes are added, and what it returns after.
 */
export function answerOtherMethods(app: FastifyInstance, cors: Cors): () => void {
  const paths = new Map<string, ServedPath>();
  app.addHook('onRoute', ({ url, method, config = {} }) => {
    const { methods } = paths.get(url) ?? setIn(paths, url, { methods: new Set(), config });
    for (const name of [method].flat()) methods.add(name);
  });
  return () => {
    for (const [url, served] of [...paths]) answerOthersAt(app, cors, url, served);
  };
}

function answerOthersAt(app: FastifyInstance, cors: Cors, url: string, { methods, config }: ServedPath): void {
  const [served, others] = [[...methods], METHODS.filter((method) => !methods.has(method))];
  if (others.length === 0) return;
  const { crossOrigin = false, answersWhileClosing = false } = config;
  const answer = (request: FastifyRequest, reply: FastifyReply) => {
    if (request.method !== 'OPTIONS') return refuse(request, reply, served);
    reply.header('allow', [...served, 'OPTIONS'].join(', '));
    if (crossOrigin) setHeaders(reply, cors.preflightFor(request.headers, served));
    return reply.code(204).send();
  };
  // Before the body is looked at: what it holds and how it is written makes no difference.
  app.route({
    method: others,
    url,
    exposeHeadRoute: false,
    config: { crossOrigin, answersWhileClosing },
    onRequest: async (request, reply) => await answer(request, reply),
    handler: answer,
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, served: readonly string[]): FastifyReply {
  const message = `This path takes ${served.join(' and ')} alone.`;
  return reply
    .code(405)
    .header('allow', served.join(', '))
    .send(failure('BAD_USER_INPUT', message, request.id));
}

/** Names and values in turn. */
export function setHeaders(reply: FastifyReply, list: readonly string[]): void {
  for (let at = 0; at + 1 < list.length; at += 2) reply.header(list[at] ?? '', list[at + 1]);
}

function setIn<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value {
  map.set(key, value);
  return value;
}
