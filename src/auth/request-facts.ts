import type { TraceIds } from '../trace-ids.ts';
import type { Viewer } from './viewer.ts';

/** The client's machine, as far as the server can see it. */
export interface Device {
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

/** Facts about a request before any resolver runs. */
export interface RequestFacts extends TraceIds {
  readonly viewer: Viewer | null;
  /** The caller's own span, where its `traceparent` header names one. */
  readonly parentSpanId: string | null;
  readonly device: Device;
  /** For an event stream whose client reconnects: the id of the last event it received, as the client sends it. */
  readonly lastEventId?: string | undefined;
}
