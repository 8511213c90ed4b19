import { ApolloServer } from '@apollo/server';
import { defineIntegrationTestSuite } from '@apollo/server-integration-testsuite';
import { buildSchema } from 'graphql';
import { afterAll, describe, expect } from 'vitest';
import { createLogger } from '../../../src/monitoring/logger.ts';
import { formatError } from '../../../src/schema/errors/format-error.ts';
import { UnsentAnswers } from '../../../src/server/connections/unsent-answers.ts';
import { routeApollo } from '../../../src/server/http/apollo.ts';
import { Cors } from '../../../src/server/http/cors.ts';
import { FastPath } from '../../../src/server/http/fast-path.ts';
import { createHttpApp } from '../../../src/server/http/http-app.ts';
import { HttpCounts } from '../../../src/server/http/http-counts.ts';
import { securityHeaders } from '../../../src/server/http/security-headers.ts';
import { answerOtherMethods } from '../../../src/server/http/unsupported-methods.ts';
import { DEFAULT_LIMITS } from '../../../src/server/limits.ts';
import { OperationRunner } from '../../../src/server/operations/operation-runner.ts';
import { presentThrown } from '../../../src/server/operations/present-thrown.ts';

const logger = createLogger({ level: 'silent' });
// The suite sends its requests to the root path.
const path = '/';

/**
 * A fast path that knows no document, so that it reads each request and leaves it to Apollo: it cannot answer instead of Apollo here,
 * because the suite tests schemas, plugins and settings of Apollo's.
 */
function fastPathIn(cors: Cors): FastPath {
  const operations = new OperationRunner({
    schema: buildSchema('type Query { unused: String }'),
    rules: { validationRules: [], parseOptions: {}, formatError },
    introspection: true,
    hideSuggestions: false,
    steps: [],
    logger,
  });
  return new FastPath({
    path,
    headers: securityHeaders({}),
    operations,
    authenticate: () => Promise.reject(new Error('No request of the suite has a token.')),
    createContext: () => ({}),
    clientAddress: () => null,
    unsent: new UnsentAnswers({ answersBytes: Number.POSITIVE_INFINITY }),
    cors,
    isRebound: () => false,
    phase: () => 'serving',
    logger,
  });
}

describe.each([
  { way: 'fast path on', isOn: true },
  { way: 'fast path off', isOn: false },
])('Apollo’s own suite, through our HTTP layer ($way)', ({ isOn }) => {
  let requestsLeftToApollo = 0;
  afterAll(() => {
    expect(requestsLeftToApollo > 100).toBe(isOn);
  });

  defineIntegrationTestSuite(
    async (config, options) => {
      const server = new ApolloServer(config);
      await server.start();
      const cors = new Cors([]);
      const app = createHttpApp({
        presentThrown: (thrown, traceId) => presentThrown(thrown, { formatError, traceId, logger }),
        counts: new HttpCounts(undefined),
        authenticate: null,
        cors,
        isRebound: () => false,
        headers: securityHeaders({}),
        limits: DEFAULT_LIMITS,
        phaseOf: () => 'serving',
        clientAddress: () => null,
        logger,
      });
      const answerOthers = answerOtherMethods(app, cors);
      const fastPath = fastPathIn(cors);
      routeApollo(app, server, {
        path,
        context: options?.context ?? (async () => ({})),
        bodyOf: (request) => {
          if (fastPath.hasReadBody(request)) requestsLeftToApollo++;
          return fastPath.bodyOf(request);
        },
      });
      if (isOn) fastPath.installBeforeRoutes(app);
      answerOthers();
      const url = await app.listen({ host: '127.0.0.1', port: 0 });
      return { server, url, extraCleanup: () => app.close() };
    },
    // Results in several parts begin after the body has been read: one way is enough.
    { noIncrementalDelivery: isOn },
  );
});
