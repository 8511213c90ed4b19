/**
 * PostGraphile on our tables, in a separate process: its Amber preset, in production mode by NODE_ENV. For
 * bench/http/main.ts.
 *
 *   node bench/http/servers/postgraphile.ts
 */
import { createServer } from 'node:http';
import { importPostGraphile, type Preset } from '../../shared/untyped-packages.ts';
import { openPool, POOL, signInBySession } from './database.ts';
import { ready, setting } from './process.ts';

const { amber, grafserv, makePgService, postgraphile } = await importPostGraphile();
const url = setting('DATABASE_URL');
const { pool } = await openPool(url);
const signIn = signInBySession(pool);
const preset: Preset = {
  extends: [amber],
  // It considers columns of partial indexes not indexed, and would not allow excluding deleted rows.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ connectionString: url, schemas: ['public'], poolConfig: { max: POOL } })],
  grafserv: { graphqlPath: '/graphql', graphiql: false, websockets: false },
  grafast: {
    context: async ({ node }) => {
      await signIn(node?.req.headers.authorization);
      return {};
    },
  },
};
const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
if (address === null || typeof address === 'string') throw new TypeError('The server does not listen on a TCP port.');
ready(`http://127.0.0.1:${address.port}`);
