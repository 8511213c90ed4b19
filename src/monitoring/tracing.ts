/** Where a span belongs. Ids are hexadecimal: 32 digits of a trace, 16 of a span. */
export interface SpanPlace {
  readonly traceId: string;
  /** The span it is part of; null for the first span of a trace. */
  readonly parentSpanId: string | null;
  /** The id of the span itself, where it was given out before; a new one where left out. */
  readonly spanId?: string;
}

export interface SpanStart extends SpanPlace {
  /** From a closed set; texts of clients are attributes. */
  readonly name: string;
  /** server for requests, consumer for jobs, client for calls of other services. */
  readonly kind: 'server' | 'consumer' | 'client' | 'internal';
  readonly attributes?: SpanAttributes;
}

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A span that has begun. */
export interface RunningSpan {
  readonly spanId: string;
  /** Once. With an error code the span counts as failed. Messages are left out: they can contain texts of users. */
  end(errorCode?: string, attributes?: SpanAttributes): void;
}

/** Records what requests and jobs spend their time on, for a tracing backend. Where tracing is off there is none. */
export interface Tracing {
  begin(start: SpanStart): RunningSpan;
}
