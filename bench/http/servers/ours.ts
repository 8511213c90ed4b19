/**
 * Our server with its production settings, in a separate process; only the data that its services read is in memory.
 * For bench/http/main.ts, compiled.
 */
import { permissionsOf } from '../../../src/auth/role-permissions.ts';
import { TokenSigner } from '../../../src/auth/tokens.ts';
import type { Viewer } from '../../../src/auth/viewer.ts';
import { createLogger } from '../../../src/monitoring/logger.ts';
import { Metrics } from '../../../src/monitoring/metrics.ts';
import { createContext } from '../../../src/resolvers/context.ts';
import { buildAppSchema } from '../../../src/schema/build/build-schema.ts';
import { formatError } from '../../../src/schema/errors/format-error.ts';
import { parseOptions, validationRules } from '../../../src/schema/limits/limits.ts';
import { startServer } from '../../../src/server/start-server.ts';
import type { VideoView } from '../../../src/services/videos/video-parts.ts';
import { LinkSigner } from '../../../src/storage/signed-links.ts';
import { metricsPorts } from '../../../test/helpers/metrics-ports.ts';
import { video } from '../../../test/schema/fake-rows.ts';
import { fakeServices } from '../../../test/schema/fake-services.ts';
import { BENCH_SECRET } from '../../shared/production.ts';
import { ready } from './process.ts';
import { READER, rowsInMemory } from './rows.ts';

const signer = new TokenSigner(BENCH_SECRET);
/** The format of a look-ahead read, with the name of the owner. */
const rows: VideoView[] = rowsInMemory().map(({ id, title, owner }) => ({
  ...video({ id, title, ownerId: owner.id }),
  ownerName: owner.username,
}));

/** The token's user, as an ADMIN. */
async function authenticate(token: string): Promise<Viewer> {
  const { userId, sessionId, expiresAt } = signer.verifyAccess(token);
  const roles = ['ADMIN'] as const;
  const { username } = READER;
  return { userId, username, roles, permissions: permissionsOf(roles), sessionId, tokenExpiresAt: expiresAt };
}

const usual = fakeServices();
const services = fakeServices({
  videoList: {
    ...usual.videoList,
    page: async () => ({ rows, hasNextPage: false, hasPreviousPage: false, cursorOf: (row) => row.id }),
  },
});
const server = await startServer({
  config: { env: 'production', host: '127.0.0.1', port: 0, introspection: false },
  schema: buildAppSchema(),
  rules: { validationRules, parseOptions, formatError },
  authenticate,
  createContext: createContext({ services }),
  links: new LinkSigner({ secret: BENCH_SECRET, publicUrl: '' }),
  storage: { stat: async () => null, localPath: async (key) => key },
  health: { isReady: async () => true, status: async () => ({ status: 'HEALTHY' }) },
  metrics: new Metrics(metricsPorts()),
  sessions: { onRevoked: () => () => {} },
  logger: createLogger({ level: 'info' }),
});
ready(server.url);
