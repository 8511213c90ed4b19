import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { RateLimitedError } from '../../auth/auth-error.ts';
import type { RequestFacts } from '../../auth/request-facts.ts';
import { factsOf } from '../http/request-facts.ts';
import { callerKey } from '../operations/charge-cost.ts';
import type { OperationStep } from '../operations/operation-step.ts';

/** Bytes of an answer that is not counted: the system's buffers take it at once. */
const SMALL = 65_536;
const RETRY_SECONDS = 5;

/**
 * Answers over HTTP that are in the memory of this process because their clients have not taken them yet, by caller. `dropStalledReaders`
 * ends each of them after a time; until then a caller could ask for many on connections that it does not read.
 */
export class UnsentAnswers {
  readonly #bytes = new Map<string, number>();
  readonly #most: number;

  /** `most`: bytes with which a caller may begin further operations. */
  constructor({ answersBytes }: { readonly answersBytes: number }) {
    this.#most = answersBytes;
  }

  /** Counts the answer until it is sent, or its client has left. */
  hold(caller: Pick<RequestFacts, 'viewer' | 'device'>, response: ServerResponse, bytes: number): void {
    if (bytes < SMALL || response.destroyed) return;
    const key = callerKey(caller);
    this.#add(key, bytes);
    response.once('close', () => this.#add(key, -bytes));
  }

  /** The same for what the routes answer with; files and event streams are sent in parts, and are not concerned. */
  holdAnswersOf(app: FastifyInstance): void {
    app.addHook('onSend', (request, reply, payload: unknown, done) => {
      const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? Buffer.byteLength(payload) : 0;
      if (bytes >= SMALL) this.hold(factsOf(request), reply.raw, bytes);
      done(null, payload);
    });
  }

  /** Refuses operations of a caller who has not taken earlier answers. Throws RateLimitedError. */
  step(): OperationStep {
    return {
      name: 'limit unsent answers',
      begin: ({ caller }) => {
        if (this.#bytes.size > 0 && (this.#bytes.get(callerKey(caller)) ?? 0) > this.#most) throw tooMuch(this.#most);
        return undefined;
      },
    };
  }

  #add(key: string, bytes: number): void {
    const left = (this.#bytes.get(key) ?? 0) + bytes;
    if (left > 0) this.#bytes.set(key, left);
    else this.#bytes.delete(key);
  }
}

function tooMuch(most: number): RateLimitedError {
  const megabytes = Math.round(most / 1_048_576);
  return new RateLimitedError(
    RETRY_SECONDS,
    `More than ${megabytes} MiB of earlier answers to you are not read yet: read them, and try again.`,
  );
}
