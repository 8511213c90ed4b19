/** The stages that ask providers for something. */
export type ProviderStage = 'SCRIPT' | 'SPEECH' | 'VISUALS' | 'ANALYSIS';

/** One thing that a video needs of a provider: there is one entry for it, however often its making begins anew. */
export interface LedgerRequest {
  readonly stage: ProviderStage;
  /** Id of the scene; null for what is made once for the whole video. */
  readonly sceneId: string | null;
  /** SHA-256, hex, of the request and of who is asked. */
  readonly inputHash: string;
  readonly provider: string;
  /** Whether asking costs money. */
  readonly paid: boolean;
}

/**
 * What was asked of providers, written down before and after: INTENT → SENT → SETTLED, or UNCERTAIN where nobody knows
 * whether a request that went out was answered. Each call is one commit that proves that the worker still holds the
 * video's lease, and throws LEASE_LOST where it does not.
 */
export interface Ledger {
  /**
   * Writes down that we are going to ask. Gives what an earlier answer left behind, or null: then ask. Throws ANSWER_LOST
   * where asking again may pay twice and nobody has decided to.
   */
  intend(entry: LedgerRequest): Promise<object | null>;
  /** The request goes out once this has resolved, not before. */
  send(entry: LedgerRequest): Promise<void>;
  /** The answer is kept; `kept` is plain data that finds it again. */
  settle(entry: LedgerRequest, stored: object): Promise<void>;
  /** The provider refused: it made nothing, so asking again is free. */
  refuse(entry: LedgerRequest, errorCode: string): Promise<void>;
  /** The provider may have made something that never reached us. */
  lose(entry: LedgerRequest, errorCode: string): Promise<void>;
}
