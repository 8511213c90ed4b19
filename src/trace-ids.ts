/** What links a request to the jobs that it orders, in logs, errors and traces. */
export interface TraceIds {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Of the request itself within the trace: 16 hexadecimal digits. */
  readonly spanId: string;
}
