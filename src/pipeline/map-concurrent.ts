/** Calls `work` for each item, at most `parallel` at once; the first failure aborts the others and is thrown once all have ended. */
export async function mapConcurrent<Item, Result>(
  items: readonly Item[],
  parallel: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  let failed = false;
  const runner = async () => {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results[index] = await work(item, index);
      } catch (thrown) {
        failed = true;
        throw thrown;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: parallel }, runner));
  for (const runnerEnd of ended) if (runnerEnd.status === 'rejected') throw runnerEnd.reason;
  return results;
}
