import type { Database } from '../../db/database.ts';
import { createdTable, isAdditive } from '../../db/migration-effects.ts';
import { appliedMigrations, isKnownMigration, migrationsOf } from '../../db/pending-migrations.ts';
import { AppError } from '../../errors.ts';
import type { Notification } from '../alerts/notification.ts';
import type { SendOutcome } from '../alerts/notifier-channels.ts';
import { type Actor, entryOf } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { type DeploymentFacts, readDeployments } from './deployment-store.ts';

export interface RollbackParts {
  readonly db: Database;
  readonly channels: { sendNow(notification: Notification): Promise<readonly SendOutcome[]> };
  /** Of this program. */
  readonly version: string;
}

/** A rollback that is possible. */
export interface RollbackPlan {
  readonly from: string;
  readonly to: DeploymentFacts;
  /** Applied since that version ran; it works with them. */
  readonly migrationsSince: readonly string[];
}

const MOST_LISTED = 1_000;

/**
 * Going back to a version that ran here. The database keeps its migrations: the earlier program has to work with what later ones added, which
 * is verified by their statements. Nothing is replaced here.
 */
export class RollbackService {
  readonly #parts: RollbackParts;

  constructor(parts: RollbackParts) {
    this.#parts = parts;
  }

  /** Throws NOT_FOUND for a version that never ran here, and CONFIG_INVALID for one that does not fit the database. */
  async plan(version: string): Promise<RollbackPlan> {
    const { db } = this.#parts;
    const history = await readDeployments(db.sql(), MOST_LISTED);
    const [current] = history;
    if (current?.version === version) throw refusal(`${version} is the version that runs now.`);
    const to = history.find((deployment) => deployment.version === version);
    if (!to)
      throw new AppError('NOT_FOUND', `Version ${version} has never run here: see \`autovideo deploy history\`.`);
    const applied = await appliedMigrations(db);
    const migrationsSince = applied.slice(applied.indexOf(to.migration) + 1);
    this.#verify(version, migrationsSince);
    return { from: current?.version ?? this.#parts.version, to, migrationsSince };
  }

  /** Records the decision in the audit log and notifies; what the notifiers made of it. */
  async decide(actor: Actor, { from, to, migrationsSince }: RollbackPlan): Promise<readonly SendOutcome[]> {
    const { db, channels } = this.#parts;
    const details = { from, migrationsSince: migrationsSince.length };
    await db.transaction(async (em) => {
      await appendAudit(em, entryOf(actor, { action: 'deploy.rollback', target: to.version, details }));
    });
    const title = `Auto Video goes back from version ${from} to ${to.version}.`;
    return await channels.sendNow({ kind: 'report', priority: 'P1', title, alerts: [], text: null });
  }

  #verify(version: string, names: readonly string[]): void {
    const unknown = names.filter((name) => !isKnownMigration(name));
    if (unknown.length > 0)
      throw refusal(
        `This program does not know the migrations ${unknown.join(', ')}: run the newest version’s command.`,
      );
    const migrations = migrationsOf(this.#parts.db, (name) => names.includes(name));
    const created = migrations
      .flatMap(({ statements }) => statements.map(createdTable))
      .filter((name) => name !== null);
    const changing = migrations.filter(({ statements }) =>
      statements.some((statement) => !isAdditive(statement, new Set(created))),
    );
    if (changing.length === 0) return;
    const list = changing.map(({ name }) => name).join(', ');
    throw refusal(
      `Version ${version} does not fit the database: ${list} changed what it uses. Restore the backup that was made before the update, or go forward with a corrected version.`,
    );
  }
}

function refusal(message: string): AppError {
  return new AppError('CONFIG_INVALID', message);
}
