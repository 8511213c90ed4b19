import { randomUUIDv7 } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { nowOf } from '../../db/orm.ts';
import { type AlertLog, logAlert } from './alert-log.ts';
import { type AlertRecord, noticeOf } from './alert-record.ts';
import { type AlertRule, pageOf } from './alert-rule.ts';
import { lockAlerts, saveAlert } from './alert-store.ts';
import type { Notification } from './notification.ts';

/** The name of a loss, which all processes share, in Redis. */
export interface LossName {
  /**
   * The given id, or that which another process has given to this loss; 'quiet' where an earlier loss was reported minutes ago; null where
   * Redis is away.
   */
  claim(id: string): Promise<string | null>;
  /** The loss is over. */
  end(): Promise<void>;
}

export interface DatabaseLossParts {
  readonly db: Database;
  readonly rule: AlertRule;
  readonly log: AlertLog;
  readonly name: LossName;
  /** A loss that begins so soon after another one reopens its alert. */
  readonly quietMs: number;
  /** Sends without the table. */
  readonly sendNow: (notification: Notification) => Promise<unknown>;
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

  constructor(parts: DatabaseLossParts) {
    this.#parts = parts;
  }

  /** PostgreSQL does not answer, in this round. */
  async lost(message: string): Promise<void> {
    const { rule, log } = this.#parts;
    if (!this.#loss) {
      this.#loss = alertOf(rule, message);
      logAlert(log, rule.logLevel, this.#loss);
    }
    const { id, notifiedAt } = this.#loss;
    const name = await this.#parts.name.claim(id).catch(() => null);
    // Named again in each round, so that the name stays for processes that notice the loss later.
    if (notifiedAt !== null || name === 'quiet') return;
    this.#loss = { ...this.#loss, id: name ?? id };
    // Where another process has given the name, that one tells the recipients.
    if (name === null || name === id) await this.#send(this.#loss);
    this.#loss = { ...this.#loss, notifiedAt: new Date() };
  }

  /** PostgreSQL answers. */
  async found(): Promise<void> {
    const alert = this.#loss;
    if (!alert) return;
    const { db, name, quietMs, onChanged } = this.#parts;
    await db.transaction(async (em) => {
      const now = await nowOf(em);
      const recent = await lockAlerts(em, new Date(now.getTime() - quietMs));
      const known = recent.findLast(({ rule, service }) => rule === alert.rule && service === SERVICE);
      const current = known
        ? { ...known, count: known.count + 1, notifiedAt: alert.notifiedAt ?? known.notifiedAt }
        : alert;
      const raisedAt = new Date(Math.min(current.raisedAt.getTime(), alert.raisedAt.getTime(), now.getTime()));
      await saveAlert(em, { ...current, raisedAt, lastSeenAt: now, goodSince: now, resolvedAt: null });
    });
    this.#loss = undefined;
    await name.end().catch(() => undefined);
    onChanged();
  }

  async #send(alert: AlertRecord): Promise<void> {
    const { sendNow, log } = this.#parts;
    try {
      await sendNow({ kind: 'firing', priority: 'P0', title: alert.message, alerts: [noticeOf(alert)], text: null });
    } catch (thrown) {
      log.error({ err: thrown }, 'the loss of the database could not be reported');
    }
  }
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
