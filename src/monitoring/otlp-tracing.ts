import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, type Tracer, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  type IdGenerator,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { RunningSpan, SpanAttributes, SpanPlace, SpanStart, Tracing } from './tracing.ts';

export interface OtlpOptions {
  /** Base address of a collector, such as http://collector:4318; spans go to /v1/traces below it. */
  readonly endpoint: string;
  /** Sent with each export; may hold credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** The share of traces that is recorded, 0 to 1; all spans of a trace in all processes or none. */
  readonly ratio: number;
  readonly serviceName: string;
  readonly version: string;
  /** Called when spans could not be sent, once until some can be. */
  readonly onFault: (thrown: unknown) => void;
}

const KINDS = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
} as const;

/** Spans that have ended and wait for their export; further ones are dropped, so that a missing collector costs no memory. */
const MAX_WAITING = 2_048;
const EXPORT_EVERY_MS = 2_000;
const EXPORT_TIMEOUT_MS = 5_000;

/**
 * Sends spans to an OpenTelemetry collector (OTLP over HTTP, in JSON), in batches in the background. Loaded only where tracing is on.
 * A collector that is away costs its spans, and nothing else.
 */
export class OtlpTracing implements Tracing {
  readonly #ids = new GivenIds();
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;

  constructor(options: OtlpOptions) {
    const { ratio, serviceName, version } = options;
    const exporter = new Exporter(options);
    this.#provider = new TracerProvider({
      resource: defaultResource().merge(
        resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
      ),
      // By the trace id alone, so that each process decides alike for the parts of one trace.
      sampler: new TraceIdRatioBasedSampler(ratio),
      idGenerator: this.#ids,
      spanProcessors: [
        new BatchSpanProcessor({ exporter, maxQueueSize: MAX_WAITING, scheduledDelayMillis: EXPORT_EVERY_MS }),
      ],
    });
    this.#tracer = this.#provider.getTracer('autovideo', version);
  }

  begin({ name, kind, attributes, ...place }: SpanStart): RunningSpan {
    const span = this.#ids.give(place, () =>
      this.#tracer.startSpan(name, { kind: KINDS[kind], ...(attributes && { attributes }) }, contextOf(place)),
    );
    return {
      spanId: span.spanContext().spanId,
      end(errorCode?: string, further?: SpanAttributes) {
        if (further) span.setAttributes(further);
        if (errorCode !== undefined)
          span.setAttribute('error.type', errorCode).setStatus({ code: SpanStatusCode.ERROR, message: errorCode });
        span.end();
      },
    };
  }

  /** Sends what has ended; gives up after the time of one export. */
  async close(): Promise<void> {
    // The exporter has reported why.
    await this.#provider.shutdown().catch(() => undefined);
  }
}

/** Reports what the library keeps to itself. */
class Exporter extends OTLPTraceExporter {
  readonly #onFault: OtlpOptions['onFault'];
  #isFailing = false;

  constructor({ endpoint, headers, onFault }: OtlpOptions) {
    const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
    super({ url, headers: { ...headers }, timeoutMillis: EXPORT_TIMEOUT_MS });
    this.#onFault = onFault;
  }

  override export(...[spans, onResult]: Parameters<OTLPTraceExporter['export']>): void {
    super.export(spans, (result) => {
      if (result.error && !this.#isFailing) this.#onFault(result.error);
      this.#isFailing = result.error !== undefined;
      onResult(result);
    });
  }
}

function contextOf({ traceId, parentSpanId }: SpanPlace) {
  if (parentSpanId === null) return ROOT_CONTEXT;
  const parent = { traceId, spanId: parentSpanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, parent);
}

/** The ids of a request were given out with its first log line: its span has the same ones. */
class GivenIds implements IdGenerator {
  readonly #random = new RandomIdGenerator();
  #place: SpanPlace | undefined;

  /** Spans that `start` begins have the ids of this place. */
  give<Result>(place: SpanPlace, start: () => Result): Result {
    this.#place = place;
    try {
      return start();
    } finally {
      this.#place = undefined;
    }
  }

  generateTraceId(): string {
    return this.#place?.traceId ?? this.#random.generateTraceId();
  }

  generateSpanId(): string {
    return this.#place?.spanId ?? this.#random.generateSpanId();
  }
}
