import { AppError, type ExternalService } from '../../errors.ts';
import { SERVICE_NAMES } from './refusals.ts';
import { RequestLimit } from './request-limit.ts';

export interface ServiceFetchOptions {
  readonly service: ExternalService;
  /** For the whole answer, from when the request is sent. */
  readonly timeoutMs: number;
  /** The longest answer that is taken. */
  readonly maxBytes?: number;
}

const MOST_BYTES = 64 * 1024 * 1024;

/** Errors before the request was sent: nothing can have been made. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * `fetch` for one service, which gives complete answers only. It fails with <SERVICE>_API_ERROR where the service cannot be
 * reached, with <SERVICE>_TIMEOUT where a request was sent and its answer is missing, and with the caller's reason where the
 * caller aborts. It follows no redirect: a key must not reach another host. It waits with a request that the service would refuse by
 * what the headers of earlier answers say.
 */
export function serviceFetch({ service, timeoutMs, maxBytes = MOST_BYTES }: ServiceFetchOptions): typeof fetch {
  const limit = new RequestLimit();
  return async (input, init) => {
    const given = init?.signal ?? undefined;
    // Throws where it is aborted: with a form as body, Node's fetch would not only reject but leave a rejection that nothing handles.
    const answered = await limit.next(given);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = given === undefined ? timeout : AbortSignal.any([given, timeout]);
    try {
      const response = await fetch(input, { ...init, signal, redirect: 'manual' });
      // A refusal says itself how long it lasts, and the chain keeps to that in all processes.
      if (response.ok) answered(response.headers);
      const body = await readAtMost(response, maxBytes);
      return new Response(hasBody(response.status) ? body : null, {
        status: response.status,
        headers: headersOf(response),
      });
    } catch (thrown) {
      given?.throwIfAborted();
      throw transportError(service, thrown, timeout.aborted ? timeoutMs : undefined);
    }
  };
}

/** An answer that is too long, or ends in the middle, is none. */
async function readAtMost(response: Response, maxBytes: number): Promise<ArrayBuffer> {
  if (response.body === null) return new ArrayBuffer(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const joined = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.byteLength;
  }
  return joined.buffer;
}

/** The body is decoded here, so that its headers no longer describe it. */
function headersOf({ headers }: Response): Headers {
  const kept = new Headers(headers);
  kept.delete('content-encoding');
  kept.delete('content-length');
  return kept;
}

/** The constructor of Response refuses a body for these. */
function hasBody(status: number): boolean {
  return ![101, 103, 204, 205, 304].includes(status);
}

export function transportError(
  service: ExternalService,
  thrown: unknown,
  timedOutAfterMs: number | undefined,
): AppError {
  if (thrown instanceof AppError) return thrown;
  const name = SERVICE_NAMES[service];
  const code = codeOf(thrown);
  if (code !== undefined && NOT_SENT.has(code)) {
    const message = `${name} cannot be reached (${code}): check the network and ${service}_BASE_URL.`;
    return new AppError(`${service}_API_ERROR`, message, { cause: thrown, retriable: true });
  }
  const message =
    timedOutAfterMs === undefined
      ? `${name} ended the connection without a complete answer${code === undefined ? '' : ` (${code})`}.`
      : `${name} did not answer within ${timedOutAfterMs / 1_000} s.`;
  return new AppError(`${service}_TIMEOUT`, message, { cause: thrown, retriable: true });
}

function codeOf(thrown: unknown): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code;
    // A host name with several addresses: one error for each.
    if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  }
  return undefined;
}
