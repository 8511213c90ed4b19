import { randomUUID } from 'node:crypto';
import type { DestinationStream } from 'pino';
import { z } from 'zod';

export interface SentryLogOptions {
  /** https://key@host/project, a credential. */
  readonly dsn: string;
  readonly environment: string;
  readonly release: string;
  /** Called when a report could not be sent, once until one can be. */
  readonly onFault: (thrown: unknown) => void;
}

/** How pino's lines of these levels begin; `level` is their first field. */
const REPORTED = ['{"level":"ERROR"', '{"level":"CRITICAL"'];
/** Reports that may be on their way at once; further ones are dropped, since they are in the log as well. */
const MAX_IN_FLIGHT = 10;
const TIMEOUT_MS = 5_000;
/** Where Sentry answers 429 without saying for how long. */
const PAUSE_SECONDS = 60;
const MAX_FRAMES = 50;

const errorLine = z.looseObject({
  level: z.string(),
  timestamp: z.string(),
  message: z.string().optional(),
  trace_id: z.string().optional(),
  err: z.looseObject({ type: z.string(), message: z.string(), stack: z.string() }).partial().optional(),
});
type ErrorLine = z.infer<typeof errorLine>;

/**
 * A destination of the log that reports its errors to Sentry, or to a server that speaks its protocol: what a line says, after secrets
 * were removed from it. The form: https://develop.sentry.dev/sdk/foundations/transport/envelopes/ and …/event-payloads/.
 */
export class SentryLog implements DestinationStream {
  readonly #options: SentryLogOptions;
  readonly #address: string;
  readonly #authorization: string;
  readonly #sending = new Set<Promise<void>>();
  #pausedUntil = 0;
  #isFailing = false;

  constructor(options: SentryLogOptions) {
    this.#options = options;
    const { protocol, host, username, pathname } = new URL(options.dsn);
    const [project = '', ...folders] = pathname.split('/').filter(Boolean).reverse();
    const path = [...folders.reverse(), 'api', project, 'envelope', ''].join('/');
    this.#address = `${protocol}//${host}/${path}`;
    this.#authorization = `Sentry sentry_version=7, sentry_key=${username}, sentry_client=autovideo/${options.release}`;
  }

  /** Never throws, and never waits. */
  write(line: string): void {
    if (!REPORTED.some((beginning) => line.startsWith(beginning))) return;
    if (this.#sending.size >= MAX_IN_FLIGHT || Date.now() < this.#pausedUntil) return;
    const sending = this.#send(line).finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
  }

  /** Waits for what is on its way, at most for the time of one request. */
  async close(): Promise<void> {
    await Promise.all(this.#sending);
  }

  /** Never rejects. */
  async #send(line: string): Promise<void> {
    try {
      const response = await fetch(this.#address, {
        method: 'POST',
        headers: { 'content-type': 'application/x-sentry-envelope', 'x-sentry-auth': this.#authorization },
        body: this.#envelopeOf(errorLine.parse(JSON.parse(line))),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'error',
      });
      await response.body?.cancel();
      if (response.status === 429) {
        this.#pausedUntil = Date.now() + 1_000 * (Number(response.headers.get('retry-after')) || PAUSE_SECONDS);
        return;
      }
      if (!response.ok) throw new Error(`Sentry answered with ${response.status}.`);
      this.#isFailing = false;
    } catch (thrown) {
      if (!this.#isFailing) this.#options.onFault(thrown);
      this.#isFailing = true;
    }
  }

  #envelopeOf(line: ErrorLine): string {
    const { environment, release } = this.#options;
    const { level, timestamp, message, trace_id: traceId, err, ...extra } = line;
    const id = randomUUID().replaceAll('-', '');
    const exception = err && {
      values: [
        { type: err.type ?? 'Error', value: err.message ?? '', stacktrace: { frames: framesOf(err.stack ?? '') } },
      ],
    };
    const event = {
      event_id: id,
      timestamp,
      platform: 'node',
      level: level === 'CRITICAL' ? 'fatal' : 'error',
      logger: 'autovideo',
      environment,
      release,
      ...(message !== undefined && { message: { formatted: message } }),
      ...(exception && { exception }),
      ...(traceId !== undefined && { tags: { trace_id: traceId } }),
      extra,
    };
    return [{ event_id: id, sent_at: new Date().toISOString() }, { type: 'event' }, event]
      .map((part) => JSON.stringify(part))
      .join('\n');
  }
}

/** The frames of a stack of V8, `at function (file:line:column)`; Sentry wants the innermost last. */
function framesOf(stack: string): object[] {
  const frames = stack.split('\n').flatMap((text) => {
    const line = text.trim();
    if (!line.startsWith('at ')) return [];
    const at = line.lastIndexOf(' (');
    const place = at === -1 ? line.slice('at '.length) : line.slice(at + ' ('.length, -')'.length);
    const [column, row, ...file] = place.split(':').reverse();
    if (file.length === 0 || Number.isNaN(Number(row))) return [];
    const filename = file.reverse().join(':');
    return {
      function: at === -1 ? '<anonymous>' : line.slice('at '.length, at),
      filename,
      lineno: Number(row),
      colno: Number(column),
      in_app: !filename.includes('node_modules') && !filename.startsWith('node:'),
    };
  });
  return frames.slice(0, MAX_FRAMES).reverse();
}
