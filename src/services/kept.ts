/** Answers that are kept for whoever asks next, in groups that are forgotten together. They are shared: do not change them. */
export interface Kept<Value> {
  /**
   * The answer of this field of the group. `load` has to read what was committed last; where the answer is for this asker
   * alone, `loadAlone` is asked.
   */
  read(group: string, field: string, load: () => Promise<Value>, loadAlone?: () => Promise<Value>): Promise<Value>;
  /** Makes a change after which nobody is given an older answer of the group. */
  changing<Result>(group: string, change: () => Promise<Result>): Promise<Result>;
}

/** For who keeps nothing. */
export function keptNowhere<Value>(): Kept<Value> {
  return {
    read: (_group, _field, load, loadAlone = load) => loadAlone(),
    changing: (_group, change) => change(),
  };
}
