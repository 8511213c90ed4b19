import { randomUUIDv7 } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { nowOf } from '../../db/orm.ts';
import { type AlertLog, logAlert } from './alert-log.ts';
import { type AlertRecord, isEndNotified, isOpen, noticeOf } from './alert-record.ts';
import { type AlertRule, pageOf } from './alert-rule.ts';
import { lockAlerts, saveAlert } from './alert-store.ts';
import { type Notification, RECIPIENTS, type Recipients } from './notification.ts';
import { hasArrived, type SendOutcome } from './notifier-channels.ts';

/** Lets one of the processes that share a Redis report the loss to a level of recipients; 0 is the first. */
export interface LossClaims {
  /**
   * 'claimed' where this process is to do it, 'sending' while another one is about to, 'sent' with the id of the alert that was reported,
   * 'quiet' where an earlier loss was reported minutes ago; null where Redis is away.
   */
  claim(
    id: string,
    level: number,
  ): Promise<
    { readonly state: 'claimed' | 'sending' | 'quiet' } | { readonly state: 'sent'; readonly id: string } | null
  >;
  /** What was claimed is reported, or is left to the next process. */
  settle(id: string, level: number, isSent: boolean): Promise<void>;
  /** The loss is over; false where Redis is away. */
  end(levels: number): Promise<boolean>;
}

export interface DatabaseLossParts {
  readonly db: Database;
  readonly rule: AlertRule;
  readonly log: AlertLog;
  readonly claims: LossClaims;
  /** A loss that begins so soon after another one reopens its alert. */
  readonly quietMs: number;
  /** For so long each level of recipients has the loss to itself. */
  readonly graceMs: number;
  /** Sends without the table. */
  readonly sendNow: (
    notification: Notification,
    recipients: Recipients,
    signal: AbortSignal,
  ) => Promise<readonly SendOutcome[]>;
  readonly onChanged: () => void;
}

const SERVICE = 'postgresql';

/**
 * The alert that cannot be written: while PostgreSQL is away, it is sent from here, once for all processes that reach the same Redis,
 * and recorded with its time as soon as PostgreSQL is back.
 */
export class DatabaseLoss {
  readonly #parts: DatabaseLossParts;
  #loss: AlertRecord | undefined;
  /** A process that was killed during a loss left its mark in Redis: the first good round of any process removes it. */
  #isMarked = true;

  constructor(parts: DatabaseLossParts) {
    this.#parts = parts;
  }

  /** PostgreSQL does not answer, in this round. What could not be sent is sent in the next one. */
  async lost(message: string, signal: AbortSignal): Promise<void> {
    const { rule, log } = this.#parts;
    if (!this.#loss) {
      this.#loss = alertOf(rule, message);
      this.#isMarked = true;
      logAlert(log, rule.logLevel, this.#loss);
    }
    const loss = this.#loss;
    // Asked again in each round, so that the mark stays for processes that notice the loss later.
    if (loss.notifiedAt !== null) for (let level = 0; level <= loss.level; level++) await this.#claim(loss.id, level);
    const level = this.#dueLevel(loss);
    if (level === undefined) return;
    const claim = await this.#claim(loss.id, level);
    if (claim?.state === 'quiet' || claim?.state === 'sending') return;
    if (claim?.state === 'sent') this.#loss = { ...loss, id: claim.id, level, notifiedAt: new Date() };
    else await this.#report(loss, level, signal);
  }

  /** PostgreSQL answers. */
  async found(): Promise<void> {
    const alert = this.#loss;
    if (alert) {
      await this.#record(alert);
      this.#loss = undefined;
    }
    if (this.#isMarked) this.#isMarked = !(await this.#parts.claims.end(RECIPIENTS.length).catch(() => false));
    if (alert) this.#parts.onChanged();
  }

  /** The level that has to know of it now. It cannot be acknowledged while it lasts. */
  #dueLevel({ notifiedAt, level }: AlertRecord): number | undefined {
    if (notifiedAt === null) return level;
    const isLate = Date.now() - notifiedAt.getTime() >= this.#parts.graceMs;
    return isLate && level < RECIPIENTS.length - 1 ? level + 1 : undefined;
  }

  async #claim(id: string, level: number) {
    return await this.#parts.claims.claim(id, level).catch(() => null);
  }

  async #report(loss: AlertRecord, level: number, signal: AbortSignal): Promise<void> {
    const isSent = await this.#send(loss, level, signal);
    if (isSent) this.#loss = { ...loss, level, notifiedAt: new Date() };
    await this.#parts.claims.settle(loss.id, level, isSent).catch(() => undefined);
  }

  async #send(alert: AlertRecord, level: number, signal: AbortSignal): Promise<boolean> {
    const { sendNow, log } = this.#parts;
    const kind = level === 0 ? 'firing' : 'escalated';
    const notification = { kind, priority: 'P0', title: alert.message, alerts: [noticeOf(alert)], text: null } as const;
    try {
      return hasArrived(await sendNow(notification, RECIPIENTS[level] ?? 'on_call', signal));
    } catch (thrown) {
      log.error({ err: thrown }, 'the loss of the database could not be reported');
      return false;
    }
  }

  async #record(alert: AlertRecord): Promise<void> {
    const { db, quietMs } = this.#parts;
    await db.transaction(async (em) => {
      const now = await nowOf(em);
      const recent = await lockAlerts(em, new Date(now.getTime() - quietMs));
      const known = recent.findLast(({ rule, service }) => rule === alert.rule && service === SERVICE);
      // The clock of this process may be ahead: a time to come would be after the end that is announced.
      const own = alert.notifiedAt && earliest(alert.notifiedAt, now);
      const current = known ? againOf(known, { ...alert, notifiedAt: own }) : { ...alert, notifiedAt: own };
      const raisedAt = earliest(current.raisedAt, alert.raisedAt, now);
      await saveAlert(em, { ...current, raisedAt, lastSeenAt: now, goodSince: now, resolvedAt: null });
    });
  }
}

/** The alert that another process, or an earlier loss, has recorded. */
function againOf(known: AlertRecord, { notifiedAt, level }: AlertRecord): AlertRecord {
  const isLater = notifiedAt !== null && (known.notifiedAt === null || notifiedAt > known.notifiedAt);
  return {
    ...known,
    count: known.count + 1,
    notifiedAt: isLater ? notifiedAt : known.notifiedAt,
    acknowledgedAt: isEndNotified(known) && !isOpen(known) ? null : known.acknowledgedAt,
    level: Math.max(isOpen(known) ? known.level : 0, level),
  };
}

function earliest(...times: readonly Date[]): Date {
  return new Date(Math.min(...times.map((time) => time.getTime())));
}

function alertOf(given: AlertRule, message: string): AlertRecord {
  const { name: rule, priority, errorCode, actionRequired } = given;
  const now = new Date();
  const details = { docs: `docs/operations/${pageOf(given)}` };
  const notified = { acknowledgedAt: null, notifiedAt: null, endNotifiedAt: null, level: 0 };
  return {
    ...{ id: randomUUIDv7(), rule, service: SERVICE, priority, errorCode, message, actionRequired, details },
    ...{ count: 1, raisedAt: now, lastSeenAt: now, respondBy: now, goodSince: null, resolvedAt: null },
    ...notified,
  };
}
