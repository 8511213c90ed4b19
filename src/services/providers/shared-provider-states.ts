import type { Database } from '../../db/database.ts';
import { sqlOf } from '../../db/orm.ts';
import { type Actor, entryOf } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import {
  closeCircuit,
  countFailure,
  type ProviderStateRow,
  readProviderState,
  readProviderStates,
  setEnabled,
  takeProbe,
} from './provider-state-store.ts';

/** Failures in a row after which a provider rests. */
const MOST_FAILURES = 5;
const REST_SECONDS = 60;
/** What does not mend by itself within a minute: the provider rests after the first failure, and longer. */
const LASTING = ['INVALID_API_KEY', 'QUOTA_EXCEEDED'];
const LASTING_REST_SECONDS = 300;
/** Ends of the codes of failures that say something of the request, and nothing of the provider. */
export const FAULTS_OF_REQUESTS = ['CONTENT_REJECTED', 'UNSUPPORTED_LANGUAGE', 'UNKNOWN_VOICE'];

export type CircuitState = 'CLOSED' | 'HALF_OPEN' | 'OPEN';

/** What operators see of a provider's state. */
export interface ProviderStateFacts {
  readonly enabled: boolean;
  readonly circuit: CircuitState;
}

/** A provider without a row. */
export const INITIAL_STATE: ProviderStateFacts = { enabled: true, circuit: 'CLOSED' };

export interface SharedProviderStatesParts {
  readonly db: Database;
  /** Called when a provider may have begun or ended to rest, or was enabled or disabled. */
  readonly onChange: (provider: string) => void;
}

/**
 * The circuit breaker of all processes: its state is a row for each provider. A library's breaker has its state in one process,
 * where each of ten workers would have to fail five times.
 */
export class SharedProviderStates {
  readonly #db: Database;
  readonly #onChange: (provider: string) => void;

  constructor({ db, onChange }: SharedProviderStatesParts) {
    this.#db = db;
    this.#onChange = onChange;
  }

  async isEnabled(provider: string): Promise<boolean> {
    return (await readProviderState(this.#db.sql(), provider))?.enabled !== false;
  }

  async admit(provider: string) {
    const state = await readProviderState(this.#db.sql(), provider);
    if (state === undefined) return { admitted: true } as const;
    const { enabled, restSeconds } = state;
    if (!enabled) return { admitted: false, because: 'DISABLED' } as const;
    if (restSeconds === null) return { admitted: true } as const;
    if (restSeconds <= 0 && (await takeProbe(this.#db.sql(), provider, REST_SECONDS))) {
      return { admitted: true } as const;
    }
    return { admitted: false, because: 'RESTING', seconds: Math.max(1, Math.ceil(restSeconds)) } as const;
  }

  /** By name; a provider that is missing has INITIAL_STATE. */
  async read(): Promise<Map<string, ProviderStateFacts>> {
    const rows = await readProviderStates(this.#db.sql());
    return new Map(rows.map((row) => [row.name, { enabled: row.enabled, circuit: circuitOf(row) }]));
  }

  /** Applies in all processes from their next call on. One transaction with its entry in the audit log. */
  async setEnabled(actor: Actor, provider: string, enabled: boolean): Promise<void> {
    await this.#db.transaction(async (em) => {
      await setEnabled(sqlOf(em), provider, enabled);
      const act = { action: 'provider.set_enabled', target: provider, details: { enabled } };
      await appendAudit(em, entryOf(actor, act));
    });
    this.#onChange(provider);
  }

  async succeeded(provider: string): Promise<void> {
    if (await closeCircuit(this.#db.sql(), provider)) this.#onChange(provider);
  }

  async failed(provider: string, code: string): Promise<void> {
    const isOne = (endings: readonly string[]) => endings.some((ending) => code.endsWith(ending));
    if (isOne(FAULTS_OF_REQUESTS)) return;
    const [most, rest] = isOne(LASTING) ? [1, LASTING_REST_SECONDS] : [MOST_FAILURES, REST_SECONDS];
    if (await countFailure(this.#db.sql(), provider, most, rest)) this.#onChange(provider);
  }
}

/** HALF_OPEN from the end of the rest until the single call that is allowed then. */
function circuitOf({ restSeconds }: ProviderStateRow): CircuitState {
  if (restSeconds === null) return 'CLOSED';
  return restSeconds <= 0 ? 'HALF_OPEN' : 'OPEN';
}
