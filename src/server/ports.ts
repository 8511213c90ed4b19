import type { GraphQLFormattedError, GraphQLSchema, ParseOptions, ValidationRule } from 'graphql';
import type { RequestFacts } from '../auth/request-facts.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { Executor } from '../execution/executor.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { HttpMetrics, OperationMetrics } from '../monitoring/metrics.ts';
import type { Tracing } from '../monitoring/tracing.ts';
import type { LinkVerdict } from '../storage/link-verdict.ts';
import type { TrustedProxies } from './client-address.ts';
import type { ConnectionLimits } from './connections/connection-limits.ts';
import type { SharedPlaces } from './connections/open-places.ts';
import type { ServerLimits } from './limits.ts';
import type { CostLimits } from './operations/charge-cost.ts';
import type { DocumentBudget } from './operations/document-budget.ts';
import type { OperationStep } from './operations/operation-step.ts';
import type { PersistedDocumentsOptions } from './operations/persisted-documents.ts';

/** What the transport needs of the configuration. */
export interface ServerConfig {
  readonly env: 'development' | 'production' | 'test';
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Whether clients may ask for the schema, and GraphiQL, which needs it, is served. */
  readonly introspection: boolean;
  /** Pages of these origins may call the API; `['*']` means all, no origin where left out. */
  readonly corsOrigins?: readonly string[];
  /** Whether repeated HTTP requests are answered before Fastify and Apollo, see `FastPath`; true where left out. */
  readonly fastPath?: boolean;
  /** Where set, metrics and reports for operators are served at that port and not at this one. */
  readonly metricsPort?: number | undefined;
  /** False leaves requests and operations out of the metrics. */
  readonly requestMetrics?: boolean;
  /** The token of operators on other machines; without it only this machine itself may read what is for operators. */
  readonly opsToken?: string | undefined;
  /** The address that clients see, where it is not that of this process. */
  readonly publicUrl?: string | undefined;
  /** None where left out. */
  readonly trustProxy?: TrustedProxies | undefined;
  /** What users and networks may have open; without limits where left out. */
  readonly connectionLimits?: Partial<ConnectionLimits>;
  /** How long close() still answers while /readyz says 503, so that load balancers notice; 0 where left out. */
  readonly stopDelaySeconds?: number;
}

/** A `draining` process is no longer ready, but still answers; a `closing` one refuses new requests. */
export type Phase = 'serving' | 'draining' | 'closing';

/** Makes the object that resolvers get: one for each operation, and one for each event of a subscription. */
export type CreateContext = (request: RequestFacts) => object;

/** Throws where the token is malformed, expired or revoked, or its user is inactive. */
export type Authenticate = (token: string) => Promise<Viewer>;

export type FormatError = (
  formatted: GraphQLFormattedError,
  thrown: unknown,
  about: { readonly traceId: string; readonly logger: Logger },
) => GraphQLFormattedError;

/** The guards that hold on every transport. */
export interface OperationRules {
  readonly validationRules: readonly ValidationRule[];
  readonly parseOptions: ParseOptions;
  /** Every error leaves through it. */
  readonly formatError: FormatError;
}

export interface RevocationSource {
  /** Calls the listener when sessions have ended, on any instance; returns the function that removes the listener. */
  onRevoked(listener: (sessionIds: readonly string[]) => void): () => void;
}

/** Where users' access was changed. Implemented by `AccessChanges`. */
export interface AccessChangeSource {
  /** The users whose access may have changed since the last call; null for all of them. */
  changedUsers(): Promise<readonly string[] | null>;
}

export interface HealthPort {
  isReady(): Promise<boolean>;
  /** `status` is HEALTHY, DEGRADED or UNHEALTHY, in upper or lower case. */
  status(): Promise<{ readonly status: string }>;
}

/** What operators read as JSON. */
export interface SystemReportPort {
  health(): Promise<{ readonly status: string }>;
  quota(): Promise<object>;
}

export interface MetricsPort {
  readonly contentType: string;
  text(): Promise<string>;
}

/** The slash command of Slack. */
export interface SlackCommandPort {
  /** Null for a request that is not Slack's. `run` executes an operation for a viewer, as for any client. */
  answer(
    request: {
      readonly timestamp: string | undefined;
      readonly signature: string | undefined;
      readonly body: Uint8Array;
    },
    run: (
      viewer: Viewer,
      query: string,
      variables: Readonly<Record<string, unknown>>,
    ) => Promise<{ readonly data?: unknown; readonly errors?: unknown }>,
  ): Promise<object | null>;
}

export interface LinkVerifier {
  /** `pathAndQuery` as it came in the request line. */
  verify(pathAndQuery: string): LinkVerdict;
}

export interface FileSource {
  /** Null where the file may no longer be served. Called before each answer. */
  stat(key: string): Promise<{ readonly size: number } | null>;
  localPath(key: string): Promise<string>;
}

export interface ServerOptions {
  readonly config: ServerConfig;
  readonly schema: GraphQLSchema;
  readonly rules: OperationRules;
  readonly authenticate: Authenticate;
  readonly createContext: CreateContext;
  readonly links: LinkVerifier;
  readonly storage: FileSource;
  readonly health: HealthPort;
  /** Nothing is served at /slack/commands where left out. */
  readonly slackCommand?: SlackCommandPort | undefined;
  /** Nothing is served at /api/v1/system where left out. */
  readonly system?: SystemReportPort;
  /** Nothing is served at /metrics where left out. */
  readonly metrics?: MetricsPort & OperationMetrics & HttpMetrics;
  /** Operations are not traced where left out. */
  readonly tracing?: Tracing | undefined;
  readonly sessions: RevocationSource;
  /** Where left out, only the regular check of every token finds what was not announced. */
  readonly accessChanges?: AccessChangeSource | undefined;
  /** The server keeps an object in it for each subscription that runs. */
  readonly subscriptions?: Set<object>;
  /** What operations cost, and the buckets that pay for them; nothing is charged where left out. */
  readonly costLimits?: CostLimits;
  /** The time that callers have for documents that this process does not know. */
  readonly documentBudget?: DocumentBudget;
  /** Further steps of every operation, after those of `operationSteps`. */
  readonly steps?: readonly OperationStep[];
  /** Documents that requests may name by their hash; those that clients store where left out. */
  readonly persisted?: PersistedDocumentsOptions;
  /** What all processes have open together; this one counts alone where left out. */
  readonly sharedPlaces?: SharedPlaces;
  /** Executes operations; `PlanExecutor` where left out. */
  readonly executor?: Executor;
  readonly logger: Logger;
  readonly limits?: Partial<ServerLimits>;
}

export interface RunningServer {
  /** e.g. "http://127.0.0.1:8000" */
  readonly url: string;
  readonly port: number;
  /**
   * Reports that it is not ready, serves for another `stopDelaySeconds`, then accepts nothing new, waits for running requests (10 s
   * at most) and closes every socket. May be called again.
   */
  close(): Promise<void>;
}

/** A server that has only probes, metrics and reports for operators. */
export interface ProbeServerOptions {
  readonly config: Pick<ServerConfig, 'host' | 'port' | 'opsToken' | 'publicUrl' | 'trustProxy'>;
  /** The setting of its port. */
  readonly setting: 'WORKER_PORT' | 'METRICS_PORT';
  readonly health: HealthPort;
  readonly system: SystemReportPort;
  readonly metrics: MetricsPort & HttpMetrics;
  readonly formatError: FormatError;
  readonly logger: Logger;
}
