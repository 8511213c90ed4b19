/** Cached answers, in groups that are invalidated together. They are shared: do not change them. */
export interface ReadCache<Value> {
  /**
   * The answer for this field of the group. `load` has to read the newest committed state; where the answer is for this caller
   * alone, `loadUncached` is called.
   */
  read(group: string, field: string, load: () => Promise<Value>, loadUncached?: () => Promise<Value>): Promise<Value>;
  /** Makes a change after which no caller gets an older answer of the group. */
  withInvalidation<Result>(group: string, change: () => Promise<Result>): Promise<Result>;
}

/** For callers without a cache. */
export function noReadCache<Value>(): ReadCache<Value> {
  return {
    read: (_group, _field, load, loadUncached = load) => loadUncached(),
    withInvalidation: (_group, change) => change(),
  };
}
