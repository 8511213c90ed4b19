import type { FieldCipher } from '../../auth/secrets.ts';
import { PollingRelay } from '../../concurrency/polling-relay.ts';
import type { Database } from '../../db/database.ts';
import { sqlOf } from '../../db/orm.ts';
import { AppError } from '../../errors.ts';
import { prepareMail } from '../accounts/prepared-mails.ts';
import { deleteMail, orderOf, type TakenMail, takeMails } from './mail-store.ts';
import { isPrepared, type MailText, mailText } from './mail-texts.ts';

/** Hands a mail over, within the time of a taken one. */
export type SendMail = (to: string, mail: MailText) => Promise<void>;

export interface MailRelayParts {
  readonly db: Database;
  readonly cipher: FieldCipher;
  readonly send: SendMail;
  readonly appUrl: string | undefined;
  /** Neither names a recipient. */
  readonly log: { warn(facts: object, message: string): void; error(facts: object, message: string): void };
}

const BATCH = 10;
const POLL_MS = 5_000;

/** Sends the mails in the table: at once when triggered, else every five seconds. Safe to run in every process. */
export class MailRelay {
  readonly #parts: MailRelayParts;
  readonly #relay: PollingRelay;

  constructor(parts: MailRelayParts) {
    this.#parts = parts;
    this.#relay = new PollingRelay({
      pollMs: POLL_MS,
      work: () => this.#sendBatch(),
      onFault: (thrown) => parts.log.warn({ err: AppError.from(thrown) }, 'waiting mails could not be read'),
    });
  }

  /** Reads the table now. */
  trigger(): void {
    this.#relay.trigger();
  }

  async close(): Promise<void> {
    await this.#relay.close();
  }

  async #sendBatch(): Promise<boolean> {
    const taken = await takeMails(this.#parts.db.sql(), BATCH);
    for (const mail of taken) await this.#deliver(mail);
    return taken.length === BATCH;
  }

  /** Sent and not deleted, after a crash, a mail is sent twice, which does no harm. */
  async #deliver(taken: TakenMail): Promise<void> {
    const { db, cipher, send, appUrl, log } = this.#parts;
    const { id, isLast } = taken;
    let kind: string | undefined;
    try {
      // Each on its own: one that cannot be decrypted must not hold the others back.
      const order = orderOf(taken, cipher);
      kind = order.kind;
      if (isPrepared(order)) {
        await db.transaction(async (em) => {
          await deleteMail(sqlOf(em), id);
          await prepareMail(em, cipher, order);
        });
        this.trigger();
        return;
      }
      await send(order.to, mailText(order, appUrl));
    } catch (thrown) {
      const facts = { err: AppError.from(thrown), mail: kind };
      if (!isLast) return log.warn(facts, 'a mail could not be sent; it is tried again');
      log.error(facts, 'a mail could not be sent for a day, and is given up');
    }
    await deleteMail(db.sql(), id);
  }
}
