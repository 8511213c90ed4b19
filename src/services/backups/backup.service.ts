import { randomUUIDv7 } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Database } from '../../db/database.ts';
import { isUnreachable } from '../../db/database-errors.ts';
import type { BackupKind } from '../../entities/backup.ts';
import { AppError } from '../../errors.ts';
import { encodeId } from '../../ids.ts';
import { type Actor, entryOf } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { UserFaultError } from '../user-fault.ts';
import {
  type BackupView,
  completeBackup,
  deleteBackup,
  deleteOldFailures,
  failBackup,
  insertBackup,
  readBackup,
  readBackups,
  readSurplus,
  touchBackup,
} from './backup-store.ts';

export interface BackupServiceParts {
  readonly db: Database;
  /** Folder of regular backups. Absolute. */
  readonly dir: string;
  /** How many regular ones stay. */
  readonly keep: number;
  /** Writes an archive and reads it to its end. Rejects where one of both fails; then there is no file. */
  readonly write: (path: string, signal: AbortSignal) => Promise<void>;
  readonly onFault: (thrown: unknown) => void;
  /** Between two heartbeats; 5 s by default. */
  readonly heartbeatMs?: number;
  /** How long it waits for the database with an archive that is complete; 45 s by default, when it does not count as lost yet. */
  readonly listingMs?: number;
}

/** Where a backup goes: a new name in the folder of regular ones where no path is given. */
export interface BackupPlace {
  readonly kind: BackupKind;
  readonly path?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const HEARTBEAT_MS = 5_000;
const LISTING_MS = 45_000;

/** Takes backups, one at a time over all processes, and lists them. */
export class BackupService {
  readonly #parts: BackupServiceParts;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  constructor(parts: BackupServiceParts) {
    this.#parts = parts;
  }

  /** Newest first. */
  async list(first: number): Promise<BackupView[]> {
    return await readBackups(this.#parts.db.sql(), first);
  }

  async find(id: string): Promise<BackupView | null> {
    return await readBackup(this.#parts.db.sql(), id);
  }

  /** Begins a regular backup, which this process takes in the background. Throws CONFLICT while another one runs. */
  async start(actor: Actor): Promise<BackupView> {
    const { backup, taking } = await this.#begin(actor, { kind: 'REGULAR' });
    // Its row has the error.
    taking.catch((thrown) => this.#parts.onFault(thrown));
    return backup;
  }

  /** Takes a backup; `actor` is null for the periodic task. Throws CONFLICT while another one runs. */
  async take(actor: Actor | null, place: BackupPlace): Promise<BackupView> {
    return await (await this.#begin(actor, place)).taking;
  }

  /** Ends those that run here, which have then failed. */
  async close(): Promise<void> {
    this.#closing.abort(new AppError('CANCELED', 'The process that took the backup was stopped.', { retriable: true }));
    await Promise.allSettled(this.#running);
  }

  async #begin(actor: Actor | null, place: BackupPlace) {
    const { db } = this.#parts;
    const id = randomUUIDv7();
    const backup = await db.transaction(async (em) => {
      const inserted = await insertBackup(em, { id, kind: place.kind, host: hostname() });
      if (!inserted) throw oneAtATime();
      const act = { action: 'backup.create', target: encodeId('backup', id), details: { kind: place.kind } };
      if (actor) await appendAudit(em, entryOf(actor, act));
      return inserted;
    });
    const taking = this.#take(backup, place);
    this.#running.add(taking);
    const forget = () => this.#running.delete(taking);
    taking.then(forget, forget);
    return { backup, taking };
  }

  async #take({ id, startedAt }: BackupView, { kind, path, signal }: BackupPlace): Promise<BackupView> {
    const { db, dir, write } = this.#parts;
    const lost = new AbortController();
    const heartbeat = setInterval(() => void this.#touch(id, lost), this.#parts.heartbeatMs ?? HEARTBEAT_MS);
    try {
      const target = path ?? join(dir, archiveName(kind, startedAt));
      await write(target, AbortSignal.any([this.#closing.signal, lost.signal, ...(signal ? [signal] : [])]));
      const completed = await this.#complete(id, target);
      if (kind === 'REGULAR') await this.#removeSurplus();
      return completed;
    } catch (thrown) {
      const error = AppError.from(thrown);
      await failBackup(db.sql(), id, `${error.code}: ${error.message}`).catch(this.#parts.onFault);
      throw thrown;
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** Lists the archive; one that cannot be listed is removed, unless the database may have it in its list without our knowledge. */
  async #complete(id: string, location: string): Promise<BackupView> {
    const { db } = this.#parts;
    const until = AbortSignal.timeout(this.#parts.listingMs ?? LISTING_MS);
    try {
      const { size } = await stat(location);
      const listed = await db.statement(async (sql) => {
        // An earlier attempt may have been committed although its answer was lost.
        return (await completeBackup(sql, id, { size, location })) ?? (await readBackup(sql, id));
      }, until);
      if (listed?.location === location) return listed;
    } catch (thrown) {
      if (until.aborted || isUnreachable(thrown)) throw unlistedError(location, thrown);
      await rm(location, { force: true });
      throw thrown;
    }
    await rm(location, { force: true });
    throw lostError();
  }

  async #touch(id: string, lost: AbortController): Promise<void> {
    try {
      if (!(await touchBackup(this.#parts.db.sql(), id))) lost.abort(lostError());
    } catch (thrown) {
      // The next one may succeed.
      this.#parts.onFault(thrown);
    }
  }

  /** The newest one is complete: what is wrong here must not make it fail. */
  async #removeSurplus(): Promise<void> {
    const { db, dir, keep, onFault } = this.#parts;
    try {
      for (const { id, location } of await readSurplus(db.sql(), keep)) {
        // Those of an earlier BACKUP_DIR, or of a machine with its own, are left alone.
        if (dirname(location) !== dir) continue;
        await rm(location, { force: true });
        await deleteBackup(db.sql(), id);
      }
      await deleteOldFailures(db.sql());
    } catch (thrown) {
      onFault(thrown);
    }
  }
}

/** `autovideo-2026-01-31T09-30-00-123Z.backup`; its letters are allowed on every file system. */
export function archiveName(kind: BackupKind, startedAt: Date): string {
  const time = startedAt.toISOString().replace(/[:.]/g, '-');
  return `autovideo-${kind === 'BEFORE_RESTORE' ? 'before-restore-' : ''}${time}.backup`;
}

function oneAtATime(): UserFaultError {
  return new UserFaultError({
    code: 'CONFLICT',
    message: 'Another backup is being taken: wait until it has ended. `backups` lists it.',
  });
}

function unlistedError(location: string, cause: unknown): AppError {
  const sentence = `The archive ${location} is complete, but the database could not be reached to list it: keep the file, or delete it by hand.`;
  return new AppError('DATABASE_CONNECTION_FAILED', sentence, { cause, retriable: true });
}

function lostError(): AppError {
  return new AppError(
    'LEASE_LOST',
    'The backup counted as lost, because its process could not reach the database in time.',
  );
}
