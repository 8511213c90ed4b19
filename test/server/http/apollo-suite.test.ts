import { ApolloServer } from '@apollo/server';
import { defineIntegrationTestSuite } from '@apollo/server-integration-testsuite';
import { describe } from 'vitest';
import { createLogger } from '../../../src/monitoring/logger.ts';
import { formatError } from '../../../src/schema/errors/format-error.ts';
import { routeApollo } from '../../../src/server/http/apollo.ts';
import { Cors } from '../../../src/server/http/cors.ts';
import { createHttpApp } from '../../../src/server/http/http-app.ts';
import { answerOtherMethods } from '../../../src/server/http/unsupported-methods.ts';
import { DEFAULT_LIMITS } from '../../../src/server/limits.ts';
import { presentThrown } from '../../../src/server/operations/present-thrown.ts';

const logger = createLogger({ level: 'silent' });

describe('Apollo’s own suite, through our HTTP layer', () => {
  defineIntegrationTestSuite(async (config, options) => {
    const server = new ApolloServer(config);
    await server.start();
    const cors = new Cors([]);
    const app = createHttpApp({
      presentThrown: (thrown, traceId) => presentThrown(thrown, { formatError, traceId, logger }),
      authenticate: null,
      cors,
      limits: DEFAULT_LIMITS,
      phaseOf: () => 'serving',
      logger,
    });
    const answerOthers = answerOtherMethods(app, cors);
    // The suite sends its requests to the root path.
    routeApollo(app, server, { path: '/', context: options?.context ?? (async () => ({})) });
    answerOthers();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    return { server, url, extraCleanup: () => app.close() };
  });
});
