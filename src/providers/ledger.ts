/** The stages that call providers. */
export type ProviderStage = 'SCRIPT' | 'SPEECH' | 'VISUALS' | 'ANALYSIS';

/** One provider request of a video: it has exactly one entry, however often the video is restarted. */
export interface LedgerRequest {
  readonly stage: ProviderStage;
  /** Id of the scene; null for a request for the whole video. */
  readonly sceneId: string | null;
  /** SHA-256, hex, of the request and the provider. */
  readonly inputHash: string;
  readonly provider: string;
  /** True if the call costs money. */
  readonly paid: boolean;
}

/**
 * Records provider calls before and after they are made: INTENT → SENT → SETTLED, or UNCERTAIN if it is unknown whether
 * a sent request was answered. Each method is one commit that verifies that the worker still holds the video's lease,
 * and throws LEASE_LOST otherwise.
 */
export interface Ledger {
  /**
   * Records the intent to call. Returns the stored result of an earlier answer, or null: then make the call. Throws
   * ANSWER_LOST if calling again may pay twice and no user has confirmed it.
   */
  intend(entry: LedgerRequest): Promise<object | null>;
  /** The request is sent after this has resolved, not before. */
  send(entry: LedgerRequest): Promise<void>;
  /** The answer is stored; `stored` is plain data that locates it. */
  settle(entry: LedgerRequest, stored: object): Promise<void>;
  /** The provider refused: it produced nothing, so calling again is free. */
  refuse(entry: LedgerRequest, errorCode: string): Promise<void>;
  /** The provider may have produced something that was not received. */
  lose(entry: LedgerRequest, errorCode: string): Promise<void>;
}
