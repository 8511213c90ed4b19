import { AppError } from '../../../errors.ts';
import { retryAfterSeconds } from '../../../retry-after.ts';

export interface PostRequest {
  /** The service, for sentences. */
  readonly service: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** What an answer that is no success says, such as an error code; it must reveal no secret. */
  readonly reasonOf?: (body: string) => string | undefined;
  /** Seconds to wait, where the body says so. */
  readonly waitOf?: (body: string) => number | undefined;
}

const TIMEOUT_MS = 10_000;
/** The rest of an answer is not read. */
const MOST_BYTES = 16_384;
/** The content is refused; every other answer may change, when a target or a key is mended as well. */
const REFUSED: ReadonlySet<number> = new Set([400, 413, 422]);

/** Sends one request. Throws NOTIFICATION_FAILED for every answer but 2xx, and where there is none within ten seconds. */
export async function post(request: PostRequest): Promise<void> {
  const { service, url, headers, body } = request;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = AbortSignal.any([request.signal, timeout]);
  let response: Response;
  let answer: string;
  try {
    // No redirect is followed: what authenticates the request must not reach another host.
    const init = { method: 'POST', headers: { 'user-agent': 'AutoVideo', ...headers }, body, signal } as const;
    response = await fetch(url, { ...init, redirect: 'manual' });
    answer = await beginningOf(response);
  } catch (thrown) {
    const what = timeout.aborted
      ? `did not answer within ${TIMEOUT_MS / 1_000} s`
      : `cannot be reached${causeOf(thrown)}`;
    // No cause: an error of fetch may name the address, which is a secret of some services.
    throw new AppError('NOTIFICATION_FAILED', `${service} ${what}.`, { retriable: true });
  }
  if (!response.ok) throw failureOf(request, response, answer);
}

function failureOf({ service, reasonOf, waitOf }: PostRequest, { status, headers }: Response, body: string): AppError {
  const reason = reasonOf?.(body);
  const said = retryAfterSeconds({ 'retry-after': headers.get('retry-after') ?? undefined }, new Date());
  return new AppError('NOTIFICATION_FAILED', `${service} answered ${status}${reason ? ` (${reason})` : ''}.`, {
    retriable: !REFUSED.has(status),
    retryAfterSeconds: said ?? waitOf?.(body),
  });
}

async function beginningOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8', 0, MOST_BYTES);
}

function causeOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
}
