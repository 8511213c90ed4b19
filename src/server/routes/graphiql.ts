import type { FastifyInstance, FastifyReply } from 'fastify';
import { PAGE_HEADERS } from '../http/security-headers.ts';
import { GRAPHIQL_HTML, GRAPHIQL_PAGE_SCRIPT } from './graphiql-page.ts';

/** Nothing from another host, no inline script; the editor writes its own style elements. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The names of the files, and what each holds. The package is 9 MB of text: it is loaded when the page is first opened. */
const ASSETS = {
  'app.js': async () => (await bundle()).js,
  'app.css': async () => (await bundle()).css,
  'editorWorkerService.js': async () => (await bundle()).editorWorkerService,
  'json.js': async () => (await bundle()).jsonWorker,
  'graphql.js': async () => (await bundle()).graphqlWorker,
  'page.js': async () => GRAPHIQL_PAGE_SCRIPT,
} as const;

/** GET /graphiql: an editor for queries and subscriptions, all of it from this server. GET / leads there. */
export function serveGraphiql(app: FastifyInstance): void {
  app.get('/', async (_request, reply) => reply.redirect('graphiql'));
  app.get('/graphiql', async (_request, reply) =>
    page(reply, 'text/html; charset=utf-8').header('cache-control', 'no-cache').send(GRAPHIQL_HTML),
  );
  for (const [name, load] of Object.entries(ASSETS)) {
    const type = name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
    app.get(`/graphiql/${name}`, async (_request, reply) =>
      page(reply, type)
        .header('cache-control', 'private, max-age=3600')
        .send(await load()),
    );
  }
}

function page(reply: FastifyReply, type: string): FastifyReply {
  return reply.headers(PAGE_HEADERS).header('content-type', type).header('content-security-policy', POLICY);
}

function bundle() {
  return import('@graphql-yoga/render-graphiql/graphiql');
}
