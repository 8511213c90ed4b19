import type { FieldCipher } from '../../auth/secrets.ts';
import { PollingRelay } from '../../concurrency/polling-relay.ts';
import type { Database } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { post } from '../alerts/notifiers/post.ts';
import {
  deleteReply,
  MOST_ATTEMPTS,
  removeExpiredReplies,
  replyLocation,
  type TakenReply,
  takeReplies,
} from './slack-reply-store.ts';
import { replyText, slackMessage } from './slack-texts.ts';

export interface SlackReplyRelayParts {
  readonly db: Database;
  readonly cipher: FieldCipher;
  /** A link to a film that needs no token. */
  readonly linkOf: (fileKey: string, title: string) => string;
  readonly log: Record<'debug' | 'warn' | 'error', (facts: object, message: string) => void>;
}

/** People wait for the answer; a look at an empty table costs next to nothing. */
const POLL_MS = 1_000;
const BATCH = 10;

/**
 * Sends Slack the outcome of the videos of commands. Safe to run in every process: a row belongs to one at a time, and to another where
 * that one was killed. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses: five answers within 30 minutes.
 */
export class SlackReplyRelay {
  readonly #parts: SlackReplyRelayParts;
  readonly #relay: PollingRelay;
  readonly #closing = new AbortController();

  constructor(parts: SlackReplyRelayParts) {
    this.#parts = parts;
    this.#relay = new PollingRelay({
      pollMs: POLL_MS,
      work: () => this.#sendBatch(),
      onFault: (thrown) => parts.log.debug({ err: AppError.from(thrown) }, 'answers for Slack could not be read'),
    });
  }

  start(): void {
    this.#relay.trigger();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#relay.close();
  }

  async #sendBatch(): Promise<boolean> {
    const { db, log } = this.#parts;
    const expired = await removeExpiredReplies(db.sql());
    if (expired > 0) log.error({ count: expired }, 'answers for Slack could not be sent for half an hour');
    const taken = await takeReplies(db.sql(), BATCH);
    await Promise.all(taken.map((reply) => this.#send(reply)));
    return taken.length === BATCH;
  }

  async #send(reply: TakenReply): Promise<void> {
    const { db, cipher, linkOf, log } = this.#parts;
    try {
      await post({
        service: 'Slack',
        url: cipher.decrypt(reply.url, replyLocation(reply.id)),
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(slackMessage(replyText(reply, linkOf))),
        signal: this.#closing.signal,
        reasonOf: (answer) => /^[a-z_]{1,60}$/.exec(answer.trim())?.[0],
      });
    } catch (thrown) {
      // It is due again, here or in another process.
      if (this.#closing.signal.aborted) return;
      const err = AppError.from(thrown);
      const isLast = !err.retriable || reply.attempts >= MOST_ATTEMPTS;
      const facts = { err, attempts: reply.attempts };
      if (!isLast) return log.warn(facts, 'an answer for Slack could not be sent; it is tried again');
      log.error(facts, 'an answer for Slack could not be sent, and is given up');
    }
    // Sent and not deleted, after a crash, it is sent twice.
    await deleteReply(db.sql(), reply.id);
  }
}
