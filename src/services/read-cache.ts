/** Answers that are kept for whoever asks next, in groups that are forgotten together. They are shared: do not change them. */
export interface ReadCache<Value> {
  /**
   * The answer of this field of the group. `load` has to read what was committed last; where the answer is for this asker
   * alone, `loadUncached` is asked.
   */
  read(group: string, field: string, load: () => Promise<Value>, loadUncached?: () => Promise<Value>): Promise<Value>;
  /** Makes a change after which nobody is given an older answer of the group. */
  withInvalidation<Result>(group: string, change: () => Promise<Result>): Promise<Result>;
}

/** For who keeps nothing. */
export function noReadCache<Value>(): ReadCache<Value> {
  return {
    read: (_group, _field, load, loadUncached = load) => loadUncached(),
    withInvalidation: (_group, change) => change(),
  };
}
