import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { Executor } from '../../src/execution/executor.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import { formatError } from '../../src/schema/errors/format-error.ts';
import { parseOptions, validationRules } from '../../src/schema/limits/limits.ts';
import type { ConnectionLimits } from '../../src/server/connections/connection-limits.ts';
import type { SharedPlaces } from '../../src/server/connections/open-places.ts';
import type { ServerLimits } from '../../src/server/limits.ts';
import type { OperationStep } from '../../src/server/operations/operation-step.ts';
import type { PersistedDocumentsOptions } from '../../src/server/operations/persisted-documents.ts';
import type { RunningServer, ServerOptions } from '../../src/server/ports.ts';
import { startServer } from '../../src/server/start-server.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { LinkSigner } from '../../src/storage/signed-links.ts';
import { until as untilNamed } from '../helpers/until.ts';
import { schemaOf, TestBackend } from './test-backend.ts';

export interface TestServerOptions {
  /** 127.0.0.1 where left out. */
  readonly host?: string;
  readonly limits?: Partial<ServerLimits>;
  readonly env?: 'test' | 'production';
  readonly introspection?: boolean;
  readonly isReady?: () => boolean;
  readonly opsToken?: string;
  readonly trustProxy?: number;
  readonly corsOrigins?: readonly string[];
  readonly publicUrl?: string;
  readonly connectionLimits?: Partial<ConnectionLimits>;
  readonly sharedPlaces?: SharedPlaces;
  readonly persisted?: PersistedDocumentsOptions;
  readonly stopDelaySeconds?: number;
  readonly now?: () => number;
  readonly fastPath?: boolean;
  readonly requestMetrics?: boolean;
  readonly steps?: readonly OperationStep[];
  readonly executor?: (schema: GraphQLSchema) => Executor;
}

/** The real transport on a free port, with a test schema, real files and a list of tokens. */
export class TestServer {
  readonly server: RunningServer;
  /** The options of its start. */
  readonly options: ServerOptions;
  readonly backend: TestBackend;
  readonly storage: LocalStorage;
  readonly links: LinkSigner;
  readonly #folder: string;

  static async start(options: TestServerOptions = {}): Promise<TestServer> {
    const folder = await mkdtemp(join(tmpdir(), 'server-test-'));
    const backend = new TestBackend();
    const schema = schemaOf(backend);
    const storage = await LocalStorage.open(join(folder, 'files'));
    const links = new LinkSigner({ secret: 'x'.repeat(32), publicUrl: '', ...(options.now && { now: options.now }) });
    const parts: ServerOptions = {
      config: {
        env: options.env ?? 'test',
        host: options.host ?? '127.0.0.1',
        port: 0,
        introspection: options.introspection ?? true,
        opsToken: options.opsToken,
        trustProxy: options.trustProxy,
        corsOrigins: options.corsOrigins ?? [],
        publicUrl: options.publicUrl,
        ...(options.connectionLimits && { connectionLimits: options.connectionLimits }),
        stopDelaySeconds: options.stopDelaySeconds ?? 0,
        fastPath: options.fastPath ?? true,
        requestMetrics: options.requestMetrics ?? true,
      },
      schema,
      ...(options.steps && { steps: options.steps }),
      ...(options.executor && { executor: options.executor(schema) }),
      rules: {
        validationRules: [...validationRules, () => backend.mayFail('validation')],
        parseOptions,
        formatError: (...shown) => backend.mayFail('format') && formatError(...shown),
      },
      authenticate: (token) => backend.authenticate(token),
      createContext: (facts) => backend.mayFail('context') && { ...facts, number: ++backend.contexts },
      links,
      storage,
      subscriptions: backend.running,
      health: {
        isReady: async () => options.isReady?.() ?? true,
        status: async () => ({ status: options.isReady?.() === false ? 'UNHEALTHY' : 'HEALTHY' }),
      },
      system: {
        health: async () => ({ status: options.isReady?.() === false ? 'unhealthy' : 'healthy', checks: {} }),
        quota: async () => ({ quotas: {} }),
      },
      metrics: { contentType: 'text/plain; version=0.0.4', text: async () => 'up 1\n', ...backend.counting },
      sessions: { onRevoked: (listener) => backend.listen(listener) },
      logger: createLogger({ level: 'debug', destination: { write: (line) => backend.log.push(JSON.parse(line)) } }),
      ...(options.persisted && { persisted: options.persisted }),
      ...(options.sharedPlaces && { sharedPlaces: options.sharedPlaces }),
      ...(options.limits && { limits: options.limits }),
    };
    return new TestServer(await startServer(parts), { options: parts, backend, storage, links, folder });
  }

  private constructor(server: RunningServer, { options, backend, storage, links, folder }: TestServerParts) {
    this.server = server;
    this.options = options;
    this.backend = backend;
    this.storage = storage;
    this.links = links;
    this.#folder = folder;
  }

  get url(): string {
    return this.server.url;
  }

  get socketUrl(): string {
    return `${this.server.url.replace('http', 'ws')}/graphql`;
  }

  async post(query: string, { path = '/graphql', token, variables, headers }: PostOptions = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  }

  async close(): Promise<void> {
    await this.server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface TestServerParts {
  readonly options: ServerOptions;
  readonly backend: TestBackend;
  readonly storage: LocalStorage;
  readonly links: LinkSigner;
  readonly folder: string;
}

interface PostOptions {
  readonly path?: string;
  readonly token?: string;
  readonly variables?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    data?: Record<string, unknown>;
    errors?: { message: string; extensions: Record<string, unknown> }[];
  };
}

/** As the `until` of all tests, where the line that waits says what for. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  await untilNamed('the condition at this line', holds);
}
